import type { ComponentChildren } from "preact";
import { useEnrollmentOf, useMap, useMentorships } from "../../api/queries";
import type { Enrollment, LearnerMap, Mentorship } from "../../api/types";
import { t } from "../../i18n/t";
import { Bar } from "../../ui/bar/Bar";
import { duration, useFormat, type Format } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Screen } from "../../ui/screen/Screen";
import { StageTrail } from "../../ui/stage/StageTrail";
import { ButtonLink } from "../../ui/button/Button";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import "./learners.css";

export function Learners() {
  const { data, problem, retry } = useMentorships();
  const mine = data?.filter((one) => one.my_part === "mentor" && one.state === "active");
  if (!mine) return <Screen title={t("Learners")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  return (
    <Screen title={t("Learners")}>
      <OldData problem={problem} />
      {mine.length === 0 ? (
        <Empty title={t("No learners yet")} mark="available" action={<ButtonLink href="/profile">{t("Invite a learner")}</ButtonLink>}>{t("You mentor nobody at the moment. Learners invite you by email, or you invite them.")}</Empty>
      ) : (
        <ul class="learners">{mine.map((one) => <Line key={one.id} one={one} />)}</ul>
      )}
    </Screen>
  );
}

/** "Paused until Thursday 3 December." */
function paused({ state, paused_until }: Enrollment, format: Format): string {
  if (state !== "paused") return "";
  return paused_until ? t("Paused until {day}.", { day: format.longDay(paused_until) }) : t("Paused for now.");
}

const sentences = (said: readonly string[]) => said.filter(Boolean).join(" ");

function Line({ one }: { one: Mentorship }) {
  const { data: enrollment, none } = useEnrollmentOf(one.learner.id);
  const map = useMap(enrollment?.id).data;
  const format = useFormat();
  const waiting = map?.stages.flatMap((stage) => stage.milestones).filter((milestone) => milestone.status === "waiting_for_review").length ?? 0;
  return (
    <li>
      <a href={`/learners/${one.learner.id}`}>
        <Avatar name={one.learner.name} />
        <span class="stack">
          <span class="row"><b class="strong grow">{one.learner.name}</b>{map && <span class="num small soft">{format.percent(map.percent)}</span>}</span>
          {map && <Bar share={map.percent / 100} label={t("{name}’s way", { name: one.learner.name })} />}
          <span class="small soft">
            {none ? t("Has not chosen a way yet.") : enrollment ? sentences([t("{track}, aiming for {role}.", { track: enrollment.track.title, role: enrollment.role.title }), paused(enrollment, format), map ? weekOf(map, waiting) : ""]) : " "}
          </span>
        </span>
      </a>
    </li>
  );
}

function weekOf({ week }: LearnerMap, waiting: number): string {
  const minutes = duration(week.minutes);
  if (waiting === 0) return week.minutes > 0 ? t("{duration} logged this week.", { duration: minutes }) : t("Nothing logged this week.");
  return week.minutes > 0 ? t("{duration} logged this week, {waiting} waiting for review.", { duration: minutes, waiting }) : t("Nothing logged this week, {waiting} waiting for review.", { waiting });
}

/** A learner's map; each milestone leads to what their mentor can see and do there. `ahead` is when they will be done, `rhythm` how their weeks go. */
export function LearnerScreen({ learner, ahead, rhythm }: { learner: string; ahead?: (enrollment: Enrollment) => ComponentChildren; rhythm?: (enrollment: Enrollment) => ComponentChildren }) {
  const { data: enrollment, problem, none, retry } = useEnrollmentOf(learner);
  const map = useMap(enrollment?.id);
  const format = useFormat();
  const back = { href: "/learners", label: t("Learners") };
  if (none) return <Screen title={t("Learner")} back={back}><Empty title={t("No way chosen yet")} mark="locked">{t("When they have, their map is here.")}</Empty></Screen>;
  const trouble = problem ?? map.problem;
  if (!map.data) return <Screen title={t("Learner")} hideTitle={!trouble} back={back}>{trouble ? <Trouble problem={trouble} retry={problem ? retry : map.retry} /> : <TrailSkeleton />}</Screen>;
  const { data } = map;
  return (
    <Screen title={data.enrollment.learner.name} back={back} beside={<a class="link" href={`/learners/${learner}/timeline`}>{t("Timeline")}</a>} over={data.enrollment.pathway.title}
      lead={sentences([
        t("{percent} of the way.", { percent: format.percent(data.percent) }),
        t("{track} track, aiming for {role}, {percent} ready.", { track: data.enrollment.track.title, role: data.enrollment.role.title, percent: format.percent(data.readiness.percent) }),
        t("{duration} of {goal} this week.", { duration: duration(data.week.minutes), goal: duration(data.week.goal_minutes) }),
        paused(data.enrollment, format),
      ])}>
      <OldData problem={map.problem} />
      {ahead?.(data.enrollment)}
      {rhythm?.(data.enrollment)}
      {data.stages.map((stage) => <StageTrail key={stage.key} stage={stage} hrefOf={(key) => `/learners/${learner}/milestones/${key}`} />)}
    </Screen>
  );
}
