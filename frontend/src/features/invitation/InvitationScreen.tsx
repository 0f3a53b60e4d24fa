import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { acceptInvitation, invitationByToken } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { useMe } from "../../api/queries";
import { cache, useQuery } from "../../api/query";
import type { ReceivedInvitation } from "../../api/types";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Card } from "../../ui/card/Card";
import { Door } from "../../ui/door/Door";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Prose } from "../../ui/prose/Prose";
import { Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";

export function InvitationScreen({ token }: { token: string }) {
  const { data, problem, retry } = useQuery(`/invitations/by-token/${token}`, () => invitationByToken(token));
  if (!data) return <Door title="An invitation">{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={2} />}</Door>;
  const inviter = data.inviter.name || "Somebody";
  if (data.state !== "open") return <Door title="This invitation is closed" lead={closed(data, inviter)}><div><ButtonLink href="/">To Waymark</ButtonLink></div></Door>;
  return (
    <Door title={data.part === "mentor" ? `${inviter} would like you as a mentor` : `${inviter} would like to mentor you`} lead={WHAT[data.part]}>
      {data.message && <Card tone="lake"><div class="row top"><Avatar name={inviter} /><Prose text={data.message} /></div></Card>}
      <Answer token={token} invitation={data} />
    </Door>
  );
}

const WHAT = {
  mentor: "You see their way and what they hand in, and say what is good and what to change. It takes perhaps half an hour a round.",
  learner: "They see your way and what you hand in, and say what is good and what to change.",
};

function closed({ state }: ReceivedInvitation, inviter: string): string {
  if (state === "accepted") return "It was accepted already. If that was you, all is well.";
  if (state === "revoked") return `${inviter} took it back.`;
  return `It has expired. Ask ${inviter} for a new one.`;
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
        <ButtonLink tone="blaze" wide href={`/sign-up?next=${here}&email=${email}`}>Make an account to accept</ButtonLink>
        <ButtonLink wide href={`/sign-in?next=${here}&email=${email}`}>I have one: sign in</ButtonLink>
        <p class="small soft">Open until {format.instant(invitation.expires_at)}.</p>
      </div>
    );
  }
  async function accept() {
    setBusy(true);
    try {
      await acceptInvitation(token);
      await cache.invalidate("/mentorships", "/invitations", "/review-queue");
      toast(invitation.part === "mentor" ? "You are a mentor now. Thank you." : "You have a mentor now.", "complete");
      route(invitation.part === "mentor" ? "/queue" : "/", true);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }
  return (
    <div class="stack">
      {problem && <Notice alert>{problem.message}</Notice>}
      <Button tone="blaze" wide busy={busy} onClick={accept}>Accept</Button>
      <p class="small soft">You accept as {me.name ? `${me.name}, ` : ""}{me.email}. Either of you can end it at any time.</p>
    </div>
  );
}
