import { changePreferences, preferences } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Preferences as Data } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Check, SelectField, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

export function Preferences() {
  const { data, problem } = useQuery("/notification-preferences", preferences);
  if (data) return <Form data={data} />;
  if (!problem) return null;
  return <Section title={t("What reaches you")}><Notice tone="plain">{problem.message}</Notice></Section>;
}

function Form({ data }: { data: Data }) {
  const form = useForm({
    initial: { ...data, quiet_from: data.quiet_from.slice(0, 5), quiet_until: data.quiet_until.slice(0, 5) },
    explain: asProblem,
    async send({ nudges_by_email, quiet_from, quiet_until, weekly_cap }) {
      cache.set("/notification-preferences", await changePreferences({ nudges_by_email, quiet_from, quiet_until, weekly_cap }));
      toast(t("Saved."));
    },
  });
  const { values } = form;
  return (
    <Section title={t("What reaches you")}>
      <p class="soft">{t("Answers to what you handed in always come by email. Nudges are up to you.")}</p>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <Check label={t("Nudges by email")} hint={t("A reminder when something has waited for long.")} checked={values.nudges_by_email} onChange={(event) => form.set("nudges_by_email", event.currentTarget.checked)} />
        {values.nudges_by_email && (
          <>
            <div class="pair">
              <TextField label={t("Quiet from")} type="time" {...form.text("quiet_from")} />
              <TextField label={t("until")} type="time" {...form.text("quiet_until")} />
            </div>
            <SelectField label={t("Nudges a week, at most")} value={String(values.weekly_cap)} error={form.error("weekly_cap")} onChange={(event) => form.set("weekly_cap", Number(event.currentTarget.value))}>
              {[...new Set([values.weekly_cap, 1, 2, 3, 5, 7, 14])].sort((a, b) => a - b).map((cap) => <option key={cap} value={String(cap)}>{cap}</option>)}
            </SelectField>
          </>
        )}
        <div><Button type="submit" busy={form.busy}>{t("Save")}</Button></div>
      </form>
    </Section>
  );
}
