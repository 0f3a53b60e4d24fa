import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { claim, claimSecondOpinion, release, releaseSecondOpinion, submission } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { reviewChanged } from "../../api/queries";
import { useQuery } from "../../api/query";
import type { Submission, SubmissionDetail } from "../../api/types";
import { FILES } from "../../api/upload";
import { plural, rich, t } from "../../i18n/t";
import { Blaze } from "../../ui/blaze/Blaze";
import { Button } from "../../ui/button/Button";
import { EvidenceItems } from "../../ui/evidence/EvidenceItems";
import { useFormat, type Format } from "../../ui/format/format";
import { kindWord } from "../../ui/kind/words";
import { LiveDays } from "../../ui/live/LiveDays";
import { Avatar } from "../../ui/person/Avatar";
import { Prose } from "../../ui/prose/Prose";
import { Round } from "../../ui/round/Round";
import { Rulings } from "../../ui/ruling/Rulings";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice, OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Asked } from "./Asked";
import { Decide } from "./Decide";
import { isEmpty } from "./draft";
import { HandedOver } from "./HandedOver";
import { Handover } from "./Handover";
import { useDraft, type Draft } from "./useDraft";
import "./review.css";

interface Slots {
  conversation: (enrollment: string, key: string) => ComponentChildren;
  opinion: (round: Submission, canAsk: boolean) => ComponentChildren;
}

export function ReviewScreen({ id, conversation, opinion }: { id: string } & Slots) {
  const { data, problem, retry } = useQuery(`/submissions/${id}`, () => submission(id));
  if (!data) return <Screen title={t("Review")} hideTitle={!problem} back={BACK()}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  return <Review data={data} problem={problem} conversation={conversation(data.enrollment_id, data.milestone.key)} opinion={opinion(data, data.may.ask_second_opinion)} />;
}

const BACK = () => ({ href: "/queue", label: t("To review") });

/** Whether a second opinion is asked for that the reader may give: then they don't see the first decision. */
export const isBlind = (one: SubmissionDetail) => one.second_opinion?.state === "asked" && one.decision === null;

function Review({ data, problem, conversation, opinion }: { data: SubmissionDetail; problem: Problem | undefined; conversation: ComponentChildren; opinion: ComponentChildren }) {
  const draft = useDraft(data);
  const [last] = data.earlier_rounds;
  const asked = data.pending.length > 0;
  return (
    <div class="review">
      <Screen title={data.milestone.title} back={BACK()} over={<Facts one={data} />} lead={<Learner one={data} />} aside={<Panel one={data} draft={draft} opinion={opinion} />}>
        <OldData problem={problem} />
        {data.rulings.length > 0 && <Section title={t("Said before")}><Rulings rulings={data.rulings} /></Section>}
        {(asked || last?.decision) && (
          <Section title={last?.state === "approved" ? t("Round {round}", { round: last.round }) : t("What was asked for")} beside={asked && <Answered one={data} />}>
            {asked && <Asked one={data} draft={draft} />}
            {last?.decision && !asked && <Round round={last} files={FILES} answerOnly />}
          </Section>
        )}
        <Section title={data.round > 1 ? t("What changed") : t("What they say")}>
          {data.message ? <Prose text={data.message} /> : <p class="soft">{t("{name} wrote nothing with it.", { name: data.learner.name })}</p>}
        </Section>
        <Section title={t("Evidence")}>
          {data.evidence.length > 0 ? <EvidenceItems evidence={data.evidence} files={FILES} /> : <p class="soft">{t("No evidence is attached.")}</p>}
        </Section>
        {data.probe && <Section title={t("Is it live?")}><LiveDays probe={data.probe} /></Section>}
        <Section title={t("Done when")}>
          <ul class="review-done">{data.done_when.map((line) => <li key={line}>{line}</li>)}</ul>
        </Section>
        {data.earlier_rounds.length > 0 && (
          <details class="fold">
            <summary>{plural(data.earlier_rounds.length, "The round before, in full", "The rounds before, in full")}</summary>
            <div class="stack roomy">{data.earlier_rounds.map((round) => <Round key={round.id} round={round} files={FILES} />)}</div>
          </details>
        )}
        {conversation}
      </Screen>
    </div>
  );
}

function Answered({ one }: { one: SubmissionDetail }) {
  const answered = one.pending.filter((item) => item.answer !== null).length;
  return <span class="small soft nowrap">{t("{answered} of {total} answered", { answered, total: one.pending.length })}</span>;
}

function factWords(one: SubmissionDetail, format: Format): string {
  const about = { kind: kindWord(one.milestone.kind), round: one.round };
  if (isBlind(one)) return t("{kind}, round {round}, second opinion, waiting {waited}", { ...about, waited: format.waited(one.second_opinion?.asked_at ?? one.submitted_at) });
  return one.state === "waiting" ? t("{kind}, round {round}, waiting {waited}", { ...about, waited: format.waited(one.submitted_at) }) : t("{kind}, round {round}", about);
}

function Facts({ one }: { one: SubmissionDetail }) {
  const format = useFormat();
  const state = one.state === "approved" || one.second_opinion?.counts ? "complete" : one.state === "changes_requested" ? "changes_requested" : one.state === "waiting" ? "waiting_for_review" : "available";
  return (
    <span class="row">
      <Blaze state={state} />
      <span>{factWords(one, format)}</span>
    </span>
  );
}

function Learner({ one }: { one: SubmissionDetail }) {
  const format = useFormat();
  return (
    <a class="row review-learner" href={`/learners/${one.learner.id}`}>
      <Avatar name={one.learner.name} />
      <span class="stack tight"><b class="strong">{one.learner.name}</b><span class="small soft">{t("{track} track, {percent} of the way", { track: one.track.title, percent: format.percent(one.percent) })}</span></span>
    </a>
  );
}

/** The mentor's side: who holds it, what to look for, and the decision. */
function Panel({ one, draft, opinion }: { one: SubmissionDetail; draft: Draft; opinion: ComponentChildren }) {
  const [lost, setLost] = useState<Problem>();
  const decides = one.may.decide || one.may.give_second_opinion;
  const begun = draft.stored !== null && !isEmpty(draft.content);
  return (
    <div class="review-panel">
      {lost && !decides && <Notice alert>{lost.message}</Notice>}
      <HandedOver one={one} />
      {isBlind(one) ? <SecondStanding one={one} /> : <Standing one={one} />}
      {!isBlind(one) && opinion}
      {one.private_notes.length > 0 && (
        <section class="stack">
          <h3>{t("Between mentors")}</h3>
          {one.private_notes.map((note) => <div key={`${note.round} ${note.mentor.id}`} class="note-between stack tight"><p class="small soft">{t("{name}, round {round}", { name: note.mentor.name, round: note.round })}</p><Prose text={note.text} /></div>)}
        </section>
      )}
      {!decides && one.rubric.length > 0 && one.state === "waiting" && (
        <section class="stack roomy">
          <h2>{t("What to look for")}</h2>
          <dl class="look-for">{one.rubric.map(({ key, title, looks_for }) => <div key={key}><dt>{title}</dt><dd>{looks_for}</dd></div>)}</dl>
        </section>
      )}
      {decides && <Decide one={one} draft={draft} second={one.may.give_second_opinion} onLost={setLost} />}
      {!decides && one.may.draft && begun && <Handover key={draft.stored?.version ?? 0} one={one} draft={draft} />}
    </div>
  );
}

function useAct(id: string) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  async function act(doIt: (id: string) => Promise<unknown>) {
    setBusy(true);
    setProblem(undefined);
    await doIt(id).catch((thrown: unknown) => setProblem(asProblem(thrown)));
    await reviewChanged(id);
    setBusy(false);
  }
  return { problem, busy, act };
}

const strong = (inside: ComponentChildren) => <b class="strong">{inside}</b>;

/** A second opinion to be given: what that is, and who is on it. */
function SecondStanding({ one }: { one: SubmissionDetail }) {
  const format = useFormat();
  const { problem, busy, act } = useAct(one.id);
  const held = one.second_opinion?.claim;
  return (
    <div class="stack">
      <Notice tone="lake"><b class="strong">{t("A second opinion is asked for.")}</b> {t("Another mentor has decided this round. Judge it by yourself: their decision, and what was said since, show once you have given yours.")}</Notice>
      {problem && <Notice alert>{problem.message}</Notice>}
      {held?.is_mine ? (
        <div class="row small soft"><span>{rich("You hold this until <b>{clock}</b>", { b: strong, clock: format.clock(held.expires_at) })}</span><button class="link push" onClick={() => act(releaseSecondOpinion)}>{t("Let go")}</button></div>
      ) : held ? (
        <Notice tone="plain">{t("{name} is giving it. If that is not done by {clock}, you can take it.", { name: held.mentor.name, clock: format.clock(held.expires_at) })}</Notice>
      ) : one.may.claim_second_opinion ? (
        <Button tone="blaze" wide busy={busy} onClick={() => act(claimSecondOpinion)}>{t("Take this second opinion")}</Button>
      ) : null}
    </div>
  );
}

function Standing({ one }: { one: SubmissionDetail }) {
  const format = useFormat();
  const { problem, busy, act } = useAct(one.id);
  const { claim: held, decision } = one;
  if (decision) {
    return <Round round={one} files={FILES} answerOnly />;
  }
  if (one.state === "withdrawn") return <Notice tone="plain">{t("{name} took this round back. There is nothing to decide.", { name: one.learner.name })}</Notice>;
  return (
    <div class="stack">
      {problem && <Notice alert>{problem.message}</Notice>}
      {held?.is_mine ? (
        <div class="row small soft"><span>{rich("You hold this until <b>{clock}</b>", { clock: format.clock(held.expires_at), b: (inside) => <b class="strong">{inside}</b> })}</span><button class="link push" onClick={() => act(release)}>{t("Let go")}</button></div>
      ) : held ? (
        <Notice tone="lake">{rich("<b>{name}</b> holds this until {clock}. If it is not decided by then, you can take it.", { name: held.mentor.name, b: (inside) => <b>{inside}</b>, clock: format.clock(held.expires_at) })}</Notice>
      ) : one.may.claim ? (
        <>
          <Button tone="blaze" wide busy={busy} onClick={() => act(claim)}>{t("Take this review")}</Button>
          <p class="small soft">{t("While you hold it, nobody else decides. It frees itself after a while.")}</p>
        </>
      ) : (
        <Notice tone="plain">{t("You can read this round, but not decide it.")}</Notice>
      )}
    </div>
  );
}
