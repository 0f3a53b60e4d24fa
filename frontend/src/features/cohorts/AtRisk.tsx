import type { CohortReport, LearnerAtRisk, RiskReason } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Section } from "../../ui/screen/Screen";

/** Who may need somebody: each reason in words, and one thing to do about the first. */
export function AtRisk({ report }: { report: CohortReport }) {
  const more = report.at_risk_count - report.at_risk.length;
  return (
    <Section title={t("Who may need you")} beside={report.at_risk_count > 0 && <span class="num soft">{report.at_risk_count}</span>}>
      {report.at_risk_count === 0 && <p class="soft">{t("Nobody right now. Reasons show up here: a silence, a plan that slips, a review that waits, changes again and again.")}</p>}
      <ul class="at-risk">{report.at_risk.map((one) => <Line key={one.person.id} one={one} />)}</ul>
      {more > 0 && <p class="small soft">{plural(more, "And {n} more learner: the CSV has everybody.", "And {n} more learners: the CSV has everybody.")}</p>}
    </Section>
  );
}

function Line({ one }: { one: LearnerAtRisk }) {
  const format = useFormat();
  const [first] = one.reasons;
  return (
    <li>
      <Avatar name={one.person.name} />
      <div class="stack">
        <div class="row top">
          <a class="strong grow row-name" href={`/learners/${one.person.id}`}>{one.person.name}</a>
          <span class="small soft num nowrap">{format.percent(one.percent)}</span>
        </div>
        <span class="small soft">{one.stage}</span>
        <ul class="reasons">{one.reasons.map((reason) => <li key={reason.code}><span class={`reason reason-${reason.code}`}>{SHORT()[reason.code]}</span> {reason.reason}</li>)}</ul>
        {first && <a class="link reason-action" href={actionOf(one, first)}>{first.suggestion}</a>}
      </div>
    </li>
  );
}

const SHORT = (): Record<RiskReason["code"], string> => ({
  stuck_in_review: t("Waits"),
  repeated_changes: t("Changes again"),
  quiet: t("Quiet"),
  behind: t("Behind"),
});

/** Where one can do it: the conversation on the milestone, the queue, or the learner's page. */
function actionOf(one: LearnerAtRisk, { action, milestone_key }: RiskReason): string {
  if (milestone_key && action === "talk_it_through") return `/conversations/${one.enrollment_id}/${milestone_key}`;
  return `/learners/${one.person.id}`;
}
