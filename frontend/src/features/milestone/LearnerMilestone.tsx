import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { revoke, waive } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { milestoneChanged, useEnrollmentOf, useMilestone, wayChanged } from "../../api/queries";
import { cache } from "../../api/query";
import type { MilestonePage, Submission } from "../../api/types";
import { FILES } from "../../api/upload";
import { t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { EvidenceItems } from "../../ui/evidence/EvidenceItems";
import { TextArea } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { duration } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Sheet } from "../../ui/sheet/Sheet";
import { Empty, Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Rulings } from "../../ui/ruling/Rulings";
import { Facts, Task } from "./MilestoneScreen";
import { Rounds } from "./Rounds";
import "./milestone.css";

interface Props {
  learner: string;
  milestoneKey: string;
  conversation: (enrollment: string) => ComponentChildren;
  opinion: (round: Submission, canAsk: boolean) => ComponentChildren;
}

/** A milestone of a learner, as their mentors see it. */
export function LearnerMilestone({ learner, milestoneKey, conversation, opinion }: Props) {
  const way = useEnrollmentOf(learner);
  const { data: page, problem, retry } = useMilestone(way.data?.id, milestoneKey);
  const back = { href: `/learners/${learner}`, label: page?.learner.name ?? t("Learner") };
  if (way.none) return <Screen title={t("Milestone")} back={back}><Empty title={t("No way chosen yet")} mark="locked">{t("When they have, their map is here.")}</Empty></Screen>;
  const trouble = way.problem ?? problem;
  if (!page) return <Screen title={t("Milestone")} hideTitle={!trouble} back={back}>{trouble ? <Trouble problem={trouble} retry={problem ? retry : way.retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  const { milestone, evidence } = page;
  const note = milestone.track_notes.find((one) => one["track"] === way.data?.track.key)?.["note"];
  return (
    <Screen key={milestone.key} title={milestone.title} back={back} over={<Facts page={page} mine={false} />} lead={milestone.summary} acts={<MentorActs page={page} />}
      aside={(
        <>
          <Section title={t("Evidence")}>{evidence.length > 0 ? <EvidenceItems evidence={evidence} files={FILES} /> : <p class="soft">{t("There is none yet.")}</p>}</Section>
          <Section title={t("Their time")}><p class="soft">{page.minutes_logged > 0 ? t("{duration} logged on it.", { duration: duration(page.minutes_logged) }) : t("Nothing logged on it yet.")}</p></Section>
        </>
      )}>
      <OldData problem={problem} />
      <Rulings rulings={page.rulings} />
      <Rounds page={page} mine={false} opinion={opinion} />
      {conversation(page.enrollment_id)}
      <details class="fold" open={page.submissions.length === 0}>
        <summary>{t("The task, and what a mentor looks for")}</summary>
        <div class="stack wide"><Task milestone={milestone} note={note} /></div>
      </details>
    </Screen>
  );
}

/** What a mentor can do with it outside of a review. */
function MentorActs({ page }: { page: MilestonePage }) {
  const [ruling, setRuling] = useState<"waived" | "revoked">();
  const waiting = page.submissions.find((one) => one.state === "waiting");
  return (
    <div class="stack">
      {waiting && <ButtonLink tone="blaze" wide icon="queue" href={`/reviews/${waiting.id}`}>{waiting.second_opinion ? t("Open the second opinion") : t("Open the review")}</ButtonLink>}
      {page.can_waive && <Button wide onClick={() => setRuling("waived")}>{t("Waive it for prior learning")}</Button>}
      {page.can_revoke && <Button wide onClick={() => setRuling("revoked")}>{t("Take the approval back")}</Button>}
      {ruling && <Reasoned page={page} kind={ruling} onClose={() => setRuling(undefined)} />}
    </div>
  );
}

/** What it does first, then the reason, then the deed. */
function Reasoned({ page, kind, onClose }: { page: MilestonePage; kind: "waived" | "revoked"; onClose: () => void }) {
  const { learner: { name }, milestone, enrollment_id } = page;
  const waiving = kind === "waived";
  const form = useForm({
    initial: { reason: "" },
    explain: asProblem,
    async send({ reason }) {
      try {
        await milestoneChanged(await (waiving ? waive : revoke)(enrollment_id, milestone.key, { reason: reason.trim() }));
      } catch (thrown) {
        // Somebody was there first: show how it stands now.
        if (asProblem(thrown).status === 409) void wayChanged(enrollment_id);
        throw thrown;
      }
      await cache.invalidate("/review-queue");
      toast(waiving ? t("Waived. {name} hears of it.", { name }) : t("Taken back. {name} hears of it.", { name }), waiving ? "complete" : "changes_requested");
      onClose();
    },
  });
  const title = waiving ? t("Waive it for prior learning") : t("Take the approval back");
  return (
    <Sheet label={title} onClose={onClose}>
      <form class="stack roomy" {...form.form} aria-label={title}>
        <h2>{title}</h2>
        <p class="soft">
          {waiving ? t("“{title}” counts as complete for {name}, without a review. That can’t be taken back.", { title: milestone.title, name })
            : t("“{title}” no longer counts as complete for {name}, and what it opened may lock again. The rounds stay as they are; {name} can hand it in again.", { title: milestone.title, name })}
        </p>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextArea label={t("Why?")} rows={3} maxLength={2000} {...form.text("reason")}
          hint={waiving ? t("What shows that they knew it before. {name} reads this.", { name }) : t("What came to light. {name} reads this.", { name })} />
        <div class="row wrap">
          <Button tone={waiving ? "pine" : "quiet"} type="submit" busy={form.busy} disabled={form.values.reason.trim() === ""}>{waiving ? t("Waive it") : t("Take it back")}</Button>
          <Button onClick={onClose}>{t("Cancel")}</Button>
        </div>
      </form>
    </Sheet>
  );
}
