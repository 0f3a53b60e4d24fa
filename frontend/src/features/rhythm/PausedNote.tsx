import { useState } from "preact/hooks";
import { resume } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { pausesChanged } from "../../api/queries";
import type { Enrollment } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Card } from "../../ui/card/Card";
import { useFormat } from "../../ui/format/format";
import { toast } from "../../ui/toast/toast";

/** That a learner rests, and the way back. Only on a paused day. */
export function PausedNote({ enrollment }: { enrollment: Enrollment }) {
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  if (enrollment.state !== "paused") return null;
  async function goOn(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await resume(enrollment.id);
      await pausesChanged(enrollment.id);
      toast(t("Welcome back."));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card tone="lake">
      <div class="stack tight">
        <b class="strong">{enrollment.paused_until ? t("Paused until {day}", { day: format.longDay(enrollment.paused_until) }) : t("Paused until you go on")}</b>
        <span class="soft">{enrollment.paused_until ? t("Nothing is asked of you until then. Your target date moves along.") : t("Nothing is asked of you. Your target date moves along.")}</span>
      </div>
      {problem && <p class="error" role="alert">{problem.message}</p>}
      <div class="row wrap"><Button busy={busy} onClick={() => void goOn()}>{t("Go on today")}</Button><a class="link small" href="/progress">{t("Change the pause")}</a></div>
    </Card>
  );
}
