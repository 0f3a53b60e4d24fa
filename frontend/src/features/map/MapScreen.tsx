import type { ComponentChildren } from "preact";
import { useMap } from "../../api/queries";
import type { Enrollment, LearnerMap } from "../../api/types";
import { Bar } from "../../ui/bar/Bar";
import { useFormat } from "../../ui/format/format";
import { Screen } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { StageTrail } from "../../ui/stage/StageTrail";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { WayAhead } from "./WayAhead";
import { WhatCounts } from "./WhatCounts";

/** `news` stands above the stages, `earlier` is what came before this edition and stands below. */
export function MapScreen({ enrollment, news, earlier }: { enrollment: Enrollment; news?: ComponentChildren; earlier?: ComponentChildren }) {
  const { data: map, problem, retry } = useMap(enrollment.id);
  const format = useFormat();
  if (!map) return <Screen title="The way">{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={7} />}</Screen>;
  return (
    <Screen
      title={`The way, ${format.percent(map.percent)}`}
      over={enrollment.pathway.title}
      lead={<>{map.enrollment.track.title} track, aiming for <b class="strong">{map.enrollment.role.title}</b>, {format.percent(map.readiness.percent)} ready. <a class="inline-link" href="/track">Compare tracks</a></>}
    >
      <OldData problem={problem} />
      <div class="stack">
        <WholeBar map={map} />
        <WayAhead enrollment={enrollment} />
      </div>
      {news}
      {map.stages.map((stage) => (
        <StageTrail key={stage.key} stage={stage} hrefOf={(key) => `/milestones/${key}`}>
          <WhatCounts enrollment={enrollment.id} stage={stage.key} title={stage.title} />
        </StageTrail>
      ))}
      {earlier}
    </Screen>
  );
}

function WholeBar({ map }: { map: LearnerMap }) {
  const next = map.stages.flatMap((stage) => stage.milestones).find((one) => one.is_next);
  const toNext = (event: Event) => {
    event.preventDefault();
    const link = document.querySelector<HTMLElement>(".trail .next > a, .trail .changes_requested > a");
    link?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    link?.focus({ preventScroll: true });
  };
  return (
    <div class="stack">
      <Bar thick share={map.percent / 100} label="The whole way" />
      <p class="row small soft num"><a class="link quiet" href="/progress">{map.complete} of {map.total} milestones complete</a>{next && <a class="link push" href={`#${next.key}`} onClick={toNext}>To the next one</a>}</p>
    </div>
  );
}
