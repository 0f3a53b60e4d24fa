import { Blaze, type BlazeState } from "../blaze/Blaze";
import { useFormat } from "../format/format";
import { Icon } from "../icon/Icon";
import { Avatar } from "../person/Avatar";
import { OutLink } from "../prose/OutLink";
import { Prose } from "../prose/Prose";
import "./round.css";

interface Person { name: string }
interface RoundData {
  round: number; state: "waiting" | "approved" | "changes_requested" | "withdrawn"; message: string; learner: Person;
  evidence: { id: string; url: string; title: string }[]; submitted_at: string;
  claim: { mentor: Person; is_mine: boolean } | null;
  decision: { outcome: string; feedback: string; mentor: Person; decided_at: string } | null;
}

const MARK: Record<RoundData["state"], BlazeState> = {
  waiting: "waiting_for_review",
  approved: "complete",
  changes_requested: "changes_requested",
  withdrawn: "available",
};

/** One review round: what was said, what was shown, what was answered. `mine` is the learner's own view. */
export function Round({ round, mine = false, answerOnly = false }: { round: RoundData; mine?: boolean; answerOnly?: boolean }) {
  const format = useFormat();
  const { decision, claim } = round;
  return (
    <article class="round">
      {decision && (
        <div class="said">
          <Avatar name={decision.mentor.name} />
          <div class="stack">
            <p class="row wrap said-by">
              <Blaze state={MARK[round.state]} />
              <span><b class="strong">{decision.mentor.name}</b> {decision.outcome === "approved" ? "approved it" : "asks for changes"}, {format.instant(decision.decided_at)}</span>
            </p>
            {decision.feedback && <Prose text={decision.feedback} />}
          </div>
        </div>
      )}
      {!answerOnly && (
        <div class="handed stack">
          <p class="row small soft">
            {!decision && <Blaze state={MARK[round.state]} />}
            <span>Round {round.round}, {mine ? "you" : round.learner.name} handed it in {format.instant(round.submitted_at)}{round.state === "withdrawn" ? " and took it back" : ""}{claim && mine ? `. ${claim.mentor.name} is looking at it` : ""}</span>
          </p>
          {round.message && <Prose text={round.message} />}
          <EvidenceLinks evidence={round.evidence} />
        </div>
      )}
    </article>
  );
}

/** The frozen list of a round. */
export function EvidenceLinks({ evidence }: { evidence: RoundData["evidence"] }) {
  if (evidence.length === 0) return null;
  return (
    <ul class="stack tight">
      {evidence.map((one) => <li key={one.id} class="row"><Icon name="link" size={18} /><OutLink tall href={one.url}>{one.title || one.url}</OutLink></li>)}
    </ul>
  );
}
