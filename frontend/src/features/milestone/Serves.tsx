import { useState } from "preact/hooks";
import { serve, serveNoLonger } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { useMap, wayChanged } from "../../api/queries";
import type { Evidence, MilestonePage } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Check } from "../../ui/field/Field";
import { Sheet } from "../../ui/sheet/Sheet";
import { Notice } from "../../ui/states/states";

/** The milestones of the way, stage by stage, to choose from. One that is not open any more stays as it is. */
export function Milestones({ enrollment, chosen, fixed, onToggle }: { enrollment: string; chosen: readonly string[]; fixed?: string; onToggle: (key: string, on: boolean) => void }) {
  const { data, problem } = useMap(enrollment);
  if (!data) return <p class="soft">{problem ? problem.message : t("Looking up your milestones.")}</p>;
  return (
    <div class="serves">
      {data.stages.map((stage) => (
        <fieldset key={stage.key}>
          <legend class="small soft">{stage.title}</legend>
          {stage.milestones.filter((one) => one.key !== fixed).map((one) => (
            <Check key={one.key} label={one.title} checked={chosen.includes(one.key)} onChange={(event) => onToggle(one.key, event.currentTarget.checked)} />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

/** Which milestones a piece of evidence serves; each tick is stored at once. */
export function ServesSheet({ one, onClose }: { one: Evidence; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem>();
  async function toggle(key: string, on: boolean) {
    setProblem(undefined);
    await (on ? serve : serveNoLonger)(one.id, key).catch((thrown: unknown) => setProblem(asProblem(thrown)));
    await wayChanged(one.enrollment_id);
  }
  return (
    <Sheet label={t("What it serves")} onClose={onClose}>
      <div class="stack">
        <h2 class="serves-title">{t("What “{title}” serves", { title: one.title })}</h2>
        <p class="small soft">{t("One piece of work often shows several things. It stands beside each milestone you tick.")}</p>
      </div>
      {problem && <Notice alert>{problem.message}</Notice>}
      <Milestones enrollment={one.enrollment_id} chosen={one.milestone_keys} onToggle={toggle} />
    </Sheet>
  );
}

/** What else a new piece of evidence serves, folded away: mostly nothing. */
export function AlsoServes({ page, also, setAlso }: { page: MilestonePage; also: string[]; setAlso: (also: string[]) => void }) {
  return (
    <details class="fold">
      <summary>{also.length === 0 ? t("It shows something else too") : plural(also.length, "It also serves another milestone", "It also serves {n} other milestones")}</summary>
      <Milestones enrollment={page.enrollment_id} chosen={also} fixed={page.milestone.key}
        onToggle={(key, on) => setAlso(on ? [...also, key] : also.filter((one) => one !== key))} />
    </details>
  );
}
