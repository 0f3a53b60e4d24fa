import { useLocation } from "preact-iso";
import { createCohort } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { usePathways } from "../../api/queries";
import { cache } from "../../api/query";
import { t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { SelectField } from "../../ui/field/Field";
import { addDays, useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Screen } from "../../ui/screen/Screen";
import { Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Fields } from "./Fields";
import "./cohorts.css";

const BACK = () => ({ href: "/cohorts", label: t("Cohorts") });

export function NewCohort() {
  const { data, problem, retry } = usePathways();
  if (!data) return <Screen title={t("Start a cohort")} back={BACK()}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={2} />}</Screen>;
  return <Form pathways={data} />;
}

function Form({ pathways }: { pathways: readonly { slug: string; title: string }[] }) {
  const { route } = useLocation();
  const today = useFormat().today();
  const form = useForm({
    initial: { name: "", pathway: pathways[0]?.slug ?? "", starts_on: today, ends_on: addDays(today, 182) },
    explain: asProblem,
    async send(values) {
      const made = await createCohort({ ...values, name: values.name.trim() });
      cache.set(`/cohorts/${made.id}`, made);
      await cache.invalidate("/cohorts");
      toast(t("The cohort is there. Now invite people."), "complete");
      route(`/cohorts/${made.id}`, true);
    },
  });
  return (
    <Screen title={t("Start a cohort")} back={BACK()} lead={t("You become its coordinator: you invite people and see how they get on. Its mentors share the reviews.")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <SelectField label={t("Pathway")} hint={t("What its learners follow. It can’t be changed later.")} value={form.values.pathway} error={form.error("pathway")} onChange={(event) => form.set("pathway", event.currentTarget.value)}>
          {pathways.map((one) => <option key={one.slug} value={one.slug}>{one.title}</option>)}
        </SelectField>
        <Fields text={form.text} />
        <div class="row wrap">
          <Button tone="blaze" type="submit" busy={form.busy}>{t("Start the cohort")}</Button>
          <ButtonLink href="/cohorts">{t("Cancel")}</ButtonLink>
        </div>
      </form>
    </Screen>
  );
}
