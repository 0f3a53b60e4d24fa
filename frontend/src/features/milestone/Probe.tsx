import { useState } from "preact/hooks";
import { dropProbe, setProbe } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { MilestonePage } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { LiveDays } from "../../ui/live/LiveDays";
import { OutLink } from "../../ui/prose/OutLink";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";

/** A deployment's health URL and how long it has been live; only deployments have one. */
export function Probe({ page }: { page: MilestonePage }) {
  const [editing, setEditing] = useState(false);
  if (page.milestone.kind !== "deployment") return null;
  const { probe } = page;
  return (
    <Section title={t("Is it live?")}>
      {probe && <LiveDays probe={probe} />}
      {!probe && !editing && <p class="small soft">{t("Give an address that answers while your deployment works. We ask it every hour and count the days on which it was live; your mentor sees the count.")}</p>}
      {editing ? <Ask page={page} onDone={() => setEditing(false)} /> : (
        <div class="stack tight">
          {probe && <OutLink tall href={probe.url}><span class="small host">{probe.url}</span></OutLink>}
          <div><Button onClick={() => setEditing(true)}>{probe ? t("Change the address") : t("Watch a deployment")}</Button></div>
        </div>
      )}
    </Section>
  );
}

function Ask({ page, onDone }: { page: MilestonePage; onDone: () => void }) {
  const { enrollment_id: enrollment, milestone, probe } = page;
  const [problem, setProblem] = useState<Problem>();
  const form = useForm({
    initial: { url: probe?.url ?? "" },
    explain: asProblem,
    async send({ url }) {
      await setProbe(enrollment, milestone.key, { url: url.trim() });
      await wayChanged(enrollment);
      onDone();
    },
  });
  async function stop() {
    setProblem(undefined);
    await dropProbe(enrollment, milestone.key).then(() => wayChanged(enrollment).then(onDone), (thrown: unknown) => setProblem(asProblem(thrown)));
  }
  return (
    <form class="stack roomy" {...form.form} aria-label={t("Watch a deployment")}>
      {(problem || form.general) && <Notice alert>{problem?.message ?? form.general}</Notice>}
      <TextField label={t("Health address")} type="url" inputMode="url" autoFocus placeholder="https://" hint={probe ? t("Another address begins a new count.") : t("Up means that it answers with a status of 200 to 299.")} {...form.text("url")} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{probe ? t("Save it") : t("Watch it")}</Button>
        <Button onClick={onDone}>{t("Cancel")}</Button>
        {probe && <Button onClick={stop}>{t("Stop watching")}</Button>}
      </div>
    </form>
  );
}
