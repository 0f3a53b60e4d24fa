import { milestone } from "../../api/calls";
import { useQuery } from "../../api/query";
import { t } from "../../i18n/t";
import { Screen } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Conversation } from "./Conversation";

/** A conversation by itself, as a notification leads to it, for the learner and for mentors. */
export function ConversationScreen({ enrollment, milestoneKey, me }: { enrollment: string; milestoneKey: string; me: string }) {
  const { data, problem, retry } = useQuery(`/enrollments/${enrollment}/milestones/${milestoneKey}`, () => milestone(enrollment, milestoneKey));
  const back = { href: "/inbox", label: t("Inbox") };
  if (!data) return <Screen title={t("Conversation")} hideTitle={!problem} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={2} />}</Screen>;
  const mine = data.learner.id === me;
  const round = data.submissions[0];
  const href = mine ? `/milestones/${milestoneKey}` : round ? `/reviews/${round.id}` : `/learners/${data.learner.id}`;
  return (
    <Screen title={data.milestone.title} back={back} over={mine ? undefined : data.learner.name}
      lead={<a class="link" href={href}>{mine ? t("Open the milestone") : round ? t("Open the review") : t("Open their way")}</a>}>
      <OldData problem={problem} />
      <Conversation enrollment={enrollment} milestoneKey={milestoneKey} part={mine ? "learner" : "mentor"} />
    </Screen>
  );
}
