import { changePreferences } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache } from "../../api/query";
import type { Preferences } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { SelectField, TextField } from "../../ui/field/Field";
import { addDays, useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

const A_MONDAY = "2024-01-01";
const CAPS = [0, 1, 2, 3, 5, 7, 14];

/** When reminders may come, and how many. */
export function Rules({ data }: { data: Preferences }) {
  const format = useFormat();
  const form = useForm({
    initial: { quiet_from: data.quiet_from, quiet_until: data.quiet_until, weekly_cap: data.weekly_cap, digest_weekday: data.digest_weekday },
    explain: asProblem,
    async send(values) {
      cache.set("/notification-preferences", await changePreferences(values));
      toast(t("Saved."));
    },
  });
  const { values } = form;
  const caps = [...new Set([values.weekly_cap, ...CAPS])].sort((a, b) => a - b);
  return (
    <Section title={t("Hours and measure")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <div class="pair">
          <TextField label={t("Quiet from")} type="time" {...form.text("quiet_from")} />
          <TextField label={t("until")} type="time" {...form.text("quiet_until")} />
        </div>
        <p class="hint">{t("By the clock where you are. Reminders wait until then, and no device makes a sound. The same time twice means no quiet hours.")}</p>
        <div class="pair">
          <SelectField label={t("Reminders a week, at most")} value={String(values.weekly_cap)} error={form.error("weekly_cap")} onChange={(event) => form.set("weekly_cap", Number(event.currentTarget.value))}>
            {caps.map((cap) => <option key={cap} value={String(cap)}>{cap}</option>)}
          </SelectField>
          <SelectField label={t("Weekly digest on")} value={String(values.digest_weekday)} error={form.error("digest_weekday")} onChange={(event) => form.set("digest_weekday", Number(event.currentTarget.value))}>
            {[0, 1, 2, 3, 4, 5, 6].map((day) => <option key={day} value={String(day)}>{format.weekdayLong(addDays(A_MONDAY, day))}</option>)}
          </SelectField>
        </div>
        <div><Button type="submit" busy={form.busy}>{t("Save")}</Button></div>
      </form>
    </Section>
  );
}
