import { useState } from "preact/hooks";
import { endMentorship, invitations, invite, revokeInvitation } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useMentorships } from "../../api/queries";
import { cache, useQuery } from "../../api/query";
import type { Invitation, Mentorship } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { TextArea, TextField } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Avatar } from "../../ui/person/Avatar";
import { Row, Rows, Sure } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

/** Mentors, learners, and invitations that are still open. */
export function People() {
  const { data: mentorships = [] } = useMentorships();
  const open = useQuery("/invitations", invitations).data?.filter((one) => one.state === "open" && one.cohort === null) ?? [];
  const [inviting, setInviting] = useState<"mentor" | "learner">();
  const active = mentorships.filter((one) => one.state === "active");
  const hasMentor = active.some((one) => one.my_part === "learner");
  return (
    <Section title={t("People")}>
      {active.length === 0 && open.length === 0 && <p class="soft">{t("Some milestones are verified by a mentor: somebody who does the work already and looks at yours. Invite one you know.")}</p>}
      <Rows>
        {active.map((one) => <MentorshipLine key={one.id} one={one} />)}
        {open.map((one) => <InvitationLine key={one.id} one={one} />)}
      </Rows>
      {inviting ? (
        <InviteForm part={inviting} onDone={() => setInviting(undefined)} />
      ) : (
        <div class="row wrap">
          <Button icon="mail" onClick={() => setInviting("mentor")}>{hasMentor ? t("Invite another mentor") : t("Invite a mentor")}</Button>
          <Button onClick={() => setInviting("learner")}>{t("Invite a learner")}</Button>
        </div>
      )}
    </Section>
  );
}

function MentorshipLine({ one }: { one: Mentorship }) {
  const format = useFormat();
  const other = one.my_part === "learner" ? one.mentor : one.learner;
  async function end() {
    await endMentorship(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/mentorships", "/review-queue");
  }
  return (
    <Row before={<Avatar name={other.name} />} title={other.name}
      detail={one.my_part === "learner" ? t("Your mentor, since {when}", { when: format.instant(one.started_at) }) : t("You mentor them, since {when}", { when: format.instant(one.started_at) })}>
      <Sure ask={t("End")} label={t("End the mentorship with {name}", { name: other.name })} yes={t("End it")} no={t("Keep it")} onYes={end} />
    </Row>
  );
}

function InvitationLine({ one }: { one: Invitation }) {
  const format = useFormat();
  async function revoke() {
    await revokeInvitation(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/invitations");
  }
  return (
    <Row before={<Avatar name={one.email || t("Link")} />} title={one.email || t("A link")}
      detail={one.part === "mentor" ? t("Invited as mentor, open until {when}", { when: format.instant(one.expires_at) }) : t("Invited as learner, open until {when}", { when: format.instant(one.expires_at) })}>
      <button class="link small" onClick={revoke} aria-label={one.email ? t("Revoke the invitation to {email}", { email: one.email }) : t("Revoke the invitation to whoever has the link")}>{t("Revoke")}</button>
    </Row>
  );
}

function InviteForm({ part, onDone }: { part: "mentor" | "learner"; onDone: () => void }) {
  const form = useForm({
    initial: { email: "", message: "" },
    explain: asProblem,
    async send({ email, message }) {
      await invite({ email: email.trim(), message: message.trim(), part });
      await cache.invalidate("/invitations");
      toast(t("The invitation is on its way."));
      onDone();
    },
  });
  return (
    <form class="stack roomy" {...form.form} aria-label={part === "mentor" ? t("Invite a mentor") : t("Invite a learner")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextField label={part === "mentor" ? t("The mentor’s email") : t("The learner’s email")} type="email" autoFocus autoComplete="off" {...form.text("email")} />
      <TextArea label={t("A word with it")} hint={part === "mentor" ? t("Why them, and what you are after.") : t("What you can offer.")} rows={3} {...form.text("message")} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{t("Send the invitation")}</Button>
        <Button onClick={onDone}>{t("Cancel")}</Button>
      </div>
    </form>
  );
}
