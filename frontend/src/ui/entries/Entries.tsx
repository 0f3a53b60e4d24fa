import { useState } from "preact/hooks";
import { Button, ButtonLink, IconButton } from "../button/Button";
import { duration, useFormat } from "../format/format";
import { Prose } from "../prose/Prose";
import "./entries.css";

interface Entry { id: string; day: string; minutes: number; note: string; milestone: { key: string; title: string }; source: string }

/** Logged entries; each opens to be corrected or taken back. `titled` says on which milestone it was. */
export function Entries({ entries, titled = false, onVoid }: { entries: readonly Entry[]; titled?: boolean; onVoid?: ((entry: Entry) => void) | undefined }) {
  return <ul class="entries">{entries.map((entry) => <Row key={entry.id} entry={entry} titled={titled} onVoid={onVoid} />)}</ul>;
}

function Row({ entry, titled, onVoid }: { entry: Entry; titled: boolean; onVoid: ((entry: Entry) => void) | undefined }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const said = `${duration(entry.minutes)}, ${format.day(entry.day)}`;
  return (
    <li>
      <span class="stack tight">
        {titled && <a class="strong entry-on" href={`/milestones/${entry.milestone.key}`}>{entry.milestone.title}</a>}
        <span class="small soft">{format.day(entry.day)}{entry.source === "timer" ? ", by the timer" : entry.source === "app" ? ", by an app" : entry.source === "import" ? ", imported" : ""}</span>
      </span>
      <b class="strong num">{duration(entry.minutes)}</b>
      {onVoid && <IconButton icon={open ? "close" : "edit"} label={open ? "Leave it" : `Change ${said}`} aria-expanded={open} onClick={() => setOpen(!open)} />}
      {entry.note && <div class="entry-note"><Prose text={entry.note} /></div>}
      {open && (
        <div class="row wrap entry-acts">
          <ButtonLink href={`/log?on=${entry.milestone.key}&edit=${entry.id}`}>Correct it</ButtonLink>
          <Button icon="trash" onClick={() => onVoid?.(entry)}>Take it back</Button>
        </div>
      )}
    </li>
  );
}
