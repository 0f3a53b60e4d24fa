import { useState } from "preact/hooks";
import { askSecondOpinion, withdrawSecondOpinion } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { reviewChanged, usePromise } from "../../api/queries";
import type { Submission } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Sheet } from "../../ui/sheet/Sheet";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { climbed } from "./climbed";
import "./opinion.css";

interface Asking { round: Submission; me: string; canAsk: boolean }

/** A second mentor's opinion on a decided round: to be asked for, and how far the question is. What was given stands in the round itself. */
export function Opinion({ round, me, canAsk }: Asking) {
  const [asking, setAsking] = useState(false);
  const opinion = round.second_opinion;
  if (opinion?.state === "asked") return <Waiting round={round} me={me} />;
  if (opinion || !canAsk) return null;
  return (
    <div>
      <button type="button" class="link" onClick={() => setAsking(true)}>{t("Ask another mentor for a second opinion")}</button>
      {asking && <Question round={round} mine={round.learner.id === me} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** What it does, said before it is done. */
function Question({ round, mine, onClose }: { round: Submission; mine: boolean; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const approved = round.state === "approved";
  async function ask() {
    setBusy(true);
    setProblem(undefined);
    try {
      await askSecondOpinion(round.id);
      toast(t("Asked. You hear from us when it is given."), "waiting_for_review");
      onClose();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    await reviewChanged(round.id);
    setBusy(false);
  }
  return (
    <Sheet label={t("A second opinion")} onClose={onClose}>
      <h2>{t("A second opinion")}</h2>
      <ul class="opinion-points">
        <li>{mine ? t("Another of your mentors judges this round by themselves. They don’t see the first decision until they have given theirs.") : t("Another mentor of {name} judges this round by themselves. They don’t see your decision until they have given theirs.", { name: round.learner.name })}</li>
        <li>{approved ? t("The approval stays, whatever they say.") : mine ? t("If they approve, the milestone is approved. If they ask for changes, too, what was asked for first is yours to answer.") : t("If they approve, the milestone is approved. If they ask for changes, too, {name} goes on with what you asked for.", { name: round.learner.name })}</li>
        {!approved && mine && <li>{t("You can go on meanwhile. Handing in the next round takes the question back.")}</li>}
        <li>{t("Both decisions stand side by side afterwards. Where they differ, the pathway’s author learns that the rubric may be unclear, without names.")}</li>
        <li>{t("There is one second opinion a round.")}</li>
      </ul>
      {problem && <Notice alert>{problem.message}</Notice>}
      <div class="row wrap">
        <Button tone="blaze" busy={busy} onClick={() => void ask()}>{t("Ask for it")}</Button>
        <Button onClick={onClose}>{t("Not now")}</Button>
      </div>
    </Sheet>
  );
}

/** What was done so far, and what comes next. Without an answer of ours about it, the notice does without. */
function Ladder({ round, mine }: { round: Submission; mine: boolean }) {
  const format = useFormat();
  const { data } = usePromise(round.enrollment_id, round.milestone.key);
  const said = data?.second_opinion && climbed(data.second_opinion, mine, (instant) => format.longDay(format.dayOf(instant)));
  return said ? <p>{said}</p> : null;
}

/** A question that nobody has answered yet. */
function Waiting({ round, me }: { round: Submission; me: string }) {
  const format = useFormat();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const opinion = round.second_opinion;
  if (!opinion) return null;
  async function takeBack() {
    setBusy(true);
    setProblem(undefined);
    try {
      await withdrawSecondOpinion(round.id);
      toast(t("The question is taken back."));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    await reviewChanged(round.id);
    setBusy(false);
  }
  const when = format.instant(opinion.asked_at);
  const asker = opinion.asked_by;
  return (
    <Notice tone="lake">
      <div class="stack">
        <p><b class="strong">{asker?.id === me ? t("You asked for a second opinion {when}.", { when }) : asker ? t("{name} asked for a second opinion {when}.", { name: asker.name, when }) : t("A second opinion was asked for {when}.", { when })}</b>{" "}
          {opinion.claim ? t("{name} is looking at it.", { name: opinion.claim.mentor.name }) : t("It waits for another mentor.")}</p>
        {/* Who asked is not told to whoever may give it: the ladder is about them. */}
        {asker && <Ladder round={round} mine={round.learner.id === me} />}
        {problem && <p role="alert">{problem.message}</p>}
        {asker?.id === me && <div><Button busy={busy} onClick={() => void takeBack()}>{t("Take the question back")}</Button></div>}
      </div>
    </Notice>
  );
}
