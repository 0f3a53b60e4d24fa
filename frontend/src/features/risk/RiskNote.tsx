import { risk } from "../../api/calls";
import { useQuery } from "../../api/query";
import type { RiskReason } from "../../api/types";
import { t } from "../../i18n/t";
import { Card } from "../../ui/card/Card";

/**
 * What mentors and coordinators see of a learner who may need help, told to the learner first and
 * kindly. One at a time: a list of worries helps nobody.
 */
export function RiskNote({ enrollment }: { enrollment: string }) {
  const reason = useQuery(`/enrollments/${enrollment}/risk`, () => risk(enrollment)).data?.reasons[0];
  if (!reason) return null;
  const way = wayOut(reason);
  return (
    <Card tone="sunk">
      <div class="stack tight">
        <b class="strong">{reason.reason}</b>
        <span class="soft">{reason.suggestion}</span>
      </div>
      {way && <div><a class="link" href={way.href}>{way.label}</a></div>}
    </Card>
  );
}

function wayOut({ action, milestone_key }: RiskReason): { href: string; label: string } | undefined {
  if (action === "ask_how_it_goes") return { href: "/progress", label: t("Plan a pause") };
  if (action === "make_a_new_plan") return { href: "/profile", label: t("Change date or goal") };
  if (action === "talk_it_through" && milestone_key) return { href: `/milestones/${milestone_key}`, label: t("Ask your mentor") };
  return undefined;
}
