import { useState } from "preact/hooks";
import { list, t } from "../../i18n/t";
import { Button, ButtonLink, IconButton } from "../button/Button";
import { duration, useFormat } from "../format/format";
import { Prose } from "../prose/Prose";
import "./entries.css";

interface Entry { id: string; day: string; minutes: number; note: string; milestone: { key: string; title: string }; source: string }

/** Logged entries; each opens to be corrected or taken back. `titled` says on which milestone it was. */
export function Entries({ entries, titled = false, onVoid }: { entries: readonly Entry[]; titled?: boolean; onVoid?: ((entry: Entry) => void) | undefined }) {
  return <ul class="entries">{entries.map((entry) => <Row key={entry.id} entry={entry} titled={titled} onVoid={onVoid} />)}</ul>;
}

/** The day, and where the entry came from if nobody typed it. */
function sourced(source: string, day: string): string {
  if (source === "timer") return t("{day}, by the timer", { day });
  if (source === "app") return t("{day}, by an app", { day });
  return source === "import" ? t("{day}, imported", { day }) : day;
}

function Row({ entry, titled, onVoid }: { entry: Entry; titled: boolean; onVoid: ((entry: Entry) => void) | undefined }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const said = list([duration(entry.minutes), format.day(entry.day)], "unit");
  return (
    <li>
      <span class="stack tight">
        {titled && <a class="strong entry-on" href={`/milestones/${entry.milestone.key}`}>{entry.milestone.title}</a>}
        <span class="small soft">{sourced(entry.source, format.day(entry.day))}</span>
      </span>
      <b class="strong num">{duration(entry.minutes)}</b>
      {onVoid && <IconButton icon={open ? "close" : "edit"} label={open ? t("Leave it") : t("Change {said}", { said })} aria-expanded={open} onClick={() => setOpen(!open)} />}
      {entry.note && <div class="entry-note"><Prose text={entry.note} /></div>}
      {open && (
        <div class="row wrap entry-acts">
          <ButtonLink href={`/log?on=${entry.milestone.key}&edit=${entry.id}`}>{t("Correct it")}</ButtonLink>
          <Button icon="trash" onClick={() => onVoid?.(entry)}>{t("Take it back")}</Button>
        </div>
      )}
    </li>
  );
}
