import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { decide } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { reviewChanged } from "../../api/queries";
import type { Outcome, SubmissionDetail } from "../../api/types";
import { Button } from "../../ui/button/Button";
import { TextArea } from "../../ui/field/Field";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

const draftKey = (submission: string) => `waymark:feedback:${submission}`;

/** What was typed for a submission and not sent yet. */
export const feedbackDraft = (submission: string): string => localStorage.getItem(draftKey(submission)) ?? "";

/** Feedback and the two outcomes. What is typed stays on this device until it is decided. */
export function Decide({ one, onLost }: { one: SubmissionDetail; onLost: (problem: Problem) => void }) {
  const { route } = useLocation();
  const draft = draftKey(one.id);
  const [feedback, setFeedback] = useState(() => feedbackDraft(one.id));
  const [problem, setProblem] = useState<Problem>();
  const [sending, setSending] = useState<Outcome>();

  function type(text: string) {
    setFeedback(text);
    if (text) localStorage.setItem(draft, text);
    else localStorage.removeItem(draft);
  }
  async function send(outcome: Outcome) {
    setSending(outcome);
    setProblem(undefined);
    try {
      await decide(one.id, { outcome, feedback: feedback.trim() });
      localStorage.removeItem(draft);
      toast(outcome === "approved" ? `Approved. ${one.learner.name} hears of it.` : `Sent back. ${one.learner.name} hears of it.`, outcome === "approved" ? "complete" : "changes_requested");
      route("/queue");
      await reviewChanged(one.id);
    } catch (thrown) {
      const failure = asProblem(thrown);
      setSending(undefined);
      if (failure.status !== 409) return setProblem(failure);
      // A claim run out, or somebody else's decision: show how it stands, and keep what was typed.
      onLost(failure);
      await reviewChanged(one.id);
    }
  }
  return (
    <section class="stack roomy" aria-labelledby="your-review">
      <h2 id="your-review">Your review</h2>
      {problem?.general(["feedback"]) && <Notice alert>{problem.message}</Notice>}
      <div class="stack tight">
        <TextArea label="Feedback" name="feedback" rows={7} value={feedback} error={problem?.field("feedback")} hint="What is good, what to change, and why. Links work."
          onInput={(event) => type(event.currentTarget.value)} />
        <p class="small soft" role="status">{feedback && "Kept on this device until you decide."}</p>
      </div>
      <div class="stack">
        <Button tone="pine" wide busy={sending === "approved"} disabled={sending === "changes_requested"} onClick={() => send("approved")}>Approve</Button>
        <Button wide busy={sending === "changes_requested"} disabled={sending === "approved"} onClick={() => send("changes_requested")}>Request changes</Button>
      </div>
    </section>
  );
}
