import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { changeMe, enroll } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useEdition, useMe, usePathways } from "../../api/queries";
import { cache } from "../../api/query";
import type { Edition, Pathway } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Blaze } from "../../ui/blaze/Blaze";
import { Button } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { browserReader } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Screen } from "../../ui/screen/Screen";
import { Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Choices } from "./Choices";
import { Pace } from "./Pace";
import { outline } from "./pace";
import "./start.css";

const STEPS = () => [t("Track"), t("Role"), t("Pace")] as const;

export function Start() {
  const pathways = usePathways();
  const chosen = useLocation().query["pathway"];
  const several = (pathways.data?.length ?? 0) > 1;
  const pathway = pathways.data?.find((one) => !several || one.slug === chosen);
  const edition = useEdition(pathway?.slug, pathway?.edition);
  const problem = pathways.problem ?? edition.problem;
  if (pathway && edition.data) return <Steps key={pathway.slug} pathway={pathway} edition={edition.data} />;
  if (pathways.data && several && !pathway) return <PathwayChoice pathways={pathways.data} />;
  return (
    <Screen title={t("Choose your way")} hideTitle={!problem}>
      {problem ? <Trouble problem={problem} retry={pathways.problem ? pathways.retry : edition.retry} /> : <TrailSkeleton marks={4} />}
      {pathways.data?.length === 0 && <Notice tone="plain">{t("There is no pathway here yet. Whoever runs this Waymark can add one.")}</Notice>}
    </Screen>
  );
}

function PathwayChoice({ pathways }: { pathways: readonly Pathway[] }) {
  const { route } = useLocation();
  const [slug, setSlug] = useState("");
  return (
    <Screen key="pathway" title={t("What do you want to become?")} lead={t("Each is a way of its own, with tracks and roles to choose from next.")}>
      <form class="stack wide" onSubmit={(event) => { event.preventDefault(); if (slug) route(`/start?pathway=${encodeURIComponent(slug)}`); }}>
        <Choices legend={t("Pathway")} name="pathway" value={slug} onChange={setSlug}
          options={pathways.map((one) => ({ key: one.slug, title: one.title, body: <><span class="soft">{one.summary}</span><span class="who soft">{plural(one.milestone_count, "{n} milestone, about {hours} h in all", "{n} milestones, about {hours} h in all", { hours: one.effort_hours })}</span></> }))} />
        <div class="start-end"><Button tone="blaze" type="submit" disabled={!slug}>{t("Go on")}</Button></div>
      </form>
    </Screen>
  );
}

function Steps({ pathway, edition }: { pathway: Pathway; edition: Edition }) {
  const { query, route } = useLocation();
  const me = useMe().data;
  const step = Math.min(2, Math.max(0, Number(query["step"] ?? 1) - 1));
  const go = (to: number) => route(`/start?pathway=${encodeURIComponent(pathway.slug)}&step=${to + 1}`);
  const form = useForm({
    initial: { name: me?.name ?? "", track: "", role: "", weekly_minutes: 360, target_date: "" },
    explain: asProblem,
    async send({ name, ...values }) {
      const zone = me?.time_zone === "UTC" ? { time_zone: browserReader().timeZone } : {};
      const profile = { ...zone, ...(name.trim() && name.trim() !== me?.name ? { name: name.trim() } : {}) };
      if (Object.keys(profile).length > 0) cache.set("/me", await changeMe(profile));
      await enroll({ ...values, pathway: pathway.slug, target_date: values.target_date || null });
      await cache.invalidate("/enrollments");
      toast(t("You are on your way."), "next");
      route("/", true);
    },
  });
  const { values } = form;
  // A reload in the middle begins again: what was chosen is not kept.
  useEffect(() => {
    if ((step > 0 && !values.track) || (step > 1 && !values.role)) go(0);
  }, [step]);

  const ready = step === 0 ? values.track !== "" : step === 1 ? values.role !== "" : true;
  return (
    <Screen key={step} title={[t("Which way do you head?"), t("What do you want to do there?"), t("How much time do you have?")][step] ?? ""}
      over={<StepMarks step={step} />}
      lead={step === 0 ? <TrackLead edition={edition} /> : step === 1 ? t("Your readiness is measured against this role. You can change it on the way.") : t("A week that fits your life beats a heroic one. You can change both at any time.")}>
      <form class="stack wide" {...form.form} onSubmit={(event) => { event.preventDefault(); if (step < 2) { if (ready) go(step + 1); } else void form.submit(); }}>
        {form.general && <Notice alert>{form.general}</Notice>}
        {step === 0 && <TrackChoice edition={edition} value={values.track} onChange={(track) => form.set("track", track)} />}
        {step === 1 && <Choices legend={t("Role")} name="role" value={values.role} onChange={(role) => form.set("role", role)}
          options={edition.roles.map(({ key, title, summary }) => ({ key, title, body: <span class="soft">{summary}</span> }))} />}
        {step === 2 && <Pace {...outline(edition, values.track)} weekly={values.weekly_minutes} target={values.target_date}
          onWeekly={(minutes) => form.set("weekly_minutes", minutes)} onTarget={(day) => form.set("target_date", day)} error={form.error} />}
        {step === 2 && !me?.name && <TextField label={t("Your name")} autoComplete="name" hint={t("How your mentor sees you.")} {...form.text("name")} />}
        <div class="start-end">
          {step > 0 && <Button onClick={() => go(step - 1)}>{t("Back")}</Button>}
          <Button tone="blaze" type="submit" busy={form.busy} disabled={!ready}>{step < 2 ? t("Go on") : t("Set out")}</Button>
        </div>
      </form>
    </Screen>
  );
}

function StepMarks({ step }: { step: number }) {
  return (
    <ol class="start-steps" aria-label={t("Steps")}>
      {STEPS().map((name, index) => (
        <li key={name} aria-current={index === step ? "step" : undefined}>
          <Blaze state={index < step ? "complete" : index === step ? "next" : "available"} />{name}
        </li>
      ))}
    </ol>
  );
}

function TrackLead({ edition }: { edition: Edition }) {
  const { count, hours, degreeHours } = outline(edition, edition.tracks[0]?.key ?? "");
  return (
    <div class="stack">
      <p>
        <b class="strong">{edition.title}:</b>{" "}
        {degreeHours > 0
          ? plural(count, "{n} milestone, about {hours} h of skills and projects, and {degree} h of a degree.", "{n} milestones, about {hours} h of skills and projects, and {degree} h of a degree.", { hours, degree: degreeHours })
          : plural(count, "{n} milestone, about {hours} h of skills and projects.", "{n} milestones, about {hours} h of skills and projects.", { hours })}{" "}
        {t("Your track decides what you build on the way.")}
      </p>
      <details class="fold">
        <summary>{t("Who it is for, and how to choose")}</summary>
        <div class="stack"><p>{edition.audience}</p><p>{edition.duration}</p><p>{edition.track_guidance}</p></div>
      </details>
    </div>
  );
}

function TrackChoice({ edition, value, onChange }: { edition: Edition; value: string; onChange: (key: string) => void }) {
  return (
    <Choices legend={t("Track")} name="track" value={value} onChange={onChange}
      options={edition.tracks.map((track) => {
        const { builds } = outline(edition, track.key);
        return {
          key: track.key,
          title: track.title,
          body: (
            <>
              <span class="soft">{track.summary}</span>
              <span class="who"><b class="strong">{t("Who heads there.")}</b> <span class="soft">{track.suits}</span></span>
              {builds[0] && <span class="who"><b class="strong">{t("What you build, for one.")}</b> <span class="soft">{builds[0]}</span></span>}
            </>
          ),
        };
      })} />
  );
}
