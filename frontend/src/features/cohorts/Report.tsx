import { cohortReport } from "../../api/calls";
import { useQuery } from "../../api/query";
import type { Cohort, CohortReport } from "../../api/types";
import { plural, rich, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { AtRisk } from "./AtRisk";
import { MentorLoads } from "./MentorLoads";
import { StageBars } from "./StageBars";
import "./report.css";

/** How the cohort is doing: who may need somebody first, because that is what there is to do. */
export function Report({ cohort }: { cohort: Cohort }) {
  const { data, problem, retry } = useQuery(`/cohorts/${cohort.id}/progress`, () => cohortReport(cohort.id));
  if (!data) return problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />;
  if (data.learners === 0) return null;
  return (
    <>
      <OldData problem={problem} />
      <Pace report={data} />
      <AtRisk report={data} />
      <StageBars report={data} />
      <MentorLoads report={data} />
      <div class="row wrap no-print">
        <ButtonLink href={`/api/v1/cohorts/${cohort.id}/progress.csv`} download>{t("Export CSV")}</ButtonLink>
        <Button onClick={() => print()}>{t("Print")}</Button>
      </div>
    </>
  );
}

const SHARES = () => [
  { key: "on_plan", label: t("on plan") },
  { key: "too_early", label: t("too early to say") },
  { key: "behind", label: t("behind") },
  { key: "paused", label: t("paused") },
  { key: "complete", label: t("complete") },
] as const;

/** Everybody as one bar, and the same in words. */
function Pace({ report }: { report: CohortReport }) {
  const format = useFormat();
  const shares = [...SHARES().map(({ key, label }) => ({ key, label, many: report.pace[key] })), { key: "not_started", label: t("not set out yet"), many: report.not_started }].filter(({ many }) => many > 0);
  return (
    <Section title={t("Pace")} beside={report.median_percent !== null && <span class="small soft">{rich("half are past <b>{percent}</b>", { percent: format.percent(report.median_percent), b: (inside) => <span class="num">{inside}</span> })}</span>}>
      <div class="pace-bar" aria-hidden="true">
        {shares.map(({ key, many }) => <i key={key} class={`pace-${key}`} style={{ flexGrow: many }} />)}
      </div>
      <ul class="pace-legend">
        {shares.map(({ key, label, many }) => <li key={key}><i class={`pace-${key}`} aria-hidden="true" /><b class="strong num">{many}</b> <span class="soft">{label}</span></li>)}
      </ul>
      <p class="unseen">{plural(report.learners, "{n} learner in all.", "{n} learners in all.")}</p>
    </Section>
  );
}
