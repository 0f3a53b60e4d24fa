import type { CohortReport } from "../../api/types";
import { plural, rich, t } from "../../i18n/t";
import { Section } from "../../ui/screen/Screen";

/** Each stage as a bar of all who set out: complete, begun, still ahead. */
export function StageBars({ report }: { report: CohortReport }) {
  const started = report.learners - report.not_started;
  if (started === 0) return null;
  return (
    <Section title={t("Stages")} beside={<span class="small soft">{plural(started, "of {n} learner on the way", "of {n} learners on the way")}</span>}>
      <ol class="stage-bars">
        {report.stages.map((stage) => (
          <li key={stage.key}>
            <span class="row"><span class="strong grow">{stage.title}</span>{stage.here > 0 && <span class="small nowrap">{rich("<b>{here}</b> <now>here now</now>", { here: stage.here, b: (inside) => <b class="num">{inside}</b>, now: (inside) => <span class="soft">{inside}</span> })}</span>}</span>
            <span class="stage-bar" aria-hidden="true">
              {shares(stage, started).map(([name, many]) => <i key={name} class={`stage-${name}`} style={{ flexGrow: many }} />)}
            </span>
            <span class="small soft">{rich("<b>{complete}</b> complete, <b>{begun}</b> begun", { complete: stage.complete, begun: stage.begun, b: (inside) => <span class="num">{inside}</span> })}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** Its parts that are not empty: an empty one would still take the gap beside it. */
function shares({ complete, begun }: CohortReport["stages"][number], started: number): [string, number][] {
  const all: [string, number][] = [["complete", complete], ["begun", begun], ["ahead", started - complete - begun]];
  return all.filter(([, many]) => many > 0);
}
