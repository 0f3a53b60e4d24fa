import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { decide, giveSecondOpinion } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { reviewChanged } from "../../api/queries";
import type { Criterion, Outcome, SubmissionDetail } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button, IconButton } from "../../ui/button/Button";
import { SelectField, TextArea } from "../../ui/field/Field";
import { scoreWords } from "../../ui/items/Scores";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { DraftLine, TwoVersions } from "./DraftLine";
import { SavedComments } from "./SavedComments";
import type { Content } from "./draft";
import type { Draft } from "./useDraft";

type Score = Content["scores"][number];

/** What is sent: only what was filled in. Its order is what the server's complaints count by. */
function decisionOf(content: Content) {
  return {
    feedback: content.feedback.trim(),
    private_note: content.private_note.trim(),
    scores: content.scores.flatMap(({ criterion, score, reason = "" }) => (typeof score === "number" ? [{ criterion, score, reason }] : [])),
    change_requests: content.change_requests.filter((item) => item.text.trim()),
    settled: content.settled,
  };
}

/** Scores, items, feedback and the two outcomes. All of it is saved as it is typed. `second`: it is a second opinion. */
export function Decide({ one, draft, second = false, onLost }: { one: SubmissionDetail; draft: Draft; second?: boolean; onLost: (problem: Problem) => void }) {
  const { route } = useLocation();
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState<Outcome>();
  const [picking, setPicking] = useState(false);
  const { content, change } = draft;

  async function send(outcome: Outcome) {
    setSending(outcome);
    setProblem(undefined);
    await draft.flush();
    try {
      const { settled, ...said } = decisionOf(content);
      await (second ? giveSecondOpinion(one.id, { outcome, ...said }) : decide(one.id, { outcome, ...said, settled }));
      draft.stop();
      if (second) toast(t("Your opinion is given. Now both stand side by side."), outcome === "approved" ? "complete" : "changes_requested");
      else toast(outcome === "approved" ? t("Approved. {name} hears of it.", { name: one.learner.name }) : t("Sent back. {name} hears of it.", { name: one.learner.name }), outcome === "approved" ? "complete" : "changes_requested");
      if (!second) route("/queue");
      await reviewChanged(one.id);
    } catch (thrown) {
      const failure = asProblem(thrown);
      setSending(undefined);
      if (failure.status !== 409) return setProblem(failure);
      // A claim run out, or somebody else's decision: show how it stands; the draft stays.
      onLost(failure);
      await reviewChanged(one.id);
    }
  }
  const sent = decisionOf(content);
  const shown = [...sent.scores.map((_, index) => `scores.${index}.reason`), "feedback"];
  const general = problem?.general(shown);
  return (
    <section class="stack wide" aria-labelledby="your-review">
      <div class="row"><h2 id="your-review" class="grow">{second ? t("Your opinion") : t("Your review")}</h2></div>
      {one.rubric.map((criterion) => (
        <ScoreField key={criterion.key} criterion={criterion} value={content.scores.find((row) => row.criterion === criterion.key)}
          error={problem?.field(`scores.${sent.scores.findIndex((row) => row.criterion === criterion.key)}.reason`)}
          onChange={(row) => change({ scores: [...content.scores.filter((known) => known.criterion !== criterion.key), row] })} />
      ))}
      <AskFor one={one} content={content} change={change} second={second} />
      <div class="stack tight">
        <TextArea label={t("Feedback")} name="feedback" rows={5} value={content.feedback} error={problem?.field("feedback")} hint={t("What is good, and why. Links and **bold** work.")}
          onInput={(event) => change({ feedback: event.currentTarget.value })} />
        <div class="row wrap"><DraftLine draft={draft} /><button type="button" class="link push" onClick={() => setPicking(true)}>{t("Saved comments")}</button></div>
      </div>
      <details class="fold private-note" open={content.private_note !== ""}>
        <summary>{t("A private note for mentors")}</summary>
        <TextArea label={t("Private note")} hideLabel rows={3} value={content.private_note} hint={t("{name} never sees it. Their other mentors do, once you decide.", { name: one.learner.name })}
          onInput={(event) => change({ private_note: event.currentTarget.value })} />
      </details>
      {general && <Notice alert>{general}</Notice>}
      <div class="stack">
        <Button tone="pine" wide busy={sending === "approved"} disabled={sending === "changes_requested"} onClick={() => send("approved")}>{t("Approve")}</Button>
        <Button wide busy={sending === "changes_requested"} disabled={sending === "approved"} onClick={() => send("changes_requested")}>{t("Request changes")}</Button>
      </div>
      {picking && <SavedComments feedback={content.feedback} onClose={() => setPicking(false)} onPick={(body) => change({ feedback: [content.feedback.trimEnd(), body].filter(Boolean).join("\n\n") })} />}
      <TwoVersions draft={draft} />
    </section>
  );
}

function ScoreField({ criterion, value, error, onChange }: { criterion: Criterion; value: Score | undefined; error: string | undefined; onChange: (row: Score) => void }) {
  const { key, title, looks_for } = criterion;
  const score = value?.score ?? null;
  const reason = value?.reason ?? "";
  return (
    <fieldset class="score">
      <legend class="strong">{title}</legend>
      <p class="small soft">{looks_for}</p>
      <div class="score-steps">
        {scoreWords().map((word, step) => (
          <label key={word} class={`step-${step}`}>
            <input type="radio" name={`score-${key}`} value={step} checked={score === step} onChange={() => onChange({ criterion: key, score: step, reason })} />
            <span>{word}</span>
          </label>
        ))}
      </div>
      {(score !== null || reason !== "") && (
        <TextArea label={t("Why: {title}", { title })} hideLabel rows={1} value={reason} error={error} placeholder={score === 0 ? t("What is missing? (needed)") : t("Why? (if it helps)")}
          onInput={(event) => onChange({ criterion: key, score, reason: event.currentTarget.value })} />
      )}
    </fieldset>
  );
}

/** Change requests, an item for each thing, tied to a criterion or a piece of evidence. */
function AskFor({ one, content, change, second }: { one: SubmissionDetail; content: Content; change: Draft["change"]; second: boolean }) {
  const items = content.change_requests;
  const put = (index: number, part: Partial<Content["change_requests"][number]>) => change({ change_requests: items.map((item, at) => (at === index ? { ...item, ...part } : item)) });
  const again = one.pending.filter((item) => !content.settled.some((row) => row.id === item.id)).length;
  return (
    <section class="stack" aria-labelledby="ask-for">
      <h3 id="ask-for">{t("What to change")}</h3>
      {again > 0 && !second && <p class="small soft">{plural(again, "One item of the last round is still open: if you request changes, it is asked again.", "{n} items of the last round are still open: if you request changes, they are asked again.")}</p>}
      <ol class="ask-for">
        {items.map((item, index) => (
          <li key={index}>
            <TextArea label={t("Change {number}", { number: index + 1 })} hideLabel rows={2} value={item.text} placeholder={t("One thing to change, and why")}
              onInput={(event) => put(index, { text: event.currentTarget.value })} />
            <div class="row">
              <div class="grow">
                <SelectField label={t("What change {number} is about", { number: index + 1 })} hideLabel value={item.evidence_id ?? item.criterion ?? ""}
                  onChange={(event) => {
                    const picked = event.currentTarget.value;
                    const evidence = one.evidence.some((row) => row.id === picked);
                    put(index, { criterion: evidence ? "" : picked, evidence_id: evidence ? picked : null });
                  }}>
                  <option value="">{t("About the whole")}</option>
                  {one.rubric.map((row) => <option key={row.key} value={row.key}>{row.title}</option>)}
                  {one.evidence.map((row) => <option key={row.id} value={row.id}>{row.title || row.url}</option>)}
                </SelectField>
              </div>
              <IconButton icon="trash" label={t("Remove change {number}", { number: index + 1 })} onClick={() => change({ change_requests: items.filter((_, at) => at !== index) })} />
            </div>
          </li>
        ))}
      </ol>
      <div><Button icon="plus" onClick={() => change({ change_requests: [...items, { text: "", criterion: "", evidence_id: null }] })}>{items.length > 0 ? t("Another change") : t("Ask for a change")}</Button></div>
    </section>
  );
}
