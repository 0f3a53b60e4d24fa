import { risk } from "../../api/calls";
import { useQuery } from "../../api/query";
import type { RiskReason } from "../../api/types";
import { t } from "../../i18n/t";

/**
 * What mentors and coordinators see of a learner who may need help, told to the learner first and
 * kindly. One at a time: a list of worries helps nobody. And folded: it may hold for weeks, and
 * nobody needs to be told their numbers anew each morning.
 */
export function RiskNote({ enrollment }: { enrollment: string }) {
  const reason = useQuery(`/enrollments/${enrollment}/risk`, () => risk(enrollment)).data?.reasons[0];
  if (!reason) return null;
  const way = wayOut(reason);
  return (
    <details class="fold minor">
      <summary>{QUESTIONS()[reason.action]}</summary>
      <div class="stack tight small">
        <p>{reason.reason}</p>
        <p class="soft">{reason.suggestion}</p>
        {way && <div><a class="link" href={way.href}>{way.label}</a></div>}
      </div>
    </details>
  );
}

const QUESTIONS = (): Record<RiskReason["action"], string> => ({
  make_a_new_plan: t("Does your plan still fit?"),
  ask_how_it_goes: t("Time for a pause?"),
  talk_it_through: t("Going round in circles?"),
  find_a_mentor: t("Waiting too long?"),
});

function wayOut({ action, milestone_key }: RiskReason): { href: string; label: string } | undefined {
  if (action === "ask_how_it_goes") return { href: "/progress", label: t("Plan a pause") };
  if (action === "make_a_new_plan") return { href: "/profile", label: t("Change date or goal") };
  if (action === "talk_it_through" && milestone_key) return { href: `/milestones/${milestone_key}`, label: t("Ask your mentor") };
  return undefined;
}
