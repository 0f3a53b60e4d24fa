import type { ComponentChildren } from "preact";
import { list, t } from "../../i18n/t";
import { Bar } from "../bar/Bar";
import { blazeState, blazeWord, StatusWord, type BlazeState } from "../blaze/Blaze";
import { duration, useFormat, type Format } from "../format/format";
import { rulingWords, type RulingData } from "../ruling/Rulings";
import { Trail, TrailItem } from "../trail/Trail";
import "./stage.css";

interface Milestone {
  key: string; title: string; effort_hours: number; minutes_logged: number; is_next: boolean;
  status: Exclude<BlazeState, "next">; verification: string; verified_by: string;
  blocked_by: { title: string }[]; completed_at: string | null;
  ruling: RulingData | null;
}
export interface Stage {
  key: string; title: string; summary: string; rule: { kind: string };
  complete: boolean; met: number; needed: number; total: number; milestones: Milestone[];
}

/**
 * A stage as its signpost and the trail under it. Without `hrefOf` it is for looking only;
 * `children` stand between the two.
 */
export function StageTrail({ stage, hrefOf, children }: { stage: Stage; hrefOf?: (key: string) => string; children?: ComponentChildren }) {
  const format = useFormat();
  return (
    <section class="stage" aria-labelledby={`stage-${stage.key}`}>
      <div class="signpost">
        <div class="row">
          <h2 id={`stage-${stage.key}`} class="grow">{stage.title}</h2>
          <span class="num small soft nowrap">{t("{met} of {needed}", { met: stage.met, needed: stage.needed })}</span>
        </div>
        <Bar share={stage.needed === 0 ? 1 : stage.met / stage.needed} label={stage.title} />
      </div>
      <p class="small soft">{[stage.summary, enough(stage)].filter(Boolean).join(" ")}</p>
      {children}
      <Trail label={stage.title}>
        {stage.milestones.map((milestone) => {
          const state = blazeState(milestone);
          return (
            <TrailItem key={milestone.key} state={state} {...(hrefOf ? { href: hrefOf(milestone.key) } : {})}>
              <span class="name">{milestone.title}</span>
              <span class="small soft">{detail(milestone, state, format)}</span>
              {milestone.ruling && <span class="small soft ruling-line">{rulingWords(milestone.ruling)}</span>}
              {state === "available" || state === "locked" || state === "complete" ? <span class="unseen">{blazeWord(state)}</span> : <StatusWord state={state}>{milestone.verification === "revoked" ? t("Approval revoked") : undefined}</StatusWord>}
            </TrailItem>
          );
        })}
      </Trail>
    </section>
  );
}

/** That not everything is asked for; which ones, the rule itself tells: it may have groups, weights, or some it requires. */
export const enough = ({ needed, total }: Stage): string => (needed < total ? t("{needed} of these {total} can be enough.", { needed, total }) : "");

/** One line under the title: what blocks it, how it was completed, or how much time it takes. */
export function detail(milestone: Milestone, state: BlazeState, format: Format): string {
  const { minutes_logged: logged, effort_hours: hours } = milestone;
  if (state === "locked") return t("Locked. Opens after: {titles}", { titles: list(milestone.blocked_by.map((one) => one.title), "unit") });
  if (state === "complete") {
    const how = { waived: t("Waived, known before"), approved: t("Approved") }[milestone.verification] ?? t("Complete");
    const event = milestone.completed_at ? t("{what} {when}", { what: how, when: format.instant(milestone.completed_at) }) : how;
    return logged > 0 ? t("{event}, {duration} logged", { event, duration: duration(logged) }) : event;
  }
  const effort = logged === 0 ? t("About {hours} h", { hours }) : t("{duration} of about {hours} h", { duration: duration(logged), hours });
  if (milestone.blocked_by.length === 0) return effort;
  return t("{effort}. To finish first: {titles}", { effort, titles: list(milestone.blocked_by.map((one) => one.title), "unit") });
}
