import { useCohorts } from "../../api/queries";
import type { Cohort } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { ButtonLink } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { partsOf } from "./words";
import "./cohorts.css";

/** The cohorts that somebody is in, those that go on first. */
export function Cohorts() {
  const { data, problem, retry } = useCohorts();
  if (!data) return <Screen title={t("Cohorts")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  const going = data.filter((one) => one.ended_at === null);
  const ended = data.filter((one) => one.ended_at !== null);
  const start = <ButtonLink href="/cohorts/new" icon="plus">{t("Start a cohort")}</ButtonLink>;
  if (data.length === 0) {
    return (
      <Screen title={t("Cohorts")}>
        <Empty title={t("No cohort yet")} mark="available" action={start}>{t("A cohort is a group on one pathway: learners, mentors who share their reviews, and coordinators who run it. Start one, or come in by somebody’s link.")}</Empty>
      </Screen>
    );
  }
  return (
    <Screen title={t("Cohorts")} beside={<span class="wide-only">{start}</span>}>
      <OldData problem={problem} />
      {going.length > 0 ? <List cohorts={going} /> : <p class="soft">{t("None is going on at the moment.")}</p>}
      <div class="narrow-only">{start}</div>
      {ended.length > 0 && <Section title={t("Ended")}><List cohorts={ended} /></Section>}
    </Screen>
  );
}

function List({ cohorts }: { cohorts: readonly Cohort[] }) {
  return <ul class="cohorts">{cohorts.map((one) => <Line key={one.id} one={one} />)}</ul>;
}

function Line({ one }: { one: Cohort }) {
  const format = useFormat();
  return (
    <li>
      <a href={`/cohorts/${one.id}`}>
        <span class="stack tight">
          <b class="cohort-name">{one.name}</b>
          <span class="small soft">{one.pathway.title}</span>
          <span class="small soft">{t("{from} to {to}", { from: format.date(one.starts_on), to: format.date(one.ends_on) })}</span>
        </span>
        <span class="stack tight cohort-figures">
          <b>{plural(one.learners, "{n} learner", "{n} learners")}</b>
          <span class="small soft">{plural(one.mentors, "{n} mentor", "{n} mentors")}</span>
          {one.my_parts.length > 0 && <span class="small part-mine">{t("You: {parts}", { parts: partsOf(one.my_parts) })}</span>}
        </span>
      </a>
    </li>
  );
}
