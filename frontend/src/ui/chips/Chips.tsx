import type { ComponentChildren } from "preact";
import "./chips.css";

/** Small buttons in a row, of which some are pressed: what to show. `label` names the row for who can't see it. */
export function Chips({ label, children }: { label: string; children: ComponentChildren }) {
  return <div class="chips" role="group" aria-label={label}>{children}</div>;
}
