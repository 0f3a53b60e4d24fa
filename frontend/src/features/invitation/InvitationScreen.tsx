import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { signOut } from "../../api/auth";
import { acceptInvitation, invitationByToken } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { useMe } from "../../api/queries";
import { cache, useQuery } from "../../api/query";
import type { Accepted, Me, ReceivedInvitation } from "../../api/types";
import { useReadHere } from "../../api/useReadHere";
import { list, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Card } from "../../ui/card/Card";
import { Door } from "../../ui/door/Door";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Prose } from "../../ui/prose/Prose";
import { Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import "./invitation.css";

type Part = ReceivedInvitation["part"];

export function InvitationScreen({ token }: { token: string }) {
  const { data, problem, retry } = useQuery(`/invitations/by-token/${token}`, () => invitationByToken(token));
  const { data: me } = useMe();
  useReadHere(me ? `/invitations/${token}` : null);
  const format = useFormat();
  if (!data) return <Door title={t("An invitation")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={2} />}</Door>;
  const inviter = data.inviter.name || t("Somebody");
  if (data.state !== "open") return <Door title={t("This invitation is closed")} lead={closed(data, inviter)}><div><ButtonLink href="/">{t("To Waymark")}</ButtonLink></div></Door>;
  const { cohort } = data;
  return (
    <Door title={titleOf(data, inviter)} lead={cohort ? IN_A_COHORT()[data.part] : TO_A_MENTORSHIP()[data.part]}>
      {cohort && (
        <dl class="invited-to">
          <div><dt>{t("Pathway")}</dt><dd>{cohort.pathway.title}</dd></div>
          <div><dt>{t("Dates")}</dt><dd>{t("{from} to {to}", { from: format.date(cohort.starts_on), to: format.date(cohort.ends_on) })}</dd></div>
          <div><dt>{t("From")}</dt><dd>{inviter}</dd></div>
        </dl>
      )}
      {data.message && <Card tone="lake"><div class="row top"><Avatar name={inviter} /><Prose text={data.message} /></div></Card>}
      <Answer token={token} invitation={data} />
    </Door>
  );
}

const TO_A_MENTORSHIP = (): Record<Part, string> => ({
  mentor: t("You see their way and what they hand in, and say what is good and what to change. It takes perhaps half an hour a round."),
  learner: t("They see your way and what you hand in, and say what is good and what to change."),
  coordinator: "",
});

const IN_A_COHORT = (): Record<Part, string> => ({
  mentor: t("You see the way of its learners and what they hand in, and share the reviews with its other mentors. It takes perhaps half an hour a round."),
  learner: t("Its mentors see your way and your log on this pathway and review what you hand in; its coordinators see how you get on. Other learners do not."),
  coordinator: t("You invite people, keep its dates, and see how everybody in it gets on. Reviews are the mentors’."),
});

function titleOf({ part, cohort }: ReceivedInvitation, inviter: string): string {
  if (!cohort) return part === "mentor" ? t("{inviter} would like you as a mentor", { inviter }) : t("{inviter} would like to mentor you", { inviter });
  if (part === "learner") return t("Join {name}", { name: cohort.name });
  return part === "mentor" ? t("Mentor in {name}", { name: cohort.name }) : t("Coordinate {name}", { name: cohort.name });
}

function closed({ state }: ReceivedInvitation, inviter: string): string {
  if (state === "accepted") return t("It was accepted already. If that was you, all is well.");
  if (state === "used_up") return t("As many people as it was made for have used it. Ask {inviter} for a new one.", { inviter });
  if (state === "revoked") return t("It was taken back.");
  return t("It has expired. Ask {inviter} for a new one.", { inviter });
}

/** Where accepting leads, and what is said there. */
function after({ part, cohort, enroll }: Accepted): { to: string; said: string } {
  const where = cohort ? `${cohort.name}` : "";
  if (part === "mentor") return { to: "/queue", said: cohort ? t("You mentor in {where} now. Thank you.", { where }) : t("You are a mentor now. Thank you.") };
  if (part === "coordinator" && cohort) return { to: `/cohorts/${cohort.id}`, said: t("You coordinate {where} now.", { where }) };
  if (enroll) return { to: `/start?pathway=${encodeURIComponent(enroll)}`, said: t("You are in {where}. Choose your track and pace.", { where }) };
  return { to: "/", said: cohort ? t("You are in {where} now.", { where }) : t("You have a mentor now.") };
}

function Answer({ token, invitation }: { token: string; invitation: ReceivedInvitation }) {
  const { route } = useLocation();
  const format = useFormat();
  const me = useMe().data;
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const here = encodeURIComponent(`/invitations/${token}`);
  if (!me) {
    const email = encodeURIComponent(invitation.email);
    return (
      <div class="stack">
        <ButtonLink tone="blaze" wide href={`/sign-up?next=${here}&email=${email}`}>{t("Make an account to accept")}</ButtonLink>
        <ButtonLink wide href={`/sign-in?next=${here}&email=${email}`}>{t("I have one: sign in")}</ButtonLink>
        <p class="small soft">{t("Open until {when}.", { when: format.instant(invitation.expires_at) })}</p>
      </div>
    );
  }
  if (invitation.is_for_me === false) return <ForAnother invitation={invitation} me={me} here={here} />;
  async function accept() {
    setBusy(true);
    try {
      const { to, said } = after(await acceptInvitation(token));
      await cache.invalidate("/mentorships", "/invitations", "/review-queue", "/cohorts", "/pathways");
      toast(said, "complete");
      route(to, true);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }
  return (
    <div class="stack">
      {problem && <Notice alert>{problem.message}</Notice>}
      <Button tone="blaze" wide busy={busy} onClick={accept}>{t("Accept")}</Button>
      <p class="small soft">{t("You accept as {name}.", { name: list([me.name, me.email].filter(Boolean), "unit") })} {invitation.cohort ? t("You can leave at any time.") : t("Either of you can end it at any time.")}</p>
    </div>
  );
}

/** Somebody is signed in, and it is not who is invited: say who, and lead to the right account. */
function ForAnother({ invitation, me, here }: { invitation: ReceivedInvitation; me: Me; here: string }) {
  const { route } = useLocation();
  if (!invitation.email) return <Notice tone="plain">{t("This is your own link. Pass it on to the person you invited.")}</Notice>;
  async function change() {
    await signOut().catch((thrown: unknown) => toast(asProblem(thrown).message));
    cache.clear();
    void cache.refresh("/me");
    route(`/sign-in?next=${here}&email=${encodeURIComponent(invitation.email)}`, true);
  }
  return (
    <div class="stack">
      <Notice>{t("You are signed in as {email}. This invitation is for {other}.", { email: me.email, other: invitation.email })}</Notice>
      <Button tone="blaze" wide onClick={change}>{t("Sign in as {email}", { email: invitation.email })}</Button>
      <ButtonLink wide href="/">{t("Stay, and go to Waymark")}</ButtonLink>
    </div>
  );
}
