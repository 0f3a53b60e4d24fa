import { cancelLeave, leaves, setMentorProfile, takeLeave } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useIsMentor, useMentorTerms, usePathways } from "../../api/queries";
import { cache, useQuery } from "../../api/query";
import type { Leave, MentorTerms } from "../../api/types";
import { LANGUAGES, ownName } from "../../i18n/language";
import { inContext, plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Check, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { addDays, useFormat } from "../../ui/format/format";
import { KINDS, kindsWord } from "../../ui/kind/words";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

/** What a mentor takes on, and when they are away. */
export function Mentoring() {
  const mentor = useIsMentor();
  const { data, problem } = useMentorTerms(mentor ?? false);
  if (!mentor) return null;
  if (!data) return problem ? <Section title={t("Mentoring")}><Notice tone="plain">{problem.message}</Notice></Section> : null;
  return (
    <Section title={t("Mentoring")}>
      <div class="stack wide">
        <Terms key={JSON.stringify([data.kinds, data.pathways, data.languages, data.weekly_capacity])} data={data} />
        <Away />
      </div>
    </Section>
  );
}

function Terms({ data }: { data: MentorTerms }) {
  const pathways = usePathways().data ?? [];
  const form = useForm({
    initial: { weekly_capacity: data.weekly_capacity === null ? "" : String(data.weekly_capacity), kinds: data.kinds, pathways: data.pathways, languages: data.languages },
    explain: asProblem,
    async send({ weekly_capacity, kinds, pathways, languages }) {
      const capacity = weekly_capacity.trim() === "" ? null : Number(weekly_capacity);
      cache.set("/mentor-profile", await setMentorProfile({ weekly_capacity: capacity, kinds, pathways, languages }));
      toast(t("Saved."));
    },
  });
  const { values } = form;
  const flip = <T,>(list: readonly T[], one: T, on: boolean) => (on ? [...list, one] : list.filter((other) => other !== one));
  return (
    <form class="stack roomy" {...form.form} aria-label={t("What you take on")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <p class="soft">{t("Reminders follow this. You may review everything of your learners all the same.")}</p>
      <TextField label={t("Reviews a week")} type="number" inputMode="numeric" min={0} max={500} placeholder={t("Any number")}
        hint={plural(data.reviewed_this_week, "{n} review given since Monday, second opinions included. Leave it empty for any number; 0 is none for now.", "{n} reviews given since Monday, second opinions included. Leave it empty for any number; 0 is none for now.")} {...form.text("weekly_capacity")} />
      <fieldset class="kinds">
        <legend>{t("Kinds you review")}</legend>
        {KINDS.map((kind) => (
          <Check key={kind} label={kindsWord(kind)} checked={values.kinds.includes(kind)} onChange={(event) => form.set("kinds", flip(values.kinds, kind, event.currentTarget.checked))} />
        ))}
        <p class="hint">{t("None ticked means all of them.")}</p>
      </fieldset>
      {pathways.length > 1 && (
        <fieldset class="kinds wide">
          <legend>{t("Pathways you review")}</legend>
          {pathways.map((one) => (
            <Check key={one.slug} label={one.title} checked={values.pathways.includes(one.slug)} onChange={(event) => form.set("pathways", flip(values.pathways, one.slug, event.currentTarget.checked))} />
          ))}
          <p class="hint">{t("None ticked means all of them.")}</p>
        </fieldset>
      )}
      {LANGUAGES.length > 1 && (
        <fieldset class="kinds">
          <legend>{t("Languages you review in")}</legend>
          {(LANGUAGES as MentorTerms["languages"]).map((one) => (
            <Check key={one} label={<span lang={one}>{ownName(one)}</span>} checked={values.languages.includes(one)} onChange={(event) => form.set("languages", flip(values.languages, one, event.currentTarget.checked))} />
          ))}
          <p class="hint">{t("The learner’s language counts. None ticked means all of them.")}</p>
        </fieldset>
      )}
      <div><Button type="submit" busy={form.busy}>{t("Save")}</Button></div>
    </form>
  );
}

function Away() {
  const format = useFormat();
  const today = format.today();
  const { data = [] } = useQuery("/leaves", leaves);
  const form = useForm({
    initial: { starts_on: today, ends_on: addDays(today, 7) },
    explain: asProblem,
    async send(values) {
      await takeLeave(values);
      await cache.invalidate("/leaves", "/mentor-profile", "/cohorts");
      toast(t("You are put down as away. Nobody is reminded meanwhile."));
    },
  });
  const ahead = data.filter((one) => one.ends_on >= today);
  return (
    <form class="stack roomy" {...form.form} aria-label={inContext("of a mentor", "Leave")}>
      <h3>{inContext("of a mentor", "Leave")}</h3>
      <p class="soft">{t("Nothing new is offered to you on these days, and nobody reminds you.")}</p>
      {ahead.length > 0 && <Rows>{ahead.map((one) => <LeaveLine key={one.id} one={one} today={today} />)}</Rows>}
      {form.general && <Notice alert>{form.general}</Notice>}
      <div class="dates">
        <TextField label={t("First day")} type="date" {...form.text("starts_on")} />
        <TextField label={t("Last day")} type="date" {...form.text("ends_on")} />
      </div>
      <div><Button type="submit" icon="calendar" busy={form.busy}>{t("Be away then")}</Button></div>
    </form>
  );
}

function LeaveLine({ one, today }: { one: Leave; today: string }) {
  const format = useFormat();
  const days = t("{from} to {to}", { from: format.date(one.starts_on), to: format.date(one.ends_on) });
  async function cancel() {
    await cancelLeave(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/leaves", "/mentor-profile", "/cohorts");
  }
  return (
    <Row title={days} detail={one.starts_on <= today && t("You are away now")}>
      <button type="button" class="link small" onClick={cancel} aria-label={t("Take back the leave: {days}", { days })}>{one.starts_on <= today ? t("I am back") : t("Take back")}</button>
    </Row>
  );
}
