import type { TimelineEvent } from "../../api/types";
import { inContext, list, plural, t } from "../../i18n/t";
import { duration, type Format } from "../../ui/format/format";
import type { IconName } from "../../ui/icon/Icon";

/** `pine` is reached, `lake` is what people say, `plain` the rest; the mark's shape says it too. */
export interface Words { icon: IconName; tone: "plain" | "pine" | "lake" | "blaze"; said: string }

type Say = (one: TimelineEvent, format: Format) => string;
const number = (one: TimelineEvent, name: string) => Number(one.details[name] ?? 0);
const text = (one: TimelineEvent, name: string) => String(one.details[name] ?? "");
/** Rounds are named from the second on. */
const inRound = (one: TimelineEvent, what: string) => (number(one, "round") > 1 ? t("{what}, round {round}", { what, round: number(one, "round") }) : what);

/** The work's day, where that is not the day it was written down. */
const forDay = (one: TimelineEvent, format: Format): string | undefined => {
  const day = text(one, "day");
  return day && day !== one.day ? format.mediumDay(day) : undefined;
};

const logged: Say = (one, format) => {
  const [minutes, day] = [duration(number(one, "minutes")), forDay(one, format)];
  return day ? t("Logged {duration} for {day}", { duration: minutes, day }) : t("Logged {duration}", { duration: minutes });
};

const tookBack: Say = (one, format) => {
  const [minutes, day] = [duration(number(one, "minutes")), forDay(one, format)];
  return day ? t("Took back {duration} for {day}", { duration: minutes, day }) : t("Took back {duration}", { duration: minutes });
};

const CHANGED: Record<string, Say> = {
  track: (one) => t("track is now {title}", { title: one.labels["track"] ?? text(one, "track") }),
  role: (one) => t("aim is now {title}", { title: one.labels["role"] ?? text(one, "role") }),
  target_date: (one, format) => (text(one, "target_date") ? t("target is {date}", { date: format.date(text(one, "target_date")) }) : t("no target date any more")),
  weekly_minutes: (one) => t("{duration} a week", { duration: duration(number(one, "weekly_minutes")) }),
};

const SAY: Record<string, [IconName, Words["tone"], Say]> = {
  "log_entry.recorded": ["clock", "plain", logged],
  "log_entry.voided": ["close", "plain", tookBack],
  "log_import.applied": ["calendar", "plain", (one) => plural(number(one, "entries"), "Imported {n} entry, {duration}", "Imported {n} entries, {duration}", { duration: duration(number(one, "minutes")) })],
  "log_import.undone": ["close", "plain", (one) => plural(number(one, "entries"), "Undid an import of {n} entry", "Undid an import of {n} entries")],
  "milestone.completed": ["check", "pine", () => t("Done")],
  "milestone.reopened": ["back", "plain", () => t("Reopened")],
  "evidence.added": ["link", "plain", () => t("Added evidence")],
  "evidence.serves": ["link", "plain", (one) => (number(one, "serves") ? t("Let evidence serve it too") : t("Took evidence from beside it"))],
  "evidence.removed": ["trash", "plain", () => t("Took evidence away")],
  "evidence.link_died": ["link", "blaze", () => t("A link leads nowhere")],
  "probe.went_down": ["link", "blaze", () => t("A deployment stopped answering")],
  "evidence.link_revived": ["link", "plain", () => t("A link answers again")],
  "comment.written": ["people", "lake", () => t("Said something")],
  "submission.submitted": ["queue", "lake", (one) => inRound(one, t("Handed in"))],
  "submission.withdrawn": ["close", "plain", (one) => inRound(one, t("Withdrew"))],
  "submission.handed_back": ["people", "lake", (one) => inRound(one, t("A mentor left; it waits for another"))],
  "second_opinion.asked": ["people", "lake", (one) => inRound(one, t("Asked for a second opinion"))],
  "second_opinion.withdrawn": ["close", "plain", (one) => inRound(one, t("The question for a second opinion was closed"))],
  "milestone.waived": ["check", "pine", () => t("Waived, known before")],
  "milestone.revoked": ["close", "blaze", () => t("Approval taken back")],
  "submission.handed_over": ["people", "lake", (one) => inRound(one, plural(number(one, "days"), "Handed to another mentor after {n} day", "Handed to another mentor after {n} days"))],
  "enrollment.started": ["map", "pine", () => inContext("event", "Set out")],
  "enrollment.changed": ["map", "plain", (one, format) => sentence(Object.keys(one.details).flatMap((name) => CHANGED[name]?.(one, format) ?? []))],
  "enrollment.upgraded": ["map", "plain", (one) => t("Moved to edition {edition}", { edition: text(one, "edition") })],
  "enrollment.upgrade_undone": ["back", "plain", () => t("Went back to the edition before")],
  "enrollment.completed": ["check", "pine", () => t("Reached the end of the way")],
  "enrollment.paused": ["calendar", "plain", () => t("Planned a pause")],
  "enrollment.pause_changed": ["calendar", "plain", () => t("Changed a pause")],
  "enrollment.pause_removed": ["calendar", "plain", () => t("Took a pause away")],
  "enrollment.resumed": ["forward", "plain", () => t("Came back from a pause")],
};

const GROUP_ICON: Record<TimelineEvent["group"], IconName> = { log: "clock", milestones: "map", evidence: "link", reviews: "queue", enrollment: "map" };

/** What an event says. One that has no words here is shown by its own label. */
export function wordsFor(one: TimelineEvent, format: Format): Words {
  const type = one.type.replace(/\.v\d+$/, "");
  if (type === "submission.decided") {
    const approved = text(one, "outcome") === "approved";
    return { icon: approved ? "check" : "queue", tone: approved ? "pine" : "blaze", said: inRound(one, approved ? t("Approved") : t("Changes requested")) };
  }
  if (type === "second_opinion.given") {
    const approved = text(one, "outcome") === "approved";
    return { icon: approved ? "check" : "queue", tone: approved ? "pine" : "lake", said: inRound(one, approved ? t("Second opinion: approved") : t("Second opinion: changes requested")) };
  }
  const known = SAY[type];
  if (known) return { icon: known[0], tone: known[1], said: known[2](one, format) };
  return { icon: GROUP_ICON[one.group], tone: "plain", said: sentence([type.replaceAll(/[._]/g, " ")]) };
}

function sentence(parts: string[]): string {
  const joined = list(parts, "unit");
  return joined.charAt(0).toLocaleUpperCase() + joined.slice(1);
}

/** Events under the learner's days, both in the order they came. */
export function byDay(events: readonly TimelineEvent[]): { day: string; events: TimelineEvent[] }[] {
  const days: { day: string; events: TimelineEvent[] }[] = [];
  for (const one of events) {
    const last = days.at(-1);
    if (last?.day === one.day) last.events.push(one);
    else days.push({ day: one.day, events: [one] });
  }
  return days;
}
