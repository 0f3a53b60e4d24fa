import { useRef, useState } from "preact/hooks";
import { importLog, previewImport } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { Enrollment, ImportPreview } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { plural, rich, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { duration } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { Earlier } from "./Earlier";
import { Preview } from "./Preview";
import "../../ui/csv/csv.css";

/** A file as it was when it was chosen: what is imported is what was looked at. */
interface Chosen { name: string; file: Blob; id: string; preview: ImportPreview }

export function ImportScreen({ enrollment }: { enrollment: Enrollment }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);

  async function attempt(act: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
      if (picker.current) picker.current.value = "";
    }
  }

  const choose = (picked: File | undefined) =>
    picked && attempt(async () => {
      setChosen(undefined);
      const file = new Blob([await picked.arrayBuffer()], { type: "text/csv" });
      setChosen({ name: picked.name, file, id: uuid7(), preview: await previewImport(enrollment.id, file) });
    });

  const apply = ({ file, id, preview }: Chosen) =>
    attempt(async () => {
      const made = await importLog(enrollment.id, { file, id, skipRefused: preview.refused > 0 });
      setChosen(undefined);
      toast(plural(made.entries, "{n} entry imported, {duration}.", "{n} entries imported, {duration}.", { duration: duration(made.minutes) }), "complete");
      await wayChanged(enrollment.id);
    });

  return (
    <Screen title={t("Import past work")} over={enrollment.pathway.title} back={{ href: "/progress", label: t("Progress") }}
      lead={t("Bring along what you kept in a spreadsheet. You see what becomes of every row before anything is stored.")}>
      {problem && <Notice alert>{problem.fields[0]?.detail ?? problem.message}</Notice>}
      <label class={`import-pick${busy ? " busy" : ""}`}>
        <input ref={picker} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" disabled={busy} onChange={(event) => void choose(event.currentTarget.files?.[0])} />
        <b class="strong">{busy ? t("Reading…") : chosen ? chosen.name : t("Choose a CSV file")}</b>
        <span class="small soft">{chosen ? t("Tap to choose another") : t("Up to {rows} rows", { rows: 10_000 })}</span>
      </label>
      {!chosen && <Columns />}
      {chosen && <Preview preview={chosen.preview} />}
      {chosen && chosen.preview.accepted > 0 && (
        <div class="stack">
          <Button tone="blaze" wide busy={busy} onClick={() => void apply(chosen)}>
            {chosen.preview.refused > 0 ? plural(chosen.preview.accepted, "Import the other {n} entry", "Import the other {n} entries") : plural(chosen.preview.accepted, "Import {n} entry", "Import {n} entries")}
          </Button>
          <p class="small soft">{t("You can undo the whole import later.")}</p>
        </div>
      )}
      <Earlier enrollment={enrollment} />
    </Screen>
  );
}

function Columns() {
  return (
    <Section title={t("What the file needs")}>
      <dl class="import-columns">
        <div><dt><code>day</code></dt><dd>{rich("as <b>2025-03-01</b>", { b: (inside) => <span class="nowrap">{inside}</span> })}</dd></div>
        <div><dt><code>minutes</code></dt><dd>{rich("or <code>hours</code>: 1.5 or 1:30", { code: (inside) => <code>{inside}</code> })}</dd></div>
        <div><dt><code>milestone</code></dt><dd>{t("its title or key")}</dd></div>
        <div><dt><code>note</code></dt><dd>{t("if you like")}</dd></div>
      </dl>
      <p class="small soft">{t("Its first line names the columns; others are left out. An export of your log can be read, too.")}</p>
    </Section>
  );
}
