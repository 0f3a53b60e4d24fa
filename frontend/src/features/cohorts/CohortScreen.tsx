import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { changeCohort, cohort as readCohort, cohortMembers, endCohort } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Cohort } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Announcements } from "./Announcements";
import { Fields } from "./Fields";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import { Report } from "./Report";
import { partsOf } from "./words";
import "./cohorts.css";

const BACK = () => ({ href: "/cohorts", label: t("Cohorts") });

export function CohortScreen({ id }: { id: string }) {
  const { data, problem, retry } = useQuery(`/cohorts/${id}`, () => readCohort(id));
  const members = useQuery(`/cohorts/${id}/members`, () => cohortMembers(id));
  const format = useFormat();
  if (!data) return <Screen title={t("Cohort")} hideTitle={!problem} back={BACK()}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  const runs = data.my_parts.includes("coordinator") && data.ended_at === null;
  const leads = data.my_parts.some((part) => part !== "learner") && data.ended_at === null;
  // Bringing people in is the first thing to do until somebody is there; then, looking after them is.
  const alone = data.learners === 0;
  const people = members.data ? <Members cohort={data} members={members.data} runs={runs} /> : members.problem ? <Trouble problem={members.problem} retry={members.retry} /> : <TrailSkeleton marks={3} />;
  return (
    <Screen
      title={data.name}
      over={data.pathway.title}
      back={BACK()}
      lead={<>{t("{from} to {to}", { from: format.date(data.starts_on), to: format.date(data.ends_on) })}. {data.my_parts.length > 0 && t("You are {parts} here.", { parts: partsOf(data.my_parts) })}</>}
      acts={runs && alone ? <Invitations cohort={data} first /> : undefined}
      aside={leads && !alone ? (
        <>
          {runs && <div class="no-print"><Invitations cohort={data} /></div>}
          {people}
          {runs && <Settings cohort={data} />}
        </>
      ) : undefined}
    >
      <OldData problem={problem} />
      {data.ended_at !== null && <Notice tone="plain">{t("This cohort has ended: its mentors and coordinators see its learners’ work no longer. What everybody reached is theirs.")}</Notice>}
      <Announcements cohort={data} runs={runs} />
      {leads && <Report cohort={data} />}
      {(!leads || alone) && people}
      {runs && alone && <Settings cohort={data} />}
    </Screen>
  );
}

function Settings({ cohort }: { cohort: Cohort }) {
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const { route } = useLocation();
  const form = useForm({
    initial: { name: cohort.name, starts_on: cohort.starts_on, ends_on: cohort.ends_on },
    explain: asProblem,
    async send(values) {
      cache.set(`/cohorts/${cohort.id}`, await changeCohort(cohort.id, values));
      await cache.invalidate("/cohorts");
      toast(t("Saved."));
      setOpen(false);
    },
  });
  async function end() {
    try {
      await endCohort(cohort.id);
    } catch (thrown) {
      return toast(asProblem(thrown).message);
    }
    await cache.invalidate("/cohorts", "/review-queue", "/invitations");
    toast(t("The cohort has ended."));
    route("/cohorts");
  }
  if (!open) return <div><Button onClick={() => setOpen(true)}>{t("Change name or dates, or end it")}</Button></div>;
  return (
    <Section title={t("Name and dates")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <Fields text={form.text} />
        <div class="row wrap"><Button tone="blaze" type="submit" busy={form.busy}>{t("Save")}</Button><Button onClick={() => setOpen(false)}>{t("Cancel")}</Button></div>
      </form>
      {sure ? (
        <div class="stack">
          <Notice>{t("Its mentors and coordinators, you too, will see its learners’ work no longer, and open invitations close. Its learners keep everything. This can’t be taken back.")}</Notice>
          <div class="row wrap"><Button onClick={end}>{t("End the cohort")}</Button><Button onClick={() => setSure(false)}>{t("Keep it going")}</Button></div>
        </div>
      ) : (
        <div><button class="link" onClick={() => setSure(true)}>{t("End the cohort")}</button></div>
      )}
    </Section>
  );
}
