import { goToProvider, providers } from "../../api/auth";
import { useQuery } from "../../api/query";
import { Button } from "../../ui/button/Button";
import "./account.css";

/** The other ways in, where the server has keys for them; nothing where it has none. */
export function Providers({ next }: { next: string }) {
  const { data = [] } = useQuery("auth:providers", providers);
  if (data.length === 0) return null;
  return (
    <div class="stack">
      <p class="or soft small"><span>or</span></p>
      {data.map(({ id, name }) => (
        <Button key={id} wide onClick={() => goToProvider(id, next)}>Continue with {name}</Button>
      ))}
    </div>
  );
}
