import { useState } from "preact/hooks";
import { enrollments, timeline, type TimelineAsked } from "../../api/calls";
import { usePages } from "../../api/pages";
import { useMap } from "../../api/queries";
import { useQuery } from "../../api/query";
import type { Enrollment, TimelineEvent } from "../../api/types";
import { list, t } from "../../i18n/t";
import { Chips } from "../../ui/chips/Chips";
import { SelectField } from "../../ui/field/Field";
import { More } from "../../ui/more/More";
import { Screen } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Days } from "./Days";
import "./timeline.css";

const GROUPS = () => [["", t("All")], ["log", t("Time")], ["milestones", t("Milestones")], ["evidence", t("Evidence")], ["reviews", t("Reviews")], ["enrollment", t("The way")]] as const;

/** Everything that happened on one's own way. */
export function TimelineScreen({ enrollment }: { enrollment: Enrollment }) {
  return <Timeline enrollment={enrollment} own back={{ href: "/progress", label: t("Progress") }} />;
}

/** The same of a learner one mentors. */
export function LearnerTimeline({ learner }: { learner: string }) {
  const { data, problem, retry } = useQuery(`/enrollments?learner=${learner}`, () => enrollments(learner));
  const enrollment = data?.find((one) => one.state === "active") ?? data?.[0];
  const back = { href: `/learners/${learner}`, label: enrollment?.learner.name ?? t("Learner") };
  if (enrollment) return <Timeline enrollment={enrollment} back={back} />;
  return (
    <Screen title={t("Timeline")} back={back}>
      {problem ? <Trouble problem={problem} retry={retry} /> : data ? <Empty title={t("No way chosen yet")} mark="locked">{t("When they have, what happens is told here.")}</Empty> : <TrailSkeleton marks={4} />}
    </Screen>
  );
}

function Timeline({ enrollment, own = false, back }: { enrollment: Enrollment; own?: boolean; back: { href: string; label: string } }) {
  const [asked, setAsked] = useState<TimelineAsked>({});
  const milestones = useMap(enrollment.id).data?.stages.flatMap((stage) => stage.milestones) ?? [];
  const narrowed = Boolean(asked.group ?? asked.milestone);
  return (
    <Screen title={t("Timeline")} back={back} over={own ? enrollment.pathway.title : list([enrollment.learner.name, enrollment.pathway.title], "unit")}>
      <div class="stack roomy">
        <Chips label={t("What to show")}>
          {GROUPS().map(([group, name]) => (
            <button key={group} type="button" aria-pressed={(asked.group ?? "") === group}
              onClick={() => setAsked(({ milestone }) => ({ ...(milestone ? { milestone } : {}), ...(group ? { group } : {}) }))}>{name}</button>
          ))}
        </Chips>
        <SelectField label={t("Milestone")} value={asked.milestone ?? ""}
          onChange={({ currentTarget: { value } }) => setAsked(({ group }) => ({ ...(group ? { group } : {}), ...(value ? { milestone: value } : {}) }))}>
          <option value="">{t("All milestones")}</option>
          {milestones.map((one) => <option key={one.key} value={one.key}>{one.title}</option>)}
        </SelectField>
      </div>
      <Told key={`${asked.group} ${asked.milestone}`} enrollment={enrollment} asked={asked} own={own} narrowed={narrowed} />
    </Screen>
  );
}

function Told({ enrollment, asked, own, narrowed }: { enrollment: Enrollment; asked: TimelineAsked; own: boolean; narrowed: boolean }) {
  const query = new URLSearchParams(Object.entries(asked)).toString();
  const pages = usePages<TimelineEvent>(`/enrollments/${enrollment.id}/timeline?${query}`, (next) => timeline(enrollment.id, asked, next));
  const { rows: events, problem } = pages;
  if (!events) return problem ? <Trouble problem={problem} retry={pages.retry} /> : <TrailSkeleton marks={5} />;
  if (events.length === 0) {
    return narrowed
      ? <Empty title={t("Nothing of this kind")} mark="locked">{t("What you chose to see has not happened yet. Choose another kind, or all milestones.")}</Empty>
      : <Empty title={t("Nothing yet")}>{t("What happens on this way is told here, the latest first.")}</Empty>;
  }
  return (
    <>
      <OldData problem={problem} />
      <Days events={events} linked={own} learner={enrollment.learner.id} />
      <More pages={pages} label={t("Show earlier")} />
      {!pages.more && !narrowed && <p class="small soft timeline-end">{t("This is how it began.")}</p>}
    </>
  );
}
