import { markdown } from "./markdown";
import "./prose.css";

/** What a person wrote, with the little markup that people write. */
export function Prose({ text }: { text: string }) {
  return <div class="prose">{markdown(text)}</div>;
}
