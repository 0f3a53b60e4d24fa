import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { signOut } from "../../api/auth";
import { changeMe } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { endPushHere } from "../../api/push";
import { useIsMentor } from "../../api/queries";
import { cache } from "../../api/query";
import type { Me } from "../../api/types";
import { LANGUAGES, locale, ownName, speak } from "../../i18n/language";
import { list, plural, rich, t } from "../../i18n/t";
import { forgetKept } from "../../offline/kept";
import { useOutbox } from "../../offline/useOutbox";
import { Button } from "../../ui/button/Button";
import { SelectField, TextField } from "../../ui/field/Field";
import { browserReader, formatFor } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { RowLink, Rows } from "../../ui/rows/Rows";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { Apps } from "./Apps";
import { Mentoring } from "./Mentoring";
import { People } from "./People";
import { Way } from "./Way";
import "./profile.css";

/** `notice` stands first and says what is wrong with the ways to a person. */
export function Profile({ me, notice }: { me: Me; notice?: ComponentChildren }) {
  return (
    <Screen title={me.name || t("Your profile")} lead={me.email}>
      {notice}
      <Elsewhere me={me} />
      <About me={me} />
      <Language me={me} />
      <Way />
      <People />
      <Mentoring />
      <Apps />
      <Leave me={me} />
    </Screen>
  );
}

/** What has a page of its own, the most asked for first. */
function Elsewhere({ me }: { me: Me }) {
  const mentor = useIsMentor();
  return (
    <nav aria-label={t("Your pages")}>
      <Rows>
        <RowLink href="/profile/telling" title={t("What reaches you")} detail={t("Mail, devices, reminders, quiet hours and calendars")} />
        <RowLink href="/cohorts" title={t("Cohorts")} detail={t("Groups on one pathway, and what is announced there")} />
        {mentor && <RowLink href="/saved-comments" title={t("Saved comments")} detail={t("What you say often, kept to say it again.")} />}
        <RowLink href="/author" title={t("Write a pathway")} detail={t("A way that others could walk, edition by edition")} />
        {me.is_operator && <RowLink href="/operators" title={t("What goes out")} detail={t("What goes out to people, and what did not arrive.")} />}
      </Rows>
    </nav>
  );
}

function About({ me }: { me: Me }) {
  const here = browserReader().timeZone;
  const form = useForm({
    initial: { name: me.name, time_zone: me.time_zone },
    explain: asProblem,
    async send(values) {
      cache.set("/me", await changeMe(values));
      toast(t("Saved."));
    },
  });
  const { values } = form;
  const zones = [...new Set([values.time_zone, here, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Section title={t("About you")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label={t("Name")} autoComplete="name" {...form.text("name")} />
        <SelectField label={t("Time zone")} value={values.time_zone} error={form.error("time_zone")} onChange={(event) => form.set("time_zone", event.currentTarget.value)}
          hint={values.time_zone === here ? t("Your days begin and end by it.") : rich("This device is in {here}. <button>Use that</button>", { here, button: (inside) => <button type="button" class="link small" onClick={() => form.set("time_zone", here)}>{inside}</button> })}>
          {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
        </SelectField>
        <div><Button type="submit" busy={form.busy}>{t("Save")}</Button></div>
      </form>
    </Section>
  );
}

/** Changed at once: who can't read this page is not asked to find its button. */
function Language({ me }: { me: Me }) {
  const sample = formatFor({ locale: locale(), timeZone: me.time_zone });
  const now = new Date();
  const [trouble, setTrouble] = useState<string>();
  async function change(one: string) {
    try {
      const changed = await changeMe({ locale: one as Me["locale"] });
      await speak(changed.locale);
      cache.set("/me", changed);
      setTrouble(undefined);
    } catch (thrown) {
      const problem = asProblem(thrown);
      setTrouble(problem.field("locale") ?? problem.message);
    }
  }
  return (
    <Section title={t("Language")}>
      <SelectField label={t("Language")} hideLabel value={me.locale} error={trouble} onChange={(event) => void change(event.currentTarget.value)}
        hint={list([sample.longDay(sample.today(now)), sample.clock(now.toISOString())], "unit")}>
        {LANGUAGES.map((one) => <option key={one} value={one} lang={one}>{ownName(one)}</option>)}
      </SelectField>
    </Section>
  );
}

function Leave({ me }: { me: Me }) {
  const { route } = useLocation();
  const { waiting } = useOutbox(me.id);
  async function leave() {
    try {
      await endPushHere().catch(() => undefined);
      await signOut();
    } catch (thrown) {
      return toast(asProblem(thrown).message);
    }
    forgetKept();
    cache.clear();
    void cache.refresh("/me");
    route("/sign-in", true);
  }
  return (
    <div class="stack">
      {waiting.length > 0 && <p class="small soft">{plural(waiting.length, "{n} change on this device was not sent yet. Signed out, it waits here until you are back.", "{n} changes on this device were not sent yet. Signed out, they wait here until you are back.")}</p>}
      <div><Button icon="out" onClick={leave}>{t("Sign out")}</Button></div>
    </div>
  );
}
