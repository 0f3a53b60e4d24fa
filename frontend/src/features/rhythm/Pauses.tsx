import { useState } from "preact/hooks";
import { removePause, resume } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { pausesChanged } from "../../api/queries";
import type { Pause } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { PauseSheet } from "./PauseSheet";
import { pauseDays, whenIs, type When } from "./words";

const WORDS = (): Record<When, string> => ({ now: t("Now"), ahead: t("Planned"), past: t("Past") });
const FEW = 4;

/** Pauses: plan one, see those that were, end the one of now. Others only read. */
export function Pauses({ enrollment, pauses, today, own }: { enrollment: string; pauses: readonly Pause[]; today: string; own: boolean }) {
  const [open, setOpen] = useState<Pause | "new">();
  const [all, setAll] = useState(false);
  const shown = all ? pauses : pauses.slice(0, FEW);
  if (!own && pauses.length === 0) return null;
  return (
    <Section title={t("Pauses")} beside={own && <Button icon="calendar" onClick={() => setOpen("new")}>{t("Plan a pause")}</Button>}>
      {pauses.length === 0 ? (
        <p class="soft">{t("Exams, a holiday, a hard month: plan a pause and nothing is asked of those days. Your target date moves along, and no reminders come.")}</p>
      ) : (
        <ul class="pauses">
          {shown.map((pause) => <PauseLine key={pause.id} pause={pause} is={whenIs(pause, today)} own={own} onEdit={() => setOpen(pause)} />)}
        </ul>
      )}
      {shown.length < pauses.length && <div><Button onClick={() => setAll(true)}>{t("Show all {count}", { count: pauses.length })}</Button></div>}
      {open && <PauseSheet enrollment={enrollment} pause={open === "new" ? undefined : open} today={today} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function PauseLine({ pause, is, own, onEdit }: { pause: Pause; is: When; own: boolean; onEdit: () => void }) {
  const format = useFormat();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  async function act(call: () => Promise<unknown>, said: string): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
      await pausesChanged(pause.enrollment_id);
      toast(said);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }
  return (
    <li class={is}>
      <div class="stack tight grow">
        <b class="strong">{pauseDays(pause, format, own)}</b>
        <span class="small soft"><span class="pause-when">{WORDS()[is]}</span>{pause.reason && <> · {pause.reason}</>}</span>
      </div>
      {own && (
        <div class="row wrap">
          {is === "now" && <Button tone="pine" busy={busy} onClick={() => void act(() => resume(pause.enrollment_id), t("Welcome back."))}>{t("End it now")}</Button>}
          <Button onClick={onEdit}>{t("Change")}</Button>
          {is === "ahead" && <Button busy={busy} onClick={() => void act(() => removePause(pause.enrollment_id, pause.id), t("The pause is gone."))}>{t("Remove")}</Button>}
        </div>
      )}
      {problem && <Notice alert>{problem.message}</Notice>}
    </li>
  );
}
