import { useState } from "preact/hooks";
import { keepComment, removeSavedComment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useSavedComments } from "../../api/queries";
import { cache } from "../../api/query";
import { t } from "../../i18n/t";
import { Button, IconButton } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Sheet } from "../../ui/sheet/Sheet";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

/** Put in what one says often, or keep what was just said. */
export function SavedComments({ feedback, onPick, onClose }: { feedback: string; onPick: (body: string) => void; onClose: () => void }) {
  const { data, problem } = useSavedComments(true);
  async function remove(id: string) {
    await removeSavedComment(id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/saved-comments");
  }
  return (
    <Sheet label={t("Saved comments")} onClose={onClose}>
      <div class="stack roomy">
        <h2>{t("Saved comments")}</h2>
        {problem && <Notice alert>{problem.message}</Notice>}
        {data?.length === 0 && <p class="soft">{t("Nothing kept yet. Write something into the feedback that you often say, then keep it here.")}</p>}
        <ul class="saved-comments">
          {data?.map((one) => (
            <li key={one.id}>
              <button type="button" class="saved-pick" onClick={() => { onPick(one.body); onClose(); }}>
                <b class="strong">{one.title}</b>
                <span class="small soft">{one.body}</span>
                {!one.is_mine && <span class="small soft">{t("From {name}, for your cohort", { name: one.owner.name })}</span>}
              </button>
              {one.is_mine && <IconButton icon="trash" label={t("Remove {title}", { title: one.title })} onClick={() => void remove(one.id)} />}
            </li>
          ))}
        </ul>
        <div><a class="link small" href="/saved-comments">{t("Edit saved comments")}</a></div>
        {feedback.trim() && <Keep body={feedback.trim()} />}
      </div>
    </Sheet>
  );
}

function Keep({ body }: { body: string }) {
  const [open, setOpen] = useState(false);
  const form = useForm({
    initial: { title: "" },
    explain: asProblem,
    async send({ title }) {
      await keepComment({ title: title.trim(), body });
      await cache.invalidate("/saved-comments");
      setOpen(false);
      toast(t("Kept."));
    },
  });
  if (!open) return <div><Button icon="plus" onClick={() => setOpen(true)}>{t("Keep what I wrote")}</Button></div>;
  return (
    <form class="stack" {...form.form} aria-label={t("Keep what I wrote")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextField label={t("Name it")} maxLength={120} autoFocus {...form.text("title")} />
      <div class="row wrap"><Button tone="blaze" type="submit" busy={form.busy}>{t("Keep it")}</Button><Button onClick={() => setOpen(false)}>{t("Cancel")}</Button></div>
    </form>
  );
}
