import type { ComponentChildren } from "preact";
import { useMap } from "../../api/queries";
import type { Enrollment, LearnerMap } from "../../api/types";
import { rich, t } from "../../i18n/t";
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
  if (!map) return <Screen title={t("The way")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={7} />}</Screen>;
  return (
    <Screen
      title={t("The way, {percent}", { percent: format.percent(map.percent) })}
      over={enrollment.pathway.title}
      lead={rich("{track} track, aiming for <b>{role}</b>, {percent} ready. <a>Compare tracks</a>", { track: map.enrollment.track.title, role: map.enrollment.role.title, b: (inside) => <b class="strong">{inside}</b>, percent: format.percent(map.readiness.percent), a: (inside) => <a class="inline-link" href="/track">{inside}</a> })}
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
      <Bar thick share={map.percent / 100} label={t("The whole way")} />
      <p class="row small soft num"><a class="link quiet" href="/progress">{t("{complete} of {total} milestones complete", { complete: map.complete, total: map.total })}</a>{next && <a class="link push" href={`#${next.key}`} onClick={toNext}>{t("To the next one")}</a>}</p>
    </div>
  );
}
