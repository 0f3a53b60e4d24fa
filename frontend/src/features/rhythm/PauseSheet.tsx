import { useMemo } from "preact/hooks";
import { changePause, planPause, removePause } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { pausesChanged } from "../../api/queries";
import type { Pause } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Check, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { addDays } from "../../ui/format/format";
import { Sheet } from "../../ui/sheet/Sheet";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

/** A new pause, or the days of one there is. */
export function PauseSheet({ enrollment, pause, today, onClose }: { enrollment: string; pause: Pause | undefined; today: string; onClose: () => void }) {
  const id = useMemo(() => pause?.id ?? uuid7(), [pause]);
  const form = useForm({
    initial: { starts_on: pause?.starts_on ?? today, ends_on: pause?.ends_on ?? addDays(pause?.starts_on ?? today, 6), reason: pause?.reason ?? "", open: pause?.ends_on === null },
    explain: asProblem,
    async send({ starts_on, ends_on, reason, open }) {
      const body = { starts_on, ends_on: open ? null : ends_on, reason };
      await (pause ? changePause(enrollment, pause.id, body) : planPause(enrollment, { ...body, id }));
      await pausesChanged(enrollment);
      toast(pause ? t("The pause is changed.") : t("The pause is planned. Rest well."));
      onClose();
    },
  });
  async function remove(): Promise<void> {
    if (!pause) return;
    await removePause(enrollment, pause.id);
    await pausesChanged(enrollment);
    toast(t("The pause is gone."));
    onClose();
  }
  return (
    <Sheet label={pause ? t("Change the pause") : t("Plan a pause")} onClose={onClose}>
      <form class="stack roomy" {...form.form}>
        <div class="stack tight">
          <h2>{pause ? t("Change the pause") : t("Plan a pause")}</h2>
          <p class="soft">{t("Both days are paused. Nothing is asked of them, and your target date moves along.")}</p>
        </div>
        {form.general && <Notice alert>{form.general}</Notice>}
        <div class="pause-days">
          <TextField label={t("First day")} type="date" required {...form.text("starts_on")} />
          {!form.values.open && <TextField label={t("Last day")} type="date" required min={form.values.starts_on} {...form.text("ends_on")} />}
        </div>
        <Check label={t("I don’t know yet for how long")} hint={t("It goes on until you end it.")} checked={form.values.open} onChange={(event) => form.set("open", event.currentTarget.checked)} />
        <TextField label={t("A word about it, if you like")} maxLength={280} hint={t("Your mentors can read it.")} {...form.text("reason")} />
        <div class="row wrap">
          <Button type="submit" tone="pine" busy={form.busy}>{pause ? t("Save") : t("Plan it")}</Button>
          {pause && <Button icon="trash" onClick={() => void remove().catch(() => toast(t("That did not work. Try again in a moment.")))}>{t("Remove")}</Button>}
        </div>
      </form>
    </Sheet>
  );
}
