import { useState } from "preact/hooks";
import { announce } from "../../api/calls";
import { asProblem } from "../../api/problem";
import type { Audience, Cohort } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Chips } from "../../ui/chips/Chips";
import { TextArea, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Prose } from "../../ui/prose/Prose";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { AUDIENCES, announceWords, audienceName } from "./audience";

/** Writing to a whole cohort. The id is made once, so that pressing again says it once. */
export function Announce({ cohort, onDone }: { cohort: Cohort; onDone: () => void }) {
  const [id] = useState(uuid7);
  const [looking, setLooking] = useState(false);
  const form = useForm({
    initial: { audience: "everybody" as Audience, title: "", body: "" },
    explain: asProblem,
    async send({ audience, title, body }) {
      await announce(cohort.id, { id, audience, title: title.trim(), body });
      toast(t("It is on its way to inboxes, and by mail."), "complete");
      onDone();
    },
  });
  const { audience, body } = form.values;
  return (
    <form class="stack roomy announce" {...form.form} aria-label={t("Announce")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <Chips label={t("Whom it is for")}>
        {AUDIENCES.map((one) => <button key={one} type="button" aria-pressed={one === audience} onClick={() => form.set("audience", one)}>{audienceName(one)}</button>)}
      </Chips>
      <TextField label={t("Title")} maxLength={120} autoFocus autoComplete="off" {...form.text("title")} />
      {looking ? (
        <div class="stack"><b class="strong">{t("What it says")}</b><div class="announce-look"><Prose text={body} /></div></div>
      ) : (
        <TextArea label={t("What it says")} hint={t("Markdown: **bold**, lists, [links](https://…).")} rows={6} maxLength={10_000} {...form.text("body")} />
      )}
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{announceWords(audience, cohort)}</Button>
        {body.trim() !== "" && <Button onClick={() => setLooking(!looking)}>{looking ? t("Write on") : t("Preview")}</Button>}
        <Button onClick={onDone}>{t("Cancel")}</Button>
      </div>
    </form>
  );
}
