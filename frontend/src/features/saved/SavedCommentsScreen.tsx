import { useState } from "preact/hooks";
import { changeSavedComment, keepComment, removeSavedComment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useCohorts, useIsMentor, useSavedComments } from "../../api/queries";
import { cache } from "../../api/query";
import type { Cohort, SavedComment } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { SelectField, TextArea, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Prose } from "../../ui/prose/Prose";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { grouped } from "./grouped";
import "./saved.css";

const BACK = { href: "/profile" };

/** What a mentor keeps to say it again: one's own, and what the other mentors of a cohort share. */
export function SavedCommentsScreen() {
  const { data, problem, retry } = useSavedComments(true);
  const cohorts = useCohorts().data ?? [];
  const mentors = useIsMentor();
  const [adding, setAdding] = useState(false);
  const title = t("Saved comments");
  const back = { ...BACK, label: t("Your profile") };
  if (!data) return <Screen title={title} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  const add = <Button tone="blaze" icon="plus" onClick={() => setAdding(true)}>{t("New comment")}</Button>;
  const none = data.length === 0 && !adding;
  return (
    <Screen title={title} back={back} lead={none ? undefined : t("In a review, one tap puts them into the feedback.")}>
      <OldData problem={problem} />
      {adding ? <New cohorts={cohorts.filter((one) => one.ended_at === null && one.my_parts.includes("mentor"))} onDone={() => setAdding(false)} /> : !none && <div>{add}</div>}
      {none && <Empty title={t("Nothing kept yet")} action={add}>{mentors === false ? t("What you say often in reviews can be kept here, once you mentor somebody.") : t("What you say often in reviews can be kept here, for yourself or for the mentors of a cohort.")}</Empty>}
      {grouped(data, cohorts).map(({ key, cohort, rows }) => (
        <Section key={key} title={cohort ? cohort.name : t("Only for you")}>
          <ul class="saved-list">{rows.map((one) => <Line key={one.id} one={one} />)}</ul>
        </Section>
      ))}
    </Screen>
  );
}

function Line({ one }: { one: SavedComment }) {
  const [mode, setMode] = useState<"read" | "edit" | "remove">("read");
  async function remove() {
    await removeSavedComment(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/saved-comments");
  }
  if (mode === "edit") return <li><Edit one={one} onDone={() => setMode("read")} /></li>;
  return (
    <li>
      <h3>{one.title}</h3>
      <Prose text={one.body} />
      {!one.is_mine && <p class="small soft">{t("From {name}, who can change it.", { name: one.owner.name || t("somebody") })}</p>}
      {one.is_mine && mode === "read" && (
        <div class="row wrap">
          <button class="link small" onClick={() => setMode("edit")} aria-label={t("Edit: {title}", { title: one.title })}>{t("Edit")}</button>
          <button class="link small" onClick={() => setMode("remove")} aria-label={t("Remove: {title}", { title: one.title })}>{t("Remove")}</button>
        </div>
      )}
      {mode === "remove" && (
        <div class="row wrap">
          <span class="small grow">{t("Reviews that said it keep their words.")}</span>
          <Button onClick={() => void remove()}>{t("Remove it")}</Button>
          <Button onClick={() => setMode("read")}>{t("Keep it")}</Button>
        </div>
      )}
    </li>
  );
}

interface Control { name: string; value: string; onInput: (event: { currentTarget: { value: string } }) => void; error: string | undefined }

function Fields({ text }: { text: (name: "title" | "body") => Control }) {
  return (
    <>
      <TextField label={t("Name it")} maxLength={120} autoFocus autoComplete="off" {...text("title")} />
      <TextArea label={t("What it says")} hint={t("Markdown: **bold**, lists, [links](https://…).")} rows={5} {...text("body")} />
    </>
  );
}

function Edit({ one, onDone }: { one: SavedComment; onDone: () => void }) {
  const form = useForm({
    initial: { title: one.title, body: one.body },
    explain: asProblem,
    async send({ title, body }) {
      await changeSavedComment(one.id, { title: title.trim(), body });
      await cache.invalidate("/saved-comments");
      toast(t("Saved."));
      onDone();
    },
  });
  return (
    <form class="stack roomy" {...form.form} aria-label={t("Edit: {title}", { title: one.title })}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <Fields text={form.text} />
      <div class="row wrap"><Button tone="blaze" type="submit" busy={form.busy}>{t("Save")}</Button><Button onClick={onDone}>{t("Cancel")}</Button></div>
    </form>
  );
}

function New({ cohorts, onDone }: { cohorts: readonly Cohort[]; onDone: () => void }) {
  const form = useForm({
    initial: { title: "", body: "", cohort_id: "" },
    explain: asProblem,
    async send({ title, body, cohort_id }) {
      await keepComment({ title: title.trim(), body, cohort_id: cohort_id || null });
      await cache.invalidate("/saved-comments");
      toast(t("Kept."));
      onDone();
    },
  });
  return (
    <form class="stack roomy" {...form.form} aria-label={t("New comment")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <Fields text={form.text} />
      {cohorts.length > 0 && (
        <SelectField label={t("Who can use it")} value={form.values.cohort_id} error={form.error("cohort_id")} onChange={(event) => form.set("cohort_id", event.currentTarget.value)}>
          <option value="">{t("Only you")}</option>
          {cohorts.map((one) => <option key={one.id} value={one.id}>{t("The mentors of {cohort}", { cohort: one.name })}</option>)}
        </SelectField>
      )}
      <div class="row wrap"><Button tone="blaze" type="submit" busy={form.busy}>{t("Keep it")}</Button><Button onClick={onDone}>{t("Cancel")}</Button></div>
    </form>
  );
}
