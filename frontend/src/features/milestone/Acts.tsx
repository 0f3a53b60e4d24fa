import { useState } from "preact/hooks";
import { complete, reopen, submit, withdraw } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { worthHearing } from "../../api/push";
import { milestoneChanged, wayChanged } from "../../api/queries";
import { useStartTimer } from "../../api/useStartTimer";
import { sayLater } from "../../offline/takeBack";
import { cache } from "../../api/query";
import type { MilestonePage } from "../../api/types";
import { t } from "../../i18n/t";
import { leftToAnswer } from "./answerable";
import { Expected } from "./Expected";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Check, TextArea } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

/** What can be done with a milestone now; the likeliest first, in the one bright paint. */
export function Acts({ page, onAddEvidence }: { page: MilestonePage; onAddEvidence: () => void }) {
  const [submitting, setSubmitting] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const { milestone, enrollment_id: enrollment } = page;

  async function act(doIt: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    await doIt().catch((thrown: unknown) => {
      setProblem(asProblem(thrown));
      // Somebody or another tab was there first: show how it stands now.
      void wayChanged(enrollment);
    });
    setBusy(false);
  }
  /** Without a network it is said later; the server then goes by when it was said. */
  const orLater = (move: "done" | "reopen") => (thrown: unknown) => {
    if (!asProblem(thrown).isOffline) throw thrown;
    sayLater(page.learner.id, enrollment, milestone, move);
    toast(t("Kept here. It is sent when you are back."), "waiting_for_review");
  };
  const markDone = () => act(() => complete(enrollment, milestone.key).then(async (changed) => {
    await milestoneChanged(changed);
    toast(t("Reached. Well walked."), "complete");
  }).catch(orLater("done")));
  const openAgain = () => act(() => reopen(enrollment, milestone.key).then(milestoneChanged).catch(orLater("reopen")));
  const timer = useStartTimer(enrollment);
  const done = page.transitions.find(({ name }) => name === "done");
  const waiting = page.submissions.find((submission) => submission.state === "waiting");
  const takeBack = () => act(async () => {
    if (waiting) await withdraw(waiting.id);
    await wayChanged(enrollment);
    toast(t("Taken back. Hand it in again when you like."));
  });

  if (submitting && page.can_submit) return <Submit page={page} onDone={() => setSubmitting(false)} />;
  const open = page.status !== "complete";
  const bare = milestone.evidence.required && page.evidence.length === 0;
  const ripe = page.minutes_logged > 0 || page.evidence.length > 0 || page.status === "changes_requested";
  // With something to show, handing it over is the likeliest; before that, working on it is.
  const ready = ripe && !bare;
  // Each change wants its answer first; the bright paint stands there.
  const likeliest = ripe && !leftToAnswer(page);
  const work = open && (
    <>
      <ButtonLink tone={page.status === "locked" || page.status === "waiting_for_review" || ready ? "quiet" : "blaze"} wide icon="clock" href={`/log?on=${milestone.key}`}>{t("Log time on it")}</ButtonLink>
      {timer.problem && <Notice alert>{timer.problem.message}</Notice>}
      {!timer.running && <Button wide icon="play" onClick={() => timer.start(milestone.key)}>{t("Start the timer")}</Button>}
    </>
  );
  return (
    <div class="stack">
      {problem && <Notice alert>{problem.message}</Notice>}
      {!ready && work}
      {page.can_submit && bare && page.minutes_logged > 0 && <Button wide icon="link" onClick={onAddEvidence}>{t("Add the evidence")}</Button>}
      {page.can_submit && !bare && <Button tone={likeliest ? "blaze" : "quiet"} wide onClick={() => setSubmitting(true)}>{page.submissions.length > 0 ? t("Hand in the next round") : t("Hand in to a mentor")}</Button>}
      {page.can_complete && <Button tone={ripe ? "pine" : "quiet"} wide icon="check" busy={busy} onClick={markDone}>{t("Mark it done")}</Button>}
      {ready && work}
      {milestone.verified_by === "self" && open && done && !done.allowed && <p class="small soft">{t("Can’t be marked done yet. {reason}", { reason: done.reason })}</p>}
      {waiting && <div><button type="button" class="link" aria-busy={busy || undefined} onClick={() => void (busy || takeBack())}>{t("Take it back")}</button></div>}
      {page.status === "complete" && milestone.verified_by === "self" && <Button wide busy={busy} onClick={openAgain}>{t("Open it again")}</Button>}
      {page.can_submit && bare && <p class="small soft">{t("Before a mentor looks at it, it wants evidence: a link, a file, a photo or a text.")}</p>}
    </div>
  );
}

/** Hand in: what to look at, and a word to the mentor. */
function Submit({ page, onDone }: { page: MilestonePage; onDone: () => void }) {
  const { enrollment_id, milestone, evidence } = page;
  const draft = `waymark:message:${enrollment_id}:${milestone.key}`;
  const form = useForm({
    initial: { message: sessionStorage.getItem(draft) ?? "", evidence_ids: evidence.map((one) => one.id) },
    explain: asProblem,
    async send(values) {
      await submit({ enrollment_id, milestone_key: milestone.key, ...values }).catch((thrown: unknown) => {
        if (asProblem(thrown).status === 409) void wayChanged(enrollment_id);
        throw thrown;
      });
      sessionStorage.removeItem(draft);
      await Promise.all([wayChanged(enrollment_id), cache.invalidate("/notifications")]);
      toast(t("Handed in. You hear from us when there is an answer."), "waiting_for_review");
      worthHearing();
      onDone();
    },
  });
  const toggle = (id: string, on: boolean) =>
    form.set("evidence_ids", on ? [...form.values.evidence_ids, id] : form.values.evidence_ids.filter((one) => one !== id));
  const message = form.text("message");
  return (
    <form class="stack roomy hand-in" {...form.form} aria-label={t("Hand in")}>
      <h2>{t("Hand it in")}</h2>
      {form.general && <Notice alert>{form.general}</Notice>}
      {evidence.length > 0 ? (
        <fieldset>
          <legend class="strong">{t("What your mentor should look at")}</legend>
          {evidence.map((one) => (
            <Check key={one.id} label={one.title || one.url} hint={one.file?.name ?? (one.title ? one.url || undefined : undefined)} checked={form.values.evidence_ids.includes(one.id)}
              onChange={(event) => toggle(one.id, event.currentTarget.checked)} />
          ))}
        </fieldset>
      ) : (
        <p class="soft">{t("No evidence is attached. {hint}", { hint: milestone.evidence.hint })}</p>
      )}
      {form.error("evidence_ids") && <Notice alert>{form.error("evidence_ids")}</Notice>}
      <Expected enrollment={enrollment_id} milestoneKey={milestone.key} />
      <TextArea label={t("A word to your mentor")} hint={t("What you did, what you are unsure of, what to look at first.")} {...message}
        onInput={(event) => { message.onInput(event); sessionStorage.setItem(draft, event.currentTarget.value); }} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{t("Hand it in")}</Button>
        <Button onClick={onDone}>{t("Not yet")}</Button>
      </div>
    </form>
  );
}
