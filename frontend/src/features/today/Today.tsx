import type { ComponentChildren } from "preact";
import { useInbox, useMap } from "../../api/queries";
import type { Enrollment, LearnerMap, MapMilestone, NextStep } from "../../api/types";
import { useStartTimer } from "../../api/useStartTimer";
import { plural, rich, t } from "../../i18n/t";
import { Blaze, blazeState, StatusWord } from "../../ui/blaze/Blaze";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Card } from "../../ui/card/Card";
import { duration, useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice, OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Recent } from "./Recent";
import { WaitingNote } from "./WaitingNote";
import { WeekBars, weekSentence } from "./WeekBars";
import "./today.css";

/** `first` is what goes before any next step, `news` what there is to tell about the way itself, `ahead` when its end may come, and what may be in the way of that. */
export function Today({ enrollment, first, news, ahead }: { enrollment: Enrollment; first?: ComponentChildren; news?: ComponentChildren; ahead?: ComponentChildren }) {
  const { data: map, problem, retry } = useMap(enrollment.id);
  if (!map) {
    return <Screen title={t("Today")} hideTitle={!problem}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  }
  return (
    <Screen title={t("Today")} hideTitle aside={<><Week map={map} ahead={ahead} /><Waiting map={map} /><Recent person={enrollment.learner.id} enrollment={enrollment.id} /></>}>
      <OldData problem={problem} />
      {first}
      <Next map={map} />
      {news}
      <WaitingNote person={enrollment.learner.id} />
      <After map={map} />
    </Screen>
  );
}

const askedFor = (map: LearnerMap) =>
  map.stages.flatMap((stage) => stage.milestones).find((milestone) => milestone.status === "changes_requested");

/** The one next step. Changes asked for come before anything new. */
function Next({ map }: { map: LearnerMap }) {
  const asked = askedFor(map);
  const step = map.next[0];
  if (asked) return <Headline over={t("Your mentor answered")} title={asked.title} text={t("There is something to change before the next round.")} href={`/milestones/${asked.key}`} action={t("Read the answer")} />;
  if (step) {
    const doing = step.minutes_logged > 0;
    return <Headline over={t("Next on your way")} title={step.title} text={<>{sentence(step.reason)} {effort(step)}</>} href={`/milestones/${step.key}`} action={doing ? t("Go on") : t("Begin")} log={step.key} enrollment={map.enrollment.id} />;
  }
  if (map.complete >= map.total) return <Headline over={t("You are there")} title={t("Every milestone of your way is complete.")} text={t("Learning goes on after the last one. So does looking back at how far you came.")} href="/map" action={t("See the whole way")} />;
  return <Headline over={t("Nothing to do right now")} title={t("All that is open waits for your mentor.")} text={t("You hear from us the moment there is an answer.")} href="/map" action={t("See the way")} />;
}

function effort({ effort_hours, minutes_logged }: NextStep): string {
  if (minutes_logged === 0) return t("About {hours} h.", { hours: effort_hours });
  const left = effort_hours * 60 - minutes_logged;
  return left > 0 ? t("About {left} left of {hours} h.", { left: roughly(left), hours: effort_hours }) : t("{duration} logged so far.", { duration: duration(minutes_logged) });
}

/** An estimate is not known to the minute: whole hours from three on. */
const roughly = (minutes: number) => duration(minutes < 180 ? Math.max(5, Math.round(minutes / 5) * 5) : Math.round(minutes / 60) * 60);

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function Headline({ over, title, text, href, action, log, enrollment = "" }: { enrollment?: string; over: string; title: string; text: preact.ComponentChildren; href: string; action: string; log?: string }) {
  const timer = useStartTimer(enrollment);
  return (
    <section class="headline">
      <p class="status-word next">{over}</p>
      <h2>{title}</h2>
      <p class="soft">{text}</p>
      <div class="row wrap">
        <ButtonLink tone="blaze" href={href}>{action}</ButtonLink>
        {log && <span class="wide-only"><ButtonLink icon="clock" href={`/log?on=${log}`}>{t("Log time")}</ButtonLink></span>}
        {log && enrollment && !timer.running && <Button icon="play" onClick={() => timer.start(log)}>{t("Timer")}</Button>}
      </div>
      {timer.problem && <Notice alert>{timer.problem.message}</Notice>}
    </section>
  );
}

/** What could come instead: the other open steps. */
function After({ map }: { map: LearnerMap }) {
  const first = askedFor(map)?.key ?? map.next[0]?.key;
  const others = map.next.filter((step) => step.key !== first).slice(0, 2);
  if (others.length === 0) return null;
  const statusOf = new Map(map.stages.flatMap((stage) => stage.milestones).map((one) => [one.key, one]));
  return (
    <Section title={t("Or take up")} beside={<a class="link small" href="/map">{t("The whole way")}</a>}>
      <ul class="lines">
        {others.map((step) => {
          const milestone = statusOf.get(step.key);
          return (
            <li key={step.key}>
              <a class="line" href={`/milestones/${step.key}`}>
                <Blaze state={milestone ? blazeState({ ...milestone, is_next: false }) : "available"} />
                <span class="stack tight"><b class="strong">{step.title}</b><span class="small soft">{effort(step)}</span></span>
              </a>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Week({ map, ahead }: { map: LearnerMap; ahead: ComponentChildren }) {
  const { week } = map;
  return (
    <Section title={t("This week")} beside={<span class="num">{rich("<b>{duration}</b> <goal>of {goal_duration}</goal>", { duration: duration(week.minutes), goal_duration: duration(week.goal_minutes), b: (inside) => <b class="strong">{inside}</b>, goal: (inside) => <span class="soft">{inside}</span> })}</span>}>
      <WeekBars week={week} />
      <p class="small soft">{weekSentence(week, useFormat().today())}</p>
      {ahead}
    </Section>
  );
}

/** What lies with somebody else, and what came back. */
function Waiting({ map }: { map: LearnerMap }) {
  const inbox = useInbox().data;
  const waiting = map.stages.flatMap((stage) => stage.milestones).filter((one) => one.status === "waiting_for_review");
  const unread = inbox?.unread ?? 0;
  const fresh = inbox?.results.find((one) => one.read_at === null);
  if (waiting.length === 0 && unread === 0) return null;
  return (
    <Section title={waiting.length > 0 ? t("Waiting") : t("New")}>
      {fresh && (
        <Card tone="lake" href={fresh.url || "/inbox"}>
          <b class="strong">{fresh.title}</b>
          {unread > 1 && <span class="small soft">{plural(unread - 1, "and {n} more thing in your inbox", "and {n} more things in your inbox")}</span>}
        </Card>
      )}
      {waiting.map((one: MapMilestone) => (
        <Card key={one.key} tone="sunk" href={`/milestones/${one.key}`}>
          <div class="row">
            <Blaze state="waiting_for_review" />
            <div class="stack tight"><b class="strong">{one.title}</b><StatusWord state="waiting_for_review">{t("With your mentor")}</StatusWord></div>
          </div>
        </Card>
      ))}
    </Section>
  );
}
