import type { CohortReport } from "../../api/types";
import { plural } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";

/** Each stage as a bar of all who set out: complete, begun, still ahead. */
export function StageBars({ report }: { report: CohortReport }) {
  const started = report.learners - report.not_started;
  if (started === 0) return null;
  return (
    <Section title="Stages" beside={<span class="small soft">of {plural(started, "learner")} on the way</span>}>
      <ol class="stage-bars">
        {report.stages.map((stage) => (
          <li key={stage.key}>
            <span class="row"><span class="strong grow">{stage.title}</span>{stage.here > 0 && <span class="small nowrap"><b class="num">{stage.here}</b> <span class="soft">here now</span></span>}</span>
            <span class="stage-bar" aria-hidden="true">
              {shares(stage, started).map(([name, many]) => <i key={name} class={`stage-${name}`} style={{ flexGrow: many }} />)}
            </span>
            <span class="small soft"><span class="num">{stage.complete}</span> complete, <span class="num">{stage.begun}</span> begun</span>
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
