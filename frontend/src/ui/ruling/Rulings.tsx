import { rich, t } from "../../i18n/t";
import { useFormat } from "../format/format";
import { Avatar } from "../person/Avatar";
import { Prose } from "../prose/Prose";
import "./ruling.css";

export interface RulingData { kind: "waived" | "revoked"; reason: string; mentor: { name: string }; made_at: string }

/** What a mentor said of a milestone outside of a round, with the reason: the latest in full, those before as they were. */
export function Rulings({ rulings }: { rulings: readonly RulingData[] }) {
  return <>{rulings.map((one) => <Ruling key={one.made_at} one={one} />)}</>;
}

function Ruling({ one }: { one: RulingData }) {
  const format = useFormat();
  const parts = { b: (inside: preact.ComponentChildren) => <b class="strong">{inside}</b>, name: one.mentor.name, when: format.instant(one.made_at) };
  return (
    <article class={`ruling ${one.kind}`}>
      <Avatar name={one.mentor.name} />
      <div class="stack tight">
        <p>{one.kind === "waived" ? rich("<b>{name}</b> waived it for what was known before, {when}", parts) : rich("<b>{name}</b> took the approval back, {when}", parts)}</p>
        <Prose text={one.reason} />
      </div>
    </article>
  );
}

/** A ruling in a line, as a map has room for. */
export function rulingWords(one: RulingData): string {
  return one.kind === "waived" ? t("Waived by {name}: “{reason}”", { name: one.mentor.name, reason: one.reason }) : t("Revoked by {name}: “{reason}”", { name: one.mentor.name, reason: one.reason });
}
