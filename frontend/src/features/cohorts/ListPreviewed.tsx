import { useState } from "preact/hooks";
import type { CohortPart, ListPreview, ListRow } from "../../api/types";
import { list, plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Figures } from "../../ui/figures/Figures";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { asPart } from "./parts";

const AT_ONCE = 25;

/** What would become of a list: the sum, the rows with problems first, then who gets mail, then the rest. */
export function ListPreviewed({ preview }: { preview: ListPreview }) {
  const of = (...verdicts: ListRow["verdict"][]) => preview.rows.filter((row) => verdicts.includes(row.verdict));
  const ignored = preview.columns.filter((column) => column.read_as === null).map((column) => column.name);
  return (
    <>
      <div class="stack roomy" aria-live="polite">
        <Figures figures={[
          { name: t("to invite"), value: preview.invite, tone: "good" },
          { name: t("need none"), value: preview.left_out },
          { name: t("can’t be taken"), value: preview.refused, tone: preview.refused > 0 ? "bad" : undefined },
        ]} />
        {preview.invite === 0 && <Notice tone="plain">{nothingWords(preview)}</Notice>}
        {ignored.length > 0 && <p class="small soft">{t("Left out: {columns}.", { columns: list(ignored) })}</p>}
      </div>
      <Rows title={t("To mend")} rows={of("refused")} />
      <Rows title={t("Get an invitation")} rows={of("invite")} />
      <Rows title={t("Need none")} rows={of("member", "invited", "duplicate", "own")} />
    </>
  );
}

function nothingWords({ refused, left_out }: ListPreview): string {
  if (refused > 0) return t("Nobody in this list can be invited. Mend what is named below, then choose it again.");
  return left_out > 0 ? t("Everybody in this list is in the cohort, or invited, already.") : t("The list has no rows after its first line.");
}

function Rows({ title, rows }: { title: string; rows: ListRow[] }) {
  const [shown, setShown] = useState(AT_ONCE);
  if (rows.length === 0) return null;
  return (
    <Section title={title} beside={<span class="num small soft">{plural(rows.length, "{n} row", "{n} rows")}</span>}>
      <ul class="import-rows">{rows.slice(0, shown).map((row) => <Line key={row.line} row={row} />)}</ul>
      {rows.length > shown && <div><Button wide onClick={() => setShown(shown + 4 * AT_ONCE)}>{t("Show more")}</Button></div>}
    </Section>
  );
}

function Line({ row }: { row: ListRow }) {
  const about = row.part ? asPart(row.part as CohortPart, row.name) : row.name;
  return (
    <li class={row.verdict}>
      <span class="import-line small num"><span class="unseen">{t("Line")} </span>{row.line}</span>
      <div class="stack tight">
        {row.verdict === "refused" ? <p class="import-reason">{row.reason}</p> : <p class="strong">{row.email}</p>}
        {row.verdict === "refused" && row.code !== "no-address" && row.email && <p class="small soft">{row.email}</p>}
        {about && <p class="small soft">{about}</p>}
        {row.reason && row.verdict !== "refused" && <p class="small">{row.reason}</p>}
        {row.message && row.verdict === "invite" && <p class="small soft list-message">{row.message}</p>}
      </div>
    </li>
  );
}
