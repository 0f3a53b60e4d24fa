import { useState } from "preact/hooks";
import { answerItem } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { ChangeRequest, MilestonePage, Submission } from "../../api/types";
import { t } from "../../i18n/t";
import { Bar } from "../../ui/bar/Bar";
import { Button } from "../../ui/button/Button";
import { SelectField, TextArea } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Items } from "../../ui/items/Items";
import { Notice } from "../../ui/states/states";

/** What a mentor asked for, to be answered one by one before the next round is handed in. */
export function Answers({ page, round }: { page: MilestonePage; round: Submission }) {
  const [open, setOpen] = useState(() => round.change_requests.find((item) => !item.answer)?.id);
  const items = round.change_requests;
  const answered = items.filter((item) => item.state !== "open").length;
  const titles = Object.fromEntries([...page.milestone.rubric.map((row) => [row.key, row.title]), ...round.evidence.map((row) => [row.id, row.title || row.url])]);
  function done(item: ChangeRequest) {
    const at = items.indexOf(item);
    setOpen([...items.slice(at + 1), ...items.slice(0, at)].find((one) => !one.answer)?.id);
  }
  return (
    <div class="answers stack roomy">
      <div class="stack tight">
        <p class="small soft">{answered === items.length ? t("All answered. Hand in the next round when you are ready.") : t("{answered} of {count} answered", { answered, count: items.length })}</p>
        <Bar share={answered / items.length} label={t("Answered")} />
      </div>
      <Items items={items} titles={titles}
        under={(item) => item.state === "verified" || item.state === "waived" ? undefined : item.id === open ? (
          <Answer key={item.id} item={item} page={page} onDone={() => done(item)} onCancel={() => setOpen(undefined)} />
        ) : (
          <div><Button onClick={() => setOpen(item.id)}>{item.answer ? t("Change the answer") : t("Answer")}</Button></div>
        )} />
    </div>
  );
}

function Answer({ item, page, onDone, onCancel }: { item: ChangeRequest; page: MilestonePage; onDone: () => void; onCancel: () => void }) {
  const draft = `waymark:answer:${item.id}`;
  const form = useForm({
    initial: { text: localStorage.getItem(draft) ?? item.answer?.text ?? "", evidence_id: item.answer?.evidence?.id ?? "" },
    explain: asProblem,
    async send({ text, evidence_id }) {
      await answerItem(item.id, { text: text.trim(), evidence_id: evidence_id || null });
      localStorage.removeItem(draft);
      await wayChanged(page.enrollment_id);
      onDone();
    },
  });
  const text = form.text("text");
  return (
    <form class="stack" {...form.form} aria-label={t("Answer")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextArea label={t("What did you change?")} rows={2} {...text}
        onInput={(event) => { text.onInput(event); localStorage.setItem(draft, event.currentTarget.value); }} />
      {page.evidence.length > 0 && (
        <SelectField label={t("Where it shows")} value={form.values.evidence_id} error={form.error("evidence_id")} onChange={(event) => form.set("evidence_id", event.currentTarget.value)}>
          <option value="">{t("Nowhere in particular")}</option>
          {page.evidence.map((one) => <option key={one.id} value={one.id}>{one.title || one.url}</option>)}
        </SelectField>
      )}
      <div class="row wrap"><Button tone={item.state === "open" ? "blaze" : "quiet"} type="submit" busy={form.busy}>{t("Save the answer")}</Button><button type="button" class="link quiet" onClick={onCancel}>{t("Later")}</button></div>
    </form>
  );
}
