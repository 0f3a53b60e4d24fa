import { changeEnrollment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useEdition, useEnrollment } from "../../api/queries";
import { cache } from "../../api/query";
import type { Edition, Enrollment } from "../../api/types";
import { rich, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { SelectField, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

/** Role, date and week of one's own way; the track is changed where tracks are compared; for people without one, the way in. */
export function Way() {
  const { data: enrollment, none } = useEnrollment();
  const edition = useEdition(enrollment?.pathway.slug, enrollment?.edition).data;
  if (none) {
    return (
      <Section title={t("Your way")}>
        <p class="soft">{t("You walk none yet. You can mentor and learn at the same time.")}</p>
        <div><ButtonLink href="/start">{t("Choose a way")}</ButtonLink></div>
      </Section>
    );
  }
  if (!enrollment || !edition) return null;
  return <Change enrollment={enrollment} edition={edition} />;
}

function Change({ enrollment, edition }: { enrollment: Enrollment; edition: Edition }) {
  const form = useForm({
    initial: {
      role: enrollment.role.key,
      weekly_hours: String(enrollment.weekly_minutes / 60),
      target_date: enrollment.target_date ?? "",
    },
    explain: asProblem,
    async send({ role, weekly_hours, target_date }) {
      await changeEnrollment(enrollment.id, { role, target_date: target_date || null, weekly_minutes: Math.round(Number(weekly_hours) * 60) });
      await cache.invalidate("/enrollments");
      toast(t("Saved."));
    },
  });
  return (
    <Section title={t("Your way")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <p class="row wrap"><span>{rich("<b>{track}</b> track", { track: enrollment.track.title, b: (inside) => <b class="strong">{inside}</b> })}</span><a class="link small" href="/track">{t("Compare tracks")}</a></p>
        <SelectField label={t("Role")} value={form.values.role} error={form.error("role")} onChange={(event) => form.set("role", event.currentTarget.value)}>
          {edition.roles.map((role) => <option key={role.key} value={role.key}>{role.title}</option>)}
        </SelectField>
        <div class="pair">
          <TextField label={t("Hours a week")} type="number" min={0.5} step={0.5} inputMode="decimal" {...form.text("weekly_hours")} error={form.trouble?.field("weekly_minutes")} />
          <TextField label={t("A day to be there")} type="date" {...form.text("target_date")} />
        </div>
        <div><Button type="submit" busy={form.busy}>{t("Save")}</Button></div>
      </form>
    </Section>
  );
}
