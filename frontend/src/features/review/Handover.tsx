import { useState } from "preact/hooks";
import { handOverDraft, throwDraftAway } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { reviewChanged } from "../../api/queries";
import type { SubmissionDetail } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { TextArea } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { DraftLine, TwoVersions } from "./DraftLine";
import type { Draft } from "./useDraft";

/** What was typed for a round that can't be decided now: nothing is lost, and it can still be said. */
export function Handover({ one, draft }: { one: SubmissionDetail; draft: Draft }) {
  const [id] = useState(() => uuid7());
  const words = draft.stored?.in_words ?? "";
  const form = useForm({
    initial: { body: words },
    explain: asProblem,
    async send({ body }) {
      await handOverDraft(one.id, { id, body: body.trim() });
      draft.stop();
      toast(t("Sent. {name} hears of it.", { name: one.learner.name }));
      await reviewChanged(one.id);
    },
  });
  async function throwAway() {
    draft.stop();
    await throwDraftAway(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await reviewChanged(one.id);
  }
  const waits = one.state === "waiting";
  return (
    <form class="stack roomy handover" {...form.form} aria-label={t("Your draft")}>
      <h2>{t("Your draft is still here")}</h2>
      <p class="soft">{waits ? t("Take the review to go on with it, or send it as a comment now.") : t("This round is closed, but what you wrote need not be lost: send it as a comment.")}</p>
      <DraftLine draft={draft} />
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextArea label={t("As a comment")} rows={6} {...form.text("body")} />
      <div class="row wrap">
        <Button type="submit" busy={form.busy}>{t("Send as a comment")}</Button>
        <button type="button" class="link quiet push" onClick={() => void throwAway()}>{t("Throw it away")}</button>
      </div>
      <TwoVersions draft={draft} />
    </form>
  );
}
