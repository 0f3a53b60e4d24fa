import { useLocation } from "preact-iso";
import { signOut } from "../../api/auth";
import { changeMe } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache } from "../../api/query";
import type { Me } from "../../api/types";
import { forgetKept } from "../../offline/kept";
import { useOutbox } from "../../offline/useOutbox";
import { Button, ButtonLink } from "../../ui/button/Button";
import { SelectField, TextField } from "../../ui/field/Field";
import { browserReader, formatFor, plural, regional } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { Apps } from "./Apps";
import { Mentoring } from "./Mentoring";
import { People } from "./People";
import { Preferences } from "./Preferences";
import { Way } from "./Way";
import "./profile.css";

export function Profile({ me }: { me: Me }) {
  return (
    <Screen title={me.name || "Your profile"} lead={me.email}>
      <About me={me} />
      <Way />
      <People />
      <Mentoring />
      <Section title="Pathways">
        <p class="soft">You know a way that others could walk? Write it down as a document, and look after it edition by edition.</p>
        <div><ButtonLink href="/author">Write a pathway</ButtonLink></div>
      </Section>
      <Preferences />
      <Apps />
      <Leave me={me} />
    </Screen>
  );
}

const LOCALES: Me["locale"][] = ["en"];

function About({ me }: { me: Me }) {
  const here = browserReader().timeZone;
  const form = useForm({
    initial: { name: me.name, time_zone: me.time_zone, locale: me.locale },
    explain: asProblem,
    async send(values) {
      cache.set("/me", await changeMe(values));
      toast("Saved.");
    },
  });
  const { values } = form;
  const zones = [...new Set([values.time_zone, here, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const sample = formatFor({ locale: regional(values.locale), timeZone: values.time_zone });
  const now = new Date();
  return (
    <Section title="About you">
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label="Name" autoComplete="name" {...form.text("name")} />
        <SelectField label="Time zone" value={values.time_zone} error={form.error("time_zone")} onChange={(event) => form.set("time_zone", event.currentTarget.value)}
          hint={values.time_zone === here ? "Your days begin and end by it." : <>This device is in {here}. <button type="button" class="link small" onClick={() => form.set("time_zone", here)}>Use that</button></>}>
          {zones.map((zone) => <option key={zone} value={zone}>{zone.replaceAll("_", " ")}</option>)}
        </SelectField>
        <SelectField label="Language" value={values.locale} error={form.error("locale")} onChange={(event) => form.set("locale", event.currentTarget.value as Me["locale"])}
          hint={`${sample.longDay(sample.today(now))}, ${sample.clock(now.toISOString())}`}>
          {LOCALES.map((locale) => <option key={locale} value={locale}>{names.of(locale) ?? locale}</option>)}
        </SelectField>
        <div><Button type="submit" busy={form.busy}>Save</Button></div>
      </form>
    </Section>
  );
}

function Leave({ me }: { me: Me }) {
  const { route } = useLocation();
  const { waiting } = useOutbox(me.id);
  async function leave() {
    try {
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
      {waiting.length > 0 && <p class="small soft">{plural(waiting.length, "change")} on this device {waiting.length === 1 ? "was" : "were"} not sent yet. Signed out, {waiting.length === 1 ? "it waits" : "they wait"} here until you are back.</p>}
      <div><Button icon="out" onClick={leave}>Sign out</Button></div>
    </div>
  );
}
