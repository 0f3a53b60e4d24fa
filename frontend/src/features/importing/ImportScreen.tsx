import { useRef, useState } from "preact/hooks";
import { importLog, previewImport } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { Enrollment, ImportPreview } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { Button } from "../../ui/button/Button";
import { duration, plural } from "../../ui/format/format";
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
      toast(`${plural(made.entries, "entry", "entries")} imported, ${duration(made.minutes)}.`, "complete");
      await wayChanged(enrollment.id);
    });

  return (
    <Screen title="Import past work" over={enrollment.pathway.title} back={{ href: "/progress", label: "Progress" }}
      lead="Bring along what you kept in a spreadsheet. You see what becomes of every row before anything is stored.">
      {problem && <Notice alert>{problem.fields[0]?.detail ?? problem.message}</Notice>}
      <label class={`import-pick${busy ? " busy" : ""}`}>
        <input ref={picker} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" disabled={busy} onChange={(event) => void choose(event.currentTarget.files?.[0])} />
        <b class="strong">{busy ? "Reading…" : chosen ? chosen.name : "Choose a CSV file"}</b>
        <span class="small soft">{chosen ? "Tap to choose another" : "Up to 10,000 rows"}</span>
      </label>
      {!chosen && <Columns />}
      {chosen && <Preview preview={chosen.preview} />}
      {chosen && chosen.preview.accepted > 0 && (
        <div class="stack">
          <Button tone="blaze" wide busy={busy} onClick={() => void apply(chosen)}>
            {chosen.preview.refused > 0 ? `Import the other ${plural(chosen.preview.accepted, "entry", "entries")}` : `Import ${plural(chosen.preview.accepted, "entry", "entries")}`}
          </Button>
          <p class="small soft">You can undo the whole import later.</p>
        </div>
      )}
      <Earlier enrollment={enrollment} />
    </Screen>
  );
}

function Columns() {
  return (
    <Section title="What the file needs">
      <dl class="import-columns">
        <div><dt>day</dt><dd>as <span class="nowrap">2025-03-01</span></dd></div>
        <div><dt>minutes</dt><dd>or hours: 1.5 or 1:30</dd></div>
        <div><dt>milestone</dt><dd>its title or key</dd></div>
        <div><dt>note</dt><dd>if you like</dd></div>
      </dl>
      <p class="small soft">Its first line names the columns; others are left out. An export of your log can be read, too.</p>
    </Section>
  );
}
