import { useState } from "preact/hooks";
import { logImports, undoImport } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import { useQuery } from "../../api/query";
import type { Enrollment, LogImport } from "../../api/types";
import { list, plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { duration, useFormat } from "../../ui/format/format";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { toast } from "../../ui/toast/toast";

/** The imports so far, each to be undone as one. Nothing while there is none. */
export function Earlier({ enrollment }: { enrollment: Enrollment }) {
  const { data } = useQuery(`/enrollments/${enrollment.id}/imports`, () => logImports(enrollment.id));
  if (!data?.length) return null;
  return (
    <Section title={t("Imports so far")}>
      <Rows>{data.map((one) => <Line key={one.id} one={one} />)}</Rows>
    </Section>
  );
}

function Line({ one }: { one: LogImport }) {
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  async function undo() {
    setBusy(true);
    try {
      await undoImport(one.id);
      toast(t("The import is undone. Its entries stay readable, and count no more."));
      await wayChanged(one.enrollment_id);
    } catch (thrown) {
      toast(asProblem(thrown).message);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  }
  return (
    <Row
      title={<span class={one.undone_at ? "soft" : "strong"}>{plural(one.entries, "{n} entry, {duration}", "{n} entries, {duration}", { duration: duration(one.minutes) })}</span>}
      detail={(
        <>
          {list([
            one.undone_at ? t("Undone {when}", { when: format.instant(one.undone_at) }) : t("Imported {when}", { when: format.instant(one.created_at) }),
            t("{from} to {to}", { from: format.date(one.first_day), to: format.date(one.last_day) }),
          ], "unit")}
          {asking && <span class="row-warning">{plural(one.entries, "It stops counting. What it started stays started.", "All {n} stop counting. Milestones they started stay started.")}</span>}
        </>
      )}
    >
      {!one.undone_at && !asking && <Button onClick={() => setAsking(true)}>{t("Undo")}</Button>}
      {asking && <div class="row wrap"><Button tone="blaze" busy={busy} onClick={() => void undo()}>{t("Undo it")}</Button><Button onClick={() => setAsking(false)}>{t("Keep it")}</Button></div>}
    </Row>
  );
}
