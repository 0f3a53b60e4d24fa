import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { FieldError } from "../../api/problem";
import { plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Editor, showRange } from "../../ui/editor/Editor";
import { rangeOfLine } from "../../ui/editor/lines";
import { toast } from "../../ui/toast/toast";
import { complaintsOf, linesWith, type Complaint } from "./complaints";
import "./author.css";

/** The API takes no longer text. */
const LONGEST = 1_000_000;

interface Props {
  text: string;
  onText: (text: string) => void;
  errors: readonly FieldError[];
  warnings?: readonly FieldError[];
  /** Beside the button that opens a file. */
  begin?: ComponentChildren;
}

/** A pathway's document as text, and what is wrong with it beside its lines. */
export function Document({ text, onText, errors, warnings = [], begin }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const wrong = useMemo(() => complaintsOf(errors), [errors]);
  const known = useMemo(() => complaintsOf(warnings), [warnings]);
  const marked = useMemo(() => linesWith(wrong), [wrong]);
  const toLine = (line: number) => area.current && showRange(area.current, rangeOfLine(area.current.value, line), line);
  return (
    <div class="stack roomy">
      <div class="row wrap"><OpenFile onText={onText} />{begin}</div>
      <div class={`document${wrong.length + known.length > 0 ? " told" : ""}`}>
        <Editor label={t("The document, in YAML or JSON")} value={text} onInput={onText} marked={marked} area={area} invalid={wrong.length > 0}
          describedBy={wrong.length > 0 ? "document-wrong" : undefined} />
        {wrong.length > 0 && <Told id="document-wrong" title={plural(wrong.length, "{n} thing to put right", "{n} things to put right")} of={wrong} toLine={toLine} alert />}
        {known.length > 0 && <Told id="document-known" title={t("Good to know")} of={known} toLine={toLine} />}
      </div>
    </div>
  );
}

function Told({ id, title, of, toLine, alert = false }: { id: string; title: string; of: readonly Complaint[]; toLine: (line: number) => void; alert?: boolean }) {
  return (
    <section class={`told${alert ? " wrong" : ""}`} role={alert ? "alert" : undefined} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ul>
        {of.map(({ line, where, text }, index) => (
          <li key={index}>
            {line === undefined ? <span class="small soft">{t("The whole document")}</span> : <button type="button" class="link small" onClick={() => toLine(line)}>{t("Line {line}", { line })}</button>}
            <p>{text.charAt(0).toUpperCase() + text.slice(1)}</p>
            {where && <p class="small soft"><code>{where}</code></p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OpenFile({ onText }: { onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  async function read(file: File | undefined) {
    if (!file) return;
    if (file.size > LONGEST) return toast(t("That file is too long: a document has at most 1 MB."));
    onText(await file.text());
  }
  return (
    <>
      <Button onClick={() => input.current?.click()}>{t("Open a file")}</Button>
      <input ref={input} type="file" hidden tabIndex={-1} aria-label={t("A pathway’s document")} accept=".yaml,.yml,.json,text/yaml,application/json"
        onChange={(event) => { void read(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
    </>
  );
}
