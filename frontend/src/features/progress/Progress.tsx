import type { ComponentChildren } from "preact";
import { useMap } from "../../api/queries";
import type { Enrollment, LearnerMap } from "../../api/types";
import { ButtonLink } from "../../ui/button/Button";
import { duration, plural, useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Roles } from "./Roles";
import "./progress.css";

/** `ahead` is when the learner will be there, `rhythm` how the weeks go. */
export function Progress({ enrollment, ahead, rhythm }: { enrollment: Enrollment; ahead?: ComponentChildren; rhythm?: ComponentChildren }) {
  const { data: map, problem, retry } = useMap(enrollment.id);
  if (!map) return <Screen title="Progress">{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton />}</Screen>;
  return (
    <Screen title="Progress" over={enrollment.pathway.title}>
      <OldData problem={problem} />
      <Sums map={map} />
      {ahead}
      {rhythm}
      <Roles enrollment={enrollment} />
      <YourLog enrollment={enrollment} />
    </Screen>
  );
}

/** The log as a story, from elsewhere, and to take away. */
function YourLog({ enrollment }: { enrollment: Enrollment }) {
  const log = `/api/v1/enrollments/${enrollment.id}/log`;
  return (
    <Section title="Your log" beside={<a class="link" href="/timeline">Timeline</a>}>
      <p class="soft">Bring along work from before, or take all you logged with you: as CSV for a spreadsheet, as JSON for a program.</p>
      <div class="row wrap">
        <ButtonLink href="/import">Import past work</ButtonLink>
        <ButtonLink href={`${log}.csv`} download>Export CSV</ButtonLink>
        <ButtonLink href={`${log}.json`} download>Export JSON</ButtonLink>
      </div>
    </Section>
  );
}

function Sums({ map }: { map: LearnerMap }) {
  const format = useFormat();
  const minutes = map.stages.flatMap((stage) => stage.milestones).reduce((sum, one) => sum + one.minutes_logged, 0);
  const since = map.enrollment.started_at.slice(0, 10);
  return (
    <>
      <dl class="sums">
        <div><dt>of the way</dt><dd>{format.percent(map.percent)}</dd></div>
        <div><dt>ready for {map.enrollment.role.title}</dt><dd>{format.percent(map.readiness.percent)}</dd></div>
        <div><dt>logged</dt><dd>{duration(minutes)}</dd></div>
      </dl>
      <p class="soft">
        {plural(map.complete, "milestone")} of {map.total} complete since {format.date(since)}.{" "}
        <Target map={map} />
      </p>
    </>
  );
}

/** The day the learner chose, and where pauses have moved it. */
function Target({ map: { enrollment } }: { map: LearnerMap }) {
  const format = useFormat();
  const { target_date: target, moved_target_date: moved } = enrollment;
  if (!target || !moved) return <>You go without a date.</>;
  return <>You want to be there by <b class="strong">{format.date(moved)}</b>{moved !== target && `, moved on from ${format.date(target)} by your pauses`}.</>;
}
