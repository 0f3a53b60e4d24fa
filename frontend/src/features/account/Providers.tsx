import { goToProvider, providers } from "../../api/auth";
import { useQuery } from "../../api/query";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import "./account.css";

/** The other ways in, where the server has keys for them; nothing where it has none. */
export function Providers({ next }: { next: string }) {
  const { data = [] } = useQuery("auth:providers", providers);
  if (data.length === 0) return null;
  return (
    <div class="stack">
      <p class="or soft small"><span>{t("or")}</span></p>
      {data.map(({ id, name }) => (
        <Button key={id} wide onClick={() => goToProvider(id, next)}>{t("Continue with {name}", { name })}</Button>
      ))}
    </div>
  );
}
