import { useMap } from "../../api/queries";
import type { Enrollment, LearnerMap, MapStage } from "../../api/types";
import { Bar } from "../../ui/bar/Bar";
import { duration, plural, useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Roles } from "./Roles";
import "./progress.css";

export function Progress({ enrollment }: { enrollment: Enrollment }) {
  const { data: map, problem, retry } = useMap(enrollment.id);
  if (!map) return <Screen title="Progress">{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton />}</Screen>;
  return (
    <Screen title="Progress" over={enrollment.pathway.title}>
      <OldData problem={problem} />
      <Sums map={map} />
      <Section title="Stage by stage">
        <ul class="stack roomy">{map.stages.map((stage) => <StageLine key={stage.key} stage={stage} />)}</ul>
      </Section>
      <Roles enrollment={enrollment} />
      <Hours map={map} />
    </Screen>
  );
}

const logged = (stage: MapStage) => stage.milestones.reduce((sum, one) => sum + one.minutes_logged, 0);

function Sums({ map }: { map: LearnerMap }) {
  const format = useFormat();
  const minutes = map.stages.reduce((sum, stage) => sum + logged(stage), 0);
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
        {map.enrollment.target_date ? <>You want to be there by <b class="strong">{format.date(map.enrollment.target_date)}</b>.</> : "You go without a date."}
      </p>
    </>
  );
}

function StageLine({ stage }: { stage: MapStage }) {
  const minutes = logged(stage);
  return (
    <li class="stack">
      <p class="row"><b class="strong grow">{stage.title}</b><span class="small soft num nowrap">{stage.met} of {stage.needed}{minutes > 0 && `, ${duration(minutes)}`}</span></p>
      <Bar thick share={stage.needed === 0 ? 1 : stage.met / stage.needed} label={stage.title} />
    </li>
  );
}

/** Where the time went: the milestones by minutes, the longest bar the most. */
function Hours({ map }: { map: LearnerMap }) {
  const all = map.stages.flatMap((stage) => stage.milestones).filter((one) => one.minutes_logged > 0);
  const top = all.sort((a, b) => b.minutes_logged - a.minutes_logged).slice(0, 8);
  const most = top[0]?.minutes_logged ?? 1;
  return (
    <Section title="Where the time went">
      {top.length === 0 ? (
        <p class="soft">Nothing is logged yet. The first 25 minutes show up here.</p>
      ) : (
        <ul class="hours-list">
          {top.map((one) => (
            <li key={one.key}>
              <a href={`/milestones/${one.key}`}>
                <span class="grow">{one.title}</span><span class="num soft nowrap">{duration(one.minutes_logged)}</span>
                <i aria-hidden="true" style={{ width: `${(one.minutes_logged / most) * 100}%` }} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
