import { useMentorships, useReviewQueue } from "../../api/queries";
import type { Submission } from "../../api/types";
import { plural, useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Screen } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { ButtonLink } from "../../ui/button/Button";
import { TrailSkeleton } from "../../ui/trail/Trail";
import "./queue.css";

/** The dock of who learns and mentors has no room for it; a wide screen has it at the side. */
const toLearners = <a class="link narrow-only" href="/learners">Learners</a>;

export function Queue() {
  const { data, problem, retry } = useReviewQueue(true);
  const learners = useMentorships().data?.filter((one) => one.my_part === "mentor" && one.state === "active").length ?? 0;
  if (!data) return <Screen title="To review">{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  if (data.length === 0) {
    return (
      <Screen title="To review" beside={toLearners}>
        <OldData problem={problem} />
        <Empty title="Nobody waits" mark="complete" action={learners > 0 && <ButtonLink href="/learners">See your learners</ButtonLink>}>
          {learners > 0 ? "When one of your learners hands something in, it stands here, the longest wait first." : "You mentor nobody at the moment. An invitation by email makes you a mentor."}
        </Empty>
      </Screen>
    );
  }
  return (
    <Screen title="To review" beside={toLearners} lead={`${plural(data.length, "round")} to look at. The longest wait comes first.`}>
      <OldData problem={problem} />
      <ol class="queue">{data.map((one) => <Line key={one.id} one={one} />)}</ol>
    </Screen>
  );
}

const KIND = { degree: "Degree", skill: "Skill", project: "Project", deployment: "Deployment" } as const;

function Line({ one }: { one: Submission }) {
  const format = useFormat();
  return (
    <li>
      <a href={`/reviews/${one.id}`}>
        <Avatar name={one.learner.name} />
        <span class="stack tight">
          <b class="queue-title">{one.milestone.title}</b>
          <span class="small soft">{one.learner.name}. {KIND[one.milestone.kind]}, round {one.round}</span>
          {one.claim && <span class="small held">{one.claim.is_mine ? `You hold it until ${format.clock(one.claim.expires_at)}` : `${one.claim.mentor.name} is on it`}</span>}
        </span>
        <span class="queue-wait"><b>{format.waited(one.submitted_at)}</b><span class="small soft">waiting</span></span>
      </a>
    </li>
  );
}
