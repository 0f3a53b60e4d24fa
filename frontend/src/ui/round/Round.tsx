import type { ComponentChildren } from "preact";
import { list, rich, t } from "../../i18n/t";
import { Blaze, type BlazeState } from "../blaze/Blaze";
import { useFormat } from "../format/format";
import { EvidenceItems, type EvidenceData, type FileAccess } from "../evidence/EvidenceItems";
import { Items, type ItemData } from "../items/Items";
import { Scores } from "../items/Scores";
import { Avatar } from "../person/Avatar";
import { Prose } from "../prose/Prose";
import "./round.css";

const strong = (inside: ComponentChildren) => <b class="strong">{inside}</b>;

interface Person { name: string }
interface RoundData {
  round: number; state: "waiting" | "approved" | "changes_requested" | "withdrawn"; message: string; learner: Person;
  evidence: EvidenceData[]; submitted_at: string;
  claim: { mentor: Person; is_mine: boolean } | null;
  change_requests: readonly ItemData[];
  decision: DecisionData | null;
  second_opinion?: { state: string; agrees: boolean | null; counts: boolean; decision: (DecisionData & { change_requests: readonly { text: string }[] }) | null } | null;
}
interface DecisionData { outcome: string; feedback: string; scores: readonly { criterion: string; title: string; score: number; reason: string }[]; mentor: Person; decided_at: string }

const MARK: Record<RoundData["state"], BlazeState> = {
  waiting: "waiting_for_review",
  approved: "complete",
  changes_requested: "changes_requested",
  withdrawn: "available",
};

/** One review round: what was said, what was shown, what was answered. `mine` is the learner's own view; `items` stand in place of the plain list of what was asked. */
export function Round({ round, files, mine = false, answerOnly = false, items }: { round: RoundData; files: FileAccess; mine?: boolean; answerOnly?: boolean; items?: ComponentChildren }) {
  const titles = Object.fromEntries([...(round.decision?.scores.map((one) => [one.criterion, one.title]) ?? []), ...round.evidence.map((one) => [one.id, one.title])]);
  const { decision } = round;
  const second = round.second_opinion?.decision;
  return (
    <article class="round">
      {decision && second && <p class="two-words"><b class="strong">{t("Two mentors have judged it.")}</b> {together(round)}</p>}
      {decision && (second ? (
        <div class="two-decisions">
          <Said decision={decision} over={t("First decision")} />
          <Said decision={second} over={t("Second opinion")}>
            {second.change_requests.length > 0 && (
              <div class="stack tight">
                <p class="small soft">{t("Would ask for:")}</p>
                <ul class="would-ask">{second.change_requests.map((one, index) => <li key={index}><Prose text={one.text} /></li>)}</ul>
              </div>
            )}
          </Said>
        </div>
      ) : <Said decision={decision} />)}
      {items ?? (round.change_requests.length > 0 && <div class="round-items"><Items items={round.change_requests} titles={titles} /></div>)}
      {!answerOnly && items && (
        <details class="fold">
          <summary>{t("What you handed in")}</summary>
          <Handed round={round} files={files} mine={mine} />
        </details>
      )}
      {!answerOnly && !items && <Handed round={round} files={files} mine={mine} />}
    </article>
  );
}

/** What two decisions come to. */
function together({ second_opinion: opinion, decision }: RoundData): string {
  if (opinion?.agrees) return t("They agree.");
  if (opinion?.counts) return t("They differ. Of the two, the approval counts.");
  return decision?.outcome === "approved" ? t("They differ, and the approval stays.") : t("They differ.");
}

function Said({ decision, over, children }: { decision: DecisionData; over?: string; children?: ComponentChildren }) {
  const format = useFormat();
  const approved = decision.outcome === "approved";
  return (
    <div class="said">
      <Avatar name={decision.mentor.name} />
      <div class="stack">
        {over && <p class="said-over small soft">{over}</p>}
        <p class="row said-by">
          <Blaze state={approved ? "complete" : "changes_requested"} />
          <span>{rich(approved ? "<b>{name}</b> approved it, {when}" : "<b>{name}</b> asks for changes, {when}", { b: strong, name: decision.mentor.name, when: format.instant(decision.decided_at) })}</span>
        </p>
        {decision.feedback && <Prose text={decision.feedback} />}
        <Scores scores={decision.scores} />
        {children}
      </div>
    </div>
  );
}

/** Who handed in, and when. */
function handedIn({ round, state, learner }: RoundData, mine: boolean, when: string): string {
  const taken = state === "withdrawn";
  if (mine) return taken ? t("Round {round}, you handed it in {when} and took it back", { round, when }) : t("Round {round}, you handed it in {when}", { round, when });
  const { name } = learner;
  return taken ? t("Round {round}, {name} handed it in {when} and took it back", { round, name, when }) : t("Round {round}, {name} handed it in {when}", { round, name, when });
}

function Handed({ round, files, mine }: { round: RoundData; files: FileAccess; mine: boolean }) {
  const format = useFormat();
  const { decision, claim } = round;
  return (
    <div class="handed stack">
      <p class="row small soft">
        {!decision && <Blaze state={MARK[round.state]} />}
        <span>{list([handedIn(round, mine, format.instant(round.submitted_at)), ...(claim && mine ? [t("{name} is looking at it", { name: claim.mentor.name })] : [])], "unit")}</span>
      </p>
      {round.message && <Prose text={round.message} />}
      {round.evidence.length > 0 && <EvidenceItems evidence={round.evidence} files={files} />}
    </div>
  );
}
