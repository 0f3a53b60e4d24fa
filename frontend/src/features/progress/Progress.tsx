import type { ComponentChildren } from "preact";
import { useMap } from "../../api/queries";
import type { Enrollment, LearnerMap } from "../../api/types";
import { plural, rich, t } from "../../i18n/t";
import { ButtonLink } from "../../ui/button/Button";
import { Figures } from "../../ui/figures/Figures";
import { duration, useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Roles } from "./Roles";
import "./progress.css";

/** `ahead` is when the learner will be there, `rhythm` how the weeks go. */
export function Progress({ enrollment, ahead, rhythm }: { enrollment: Enrollment; ahead?: ComponentChildren; rhythm?: ComponentChildren }) {
  const { data: map, problem, retry } = useMap(enrollment.id);
  if (!map) return <Screen title={t("Progress")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton />}</Screen>;
  return (
    <Screen title={t("Progress")} over={enrollment.pathway.title}>
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
    <Section title={t("Your log")} beside={<a class="link" href="/timeline">{t("Timeline")}</a>}>
      <p class="soft">{t("Bring along work from before, or take all you logged with you: as CSV for a spreadsheet, as JSON for a program.")}</p>
      <div class="row wrap">
        <ButtonLink href="/import">{t("Import past work")}</ButtonLink>
        <ButtonLink href={`${log}.csv`} download>{t("Export CSV")}</ButtonLink>
        <ButtonLink href={`${log}.json`} download>{t("Export JSON")}</ButtonLink>
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
      <Figures figures={[
        { name: t("of the way"), value: format.percent(map.percent), tone: "good" },
        { name: t("ready for {title}", { title: map.enrollment.role.title }), value: format.percent(map.readiness.percent) },
        { name: t("logged"), value: duration(minutes) },
      ]} />
      <p class="soft">
        {plural(map.complete, "{n} milestone of {total} complete since {date}.", "{n} milestones of {total} complete since {date}.", { total: map.total, date: format.date(since) })}{" "}
        <Target map={map} />
      </p>
    </>
  );
}

/** The day the learner chose, and where pauses have moved it. */
function Target({ map: { enrollment } }: { map: LearnerMap }) {
  const format = useFormat();
  const { target_date: target, moved_target_date: moved } = enrollment;
  if (!target || !moved) return <>{t("You go without a date.")}</>;
  const b = (inside: ComponentChildren) => <b class="strong">{inside}</b>;
  if (moved === target) return rich("You want to be there by <b>{date}</b>.", { date: format.date(moved), b });
  return rich("You want to be there by <b>{date}</b>, moved on from {before} by your pauses.", { date: format.date(moved), before: format.date(target), b });
}
