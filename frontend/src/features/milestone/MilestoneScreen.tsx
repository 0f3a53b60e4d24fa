import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useMilestone } from "../../api/queries";
import type { Enrollment, MilestonePage, Submission } from "../../api/types";
import { t } from "../../i18n/t";
import { takeBack } from "../../offline/takeBack";
import { Blaze, StatusWord } from "../../ui/blaze/Blaze";
import { Entries } from "../../ui/entries/Entries";
import { duration } from "../../ui/format/format";
import { kindWord } from "../../ui/kind/words";
import { Rulings } from "../../ui/ruling/Rulings";
import { Screen, Section } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Acts } from "./Acts";
import type { Way } from "./AddEvidence";
import { EvidenceList } from "./EvidenceList";
import { Probe } from "./Probe";
import { Rounds } from "./Rounds";
import "./milestone.css";

interface Props { enrollment: Enrollment; milestoneKey: string; conversation?: ComponentChildren; opinion?: (round: Submission, canAsk: boolean) => ComponentChildren }

export function MilestoneScreen({ enrollment, milestoneKey, conversation, opinion }: Props) {
  const { data: page, problem, retry } = useMilestone(enrollment.id, milestoneKey);
  const [adding, setAdding] = useState<Way>();
  const back = { href: "/map", label: t("The way") };
  if (!page) {
    return <Screen title={t("Milestone")} hideTitle={!problem} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  }
  const { milestone } = page;
  const note = milestone.track_notes.find((one) => one["track"] === enrollment.track.key)?.["note"];
  return (
    <Screen key={milestone.key} title={milestone.title} back={back} over={<Facts page={page} />} lead={milestone.summary}
      acts={<Acts page={page} onAddEvidence={() => setAdding("link")} />} aside={<><EvidenceList page={page} adding={adding} setAdding={setAdding} /><Probe page={page} /><Time page={page} /></>}>
      <OldData problem={problem} />
      <Blocked page={page} />
      {standing(page) && <Rulings rulings={page.rulings.slice(0, 1)} />}
      <Rounds page={page} opinion={opinion} />
      {page.submissions.length > 0 && conversation}
      {page.submissions.length > 0 ? (
        <details class="fold">
          <summary>{t("The task, and what a mentor looks for")}</summary>
          <div class="stack wide"><Task milestone={milestone} note={note} /></div>
        </details>
      ) : <Task milestone={milestone} note={note} />}
      {page.submissions.length === 0 && conversation}
    </Screen>
  );
}

/** Whether the last ruling is what the milestone goes by: it was not handed in again since. */
const standing = ({ verification, rulings }: MilestonePage) => rulings[0]?.kind === verification;

/** What is to be done, and by what it is judged. */
export function Task({ milestone, note }: { milestone: MilestonePage["milestone"]; note: string | undefined }) {
  return (
    <>
      <Section title={t("What to do")}>
        <ol class="todo">{milestone.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        {note && <p class="track-note"><b class="strong">{t("On your track:")}</b> {note}</p>}
      </Section>
      <Section title={t("Done when")}>
        <ul class="ticks">{milestone.done_when.map((line) => <li key={line}>{line}</li>)}</ul>
      </Section>
      {milestone.rubric.length > 0 && (
        <Section title={t("What a mentor looks for")}>
          <dl class="rubric">
            {milestone.rubric.map(({ key, title, looks_for }) => <div key={key}><dt>{title}</dt><dd>{looks_for}</dd></div>)}
          </dl>
        </Section>
      )}
      {milestone.topics.length > 0 && (
        <Section title={t("What it touches")}><ul class="topics">{milestone.topics.map((topic) => <li key={topic}>{topic}</li>)}</ul></Section>
      )}
    </>
  );
}

export function Facts({ page, mine = true }: { page: MilestonePage; mine?: boolean }) {
  const { milestone, status } = page;
  const by = milestone.verified_by === "mentor" ? t("a mentor looks at it") : mine ? t("you say when it is done") : t("the learner says when it is done");
  return (
    <div class="facts">
      <Blaze state={status} size="l" fresh={status === "complete" && justNow(page.completed_at)} />
      <span class="stack tight">
        <StatusWord state={status}>{page.verification === "revoked" ? t("Approval revoked") : page.verification === "waived" ? t("Waived, complete") : undefined}</StatusWord>
        <span>{t("{kind}, about {hours} h, {by}", { kind: kindWord(milestone.kind), hours: milestone.effort_hours, by })}</span>
      </span>
    </div>
  );
}

/** Completed within the last moments: its mark is painted, briefly. */
function justNow(instant: string | null): boolean {
  return instant !== null && Date.now() - Date.parse(instant) < 10_000;
}

function Blocked({ page }: { page: MilestonePage }) {
  if (page.blocked_by.length === 0) return null;
  return (
    <Section title={page.status === "locked" ? t("Opens after") : t("To finish first")}>
      <ul class="stack tight">
        {page.blocked_by.map((one) => (
          <li key={one.key}><a class="link" href={`/milestones/${one.key}`}>{one.title}</a></li>
        ))}
      </ul>
      <p class="small soft">{t("You can work ahead and log it here. To hand this one in, have these done or handed in; you need not wait for an answer.")}</p>
    </Section>
  );
}

function Time({ page }: { page: MilestonePage }) {
  const { log_entries: entries, minutes_logged: logged } = page;
  return (
    <Section title={t("Your time")} beside={logged > 0 && <span class="num"><b class="strong">{duration(logged)}</b></span>}>
      {entries.length === 0 ? (
        <p class="soft">{t("Nothing logged yet. A line on what you did helps you later, and your mentor now.")}</p>
      ) : (
        <Entries entries={entries} onVoid={(entry) => void takeBack(page.learner.id, { ...entry, enrollment_id: page.enrollment_id }).then((said) => toast(said))} />
      )}
    </Section>
  );
}
