import { useState } from "preact/hooks";
import type { ImportPreview, ImportRow } from "../../api/types";
import { list, plural, rich, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Figures } from "../../ui/figures/Figures";
import { duration, useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";

const AT_ONCE = 25;
const READ_AS = { day: "day", minutes: "minutes", hours: "hours", milestone_key: "milestone", milestone: "milestone", note: "note" } as const;

/** What would become of a file: the sum, the rows with problems, the rest. */
export function Preview({ preview }: { preview: ImportPreview }) {
  const format = useFormat();
  const of = (verdict: ImportRow["verdict"]) => preview.rows.filter((row) => row.verdict === verdict);
  const ignored = preview.columns.filter((column) => column.read_as === null);
  const range = preview.first_day && preview.last_day && (preview.first_day === preview.last_day ? format.date(preview.first_day) : t("{from} to {to}", { from: format.date(preview.first_day), to: format.date(preview.last_day) }));
  return (
    <>
      <div class="stack roomy" aria-live="polite">
        <Figures figures={[
          { name: plural(preview.accepted, "new entry", "new entries"), value: preview.accepted, tone: "good" },
          { name: t("in the log already"), value: preview.duplicates },
          { name: t("can’t be taken"), value: preview.refused, tone: preview.refused > 0 ? "bad" : undefined },
        ]} />
        {preview.accepted > 0
          ? <p>{t("{duration} of work, {range}.", { duration: duration(preview.minutes), range: range ?? "" })}</p>
          : <Notice tone="plain">{preview.refused > 0 ? t("Nothing in this file is new. Mend what is named below, then choose it again.") : preview.duplicates > 0 ? t("All of it is in your log already. There is nothing to import.") : t("The file has no rows after its first line.")}</Notice>}
        <p class="small soft">
          {t("Read as {columns}.", { columns: list(preview.columns.filter((column) => column.read_as).map((column) => same(column) ? column.name : `${column.name} (${column.read_as && READ_AS[column.read_as]})`), "unit") })}{" "}
          {ignored.length > 0 && t("Left out: {columns}.", { columns: list(ignored.map((column) => column.name), "unit") })}
        </p>
      </div>
      <Rows title={t("To mend")} rows={of("refused")} />
      <Rows title={t("New in your log")} rows={of("accepted")} />
    </>
  );
}

const same = ({ name, read_as }: ImportPreview["columns"][number]) => read_as !== null && name.toLowerCase() === READ_AS[read_as];

function Rows({ title, rows }: { title: string; rows: ImportRow[] }) {
  const [shown, setShown] = useState(AT_ONCE);
  if (rows.length === 0) return null;
  return (
    <Section title={title} beside={<span class="num small soft">{plural(rows.length, "{n} row", "{n} rows")}</span>}>
      <ul class="import-rows">{rows.slice(0, shown).map((row) => <Line key={row.line} row={row} />)}</ul>
      {rows.length > shown && <div><Button wide onClick={() => setShown(shown + 4 * AT_ONCE)}>{t("Show more")}</Button></div>}
    </Section>
  );
}

function Line({ row }: { row: ImportRow }) {
  const format = useFormat();
  return (
    <li class={row.verdict}>
      <span class="import-line small num">{rich("<b>Line</b> {line}", { b: (inside) => <span class="unseen">{inside}</span>, line: row.line })}</span>
      <div class="stack tight">
        {row.reason && <p class="import-reason">{row.reason}</p>}
        {row.milestone && (
          <p class={`row top${row.reason ? " small soft" : ""}`}>
            <span class="grow">{row.milestone?.title}</span>
            <span class="num nowrap">{row.minutes !== null && duration(row.minutes)}</span>
          </p>
        )}
        {row.day && <p class="small soft">{format.date(row.day)}{row.note && `. ${row.note}`}</p>}
      </div>
    </li>
  );
}
