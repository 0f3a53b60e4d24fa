import { useState } from "preact/hooks";
import { cohortInvitations, invite, revokeInvitation } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Cohort, CohortPart, Invitation } from "../../api/types";
import { list, plural, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { SelectField, TextArea, TextField } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { partsOf, usesOf } from "./words";

/** Open ones on the page of the cohort; the rest stands on a page of its own. */
const SHOWN = 5;

type Way = "link" | "email";

/** How people come in: a link to pass on, or a mail to one address. `first`: it is what there is to do here. */
export function Invitations({ cohort, first = false }: { cohort: Cohort; first?: boolean }) {
  const { data = [], problem } = useQuery(`/invitations?cohort=${cohort.id}`, () => cohortInvitations(cohort.id));
  const open = data.filter((one) => one.state === "open");
  const [way, setWay] = useState<Way>();
  return (
    <Section title={t("Invite")}>
      {way ? (
        <InviteForm key={way} cohort={cohort} way={way} onDone={() => setWay(undefined)} />
      ) : (
        <div class="row wrap">
          <Button tone={first ? "blaze" : "quiet"} icon="link" onClick={() => setWay("link")}>{t("Make a link")}</Button>
          <Button icon="mail" onClick={() => setWay("email")}>{t("Send an email")}</Button>
          <ButtonLink icon="people" href={`/cohorts/${cohort.id}/invite-list`}>{t("Invite a list")}</ButtonLink>
        </div>
      )}
      {problem && <Notice tone="plain">{problem.message}</Notice>}
      {open.length > 0 && <Rows>{open.slice(0, SHOWN).map((one) => <Line key={one.id} one={one} cohort={cohort} />)}</Rows>}
      {data.length > 0 && <div><a class="link small" href={`/cohorts/${cohort.id}/invitations`}>{open.length > SHOWN ? plural(open.length, "All {n} open one, and what became of others", "All {n} open ones, and what became of others") : t("What became of invitations")}</a></div>}
    </Section>
  );
}

const A = (): Record<CohortPart, string> => ({ learner: t("A learner"), mentor: t("A mentor"), coordinator: t("A coordinator") });
const LINK_OF = (): Record<CohortPart, string> => ({ learner: t("Link for learners"), mentor: t("Link for mentors"), coordinator: t("Link for coordinators") });

function Line({ one, cohort }: { one: Invitation; cohort: Cohort }) {
  const format = useFormat();
  const name = one.email || LINK_OF()[one.part];
  async function revoke() {
    await revokeInvitation(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/invitations");
  }
  return (
    <Row title={name} detail={list([one.email ? t("As {part}", { part: partsOf([one.part]) }) : usesOf(one), t("until {when}", { when: format.instant(one.expires_at) })], "unit")}
      under={one.link && <input class="control link-text" readOnly value={one.link} aria-label={name} onFocus={(event) => event.currentTarget.select()} />}>
      {one.link && <Pass link={one.link} cohort={cohort} />}
      <button class="link small" onClick={revoke} aria-label={t("Revoke: {name}", { name })}>{t("Revoke")}</button>
    </Row>
  );
}

/** A phone shares; everything else copies. */
function Pass({ link, cohort }: { link: string; cohort: Cohort }) {
  const share = "share" in navigator && matchMedia("(pointer: coarse)").matches;
  async function pass() {
    try {
      if (share) return await navigator.share({ title: cohort.name, url: link });
      await navigator.clipboard.writeText(link);
      toast(t("The link is copied."));
    } catch (thrown) {
      // Somebody who closes the share sheet changed their mind; nothing failed.
      if (!(thrown instanceof DOMException && thrown.name === "AbortError")) toast(t("It can’t be copied from here. Select the link and copy it by hand."));
    }
  }
  return <button class="link small" onClick={pass}>{share ? t("Share") : t("Copy")}</button>;
}

function InviteForm({ cohort, way, onDone }: { cohort: Cohort; way: Way; onDone: () => void }) {
  const form = useForm({
    initial: { part: "learner" as CohortPart, email: "", message: "", max_uses: 30, days: 14 },
    explain: asProblem,
    async send({ part, email, message, max_uses, days }) {
      const to = way === "email" ? { email: email.trim() } : { max_uses };
      await invite({ part, message: message.trim(), days, cohort_id: cohort.id, ...to });
      await cache.invalidate("/invitations");
      toast(way === "email" ? t("The invitation is on its way.") : t("The link is there. Pass it on."));
      onDone();
    },
  });
  const { values } = form;
  const number = (name: "max_uses" | "days") => (event: { currentTarget: { value: string } }) => form.set(name, Number(event.currentTarget.value));
  return (
    <form class="stack roomy" {...form.form} aria-label={way === "email" ? t("Invite by email") : t("Make a link")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <SelectField label={t("Who comes in")} value={values.part} error={form.error("part")} onChange={(event) => form.set("part", event.currentTarget.value as CohortPart)}>
        {(["learner", "mentor", "coordinator"] as const).map((part) => <option key={part} value={part}>{A()[part]}</option>)}
      </SelectField>
      {way === "email" ? (
        <TextField label={t("Email")} type="email" autoFocus autoComplete="off" {...form.text("email")} />
      ) : (
        <TextField label={t("For how many people")} type="number" inputMode="numeric" min={1} max={1000} value={String(values.max_uses)} onInput={number("max_uses")} error={form.error("max_uses")}
          hint={t("Whoever has the link can use it. Revoke it once everybody is in.")} />
      )}
      <SelectField label={t("Open for")} value={String(values.days)} error={form.error("days")} onChange={number("days")}>
        {[1, 7, 14, 30, 90].map((days) => <option key={days} value={String(days)}>{plural(days, "{n} day", "{n} days")}</option>)}
      </SelectField>
      <TextArea label={t("A word with it")} rows={3} {...form.text("message")} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{way === "email" ? t("Send the invitation") : t("Make the link")}</Button>
        <Button onClick={onDone}>{t("Cancel")}</Button>
      </div>
    </form>
  );
}
