import type { TimelineEvent } from "../../api/types";
import { duration, plural, type Format } from "../../ui/format/format";
import type { IconName } from "../../ui/icon/Icon";

/** `pine` is reached, `lake` is what people say, `plain` the rest; the mark's shape says it too. */
export interface Words { icon: IconName; tone: "plain" | "pine" | "lake" | "blaze"; said: string }

type Say = (one: TimelineEvent, format: Format) => string;
const number = (one: TimelineEvent, name: string) => Number(one.details[name] ?? 0);
const text = (one: TimelineEvent, name: string) => String(one.details[name] ?? "");
const round = (one: TimelineEvent) => (number(one, "round") > 1 ? `, round ${number(one, "round")}` : "");

/** The work's day, where that is not the day it was written down. */
const forDay: Say = (one, format) => {
  const day = text(one, "day");
  return day && day !== one.day ? ` for ${format.mediumDay(day)}` : "";
};

const CHANGED: Record<string, Say> = {
  track: (one) => `track is now ${one.labels["track"] ?? text(one, "track")}`,
  role: (one) => `aim is now ${one.labels["role"] ?? text(one, "role")}`,
  target_date: (one, format) => (text(one, "target_date") ? `target is ${format.date(text(one, "target_date"))}` : "no target date any more"),
  weekly_minutes: (one) => `${duration(number(one, "weekly_minutes"))} a week`,
};

const SAY: Record<string, [IconName, Words["tone"], Say]> = {
  "log_entry.recorded": ["clock", "plain", (one, format) => `Logged ${duration(number(one, "minutes"))}${forDay(one, format)}`],
  "log_entry.voided": ["close", "plain", (one, format) => `Took back ${duration(number(one, "minutes"))}${forDay(one, format)}`],
  "log_import.applied": ["calendar", "plain", (one) => `Imported ${plural(number(one, "entries"), "entry", "entries")}, ${duration(number(one, "minutes"))}`],
  "log_import.undone": ["close", "plain", (one) => `Undid an import of ${plural(number(one, "entries"), "entry", "entries")}`],
  "milestone.completed": ["check", "pine", () => "Done"],
  "milestone.reopened": ["back", "plain", () => "Reopened"],
  "evidence.added": ["link", "plain", () => "Added evidence"],
  "evidence.serves": ["link", "plain", (one) => (number(one, "serves") ? "Let evidence serve it too" : "Took evidence from beside it")],
  "evidence.removed": ["trash", "plain", () => "Took evidence away"],
  "evidence.link_died": ["link", "blaze", () => "A link leads nowhere"],
  "probe.went_down": ["link", "blaze", () => "A deployment stopped answering"],
  "evidence.link_revived": ["link", "plain", () => "A link answers again"],
  "comment.written": ["people", "lake", () => "Said something"],
  "submission.submitted": ["queue", "lake", (one) => `Handed in${round(one)}`],
  "submission.withdrawn": ["close", "plain", (one) => `Withdrew${round(one)}`],
  "submission.handed_back": ["people", "lake", (one) => `A mentor left; it waits for another${round(one)}`],
  "enrollment.started": ["map", "pine", () => "Set out"],
  "enrollment.changed": ["map", "plain", (one, format) => sentence(Object.keys(one.details).flatMap((name) => CHANGED[name]?.(one, format) ?? []))],
  "enrollment.upgraded": ["map", "plain", (one) => `Moved to edition ${text(one, "edition")}`],
  "enrollment.upgrade_undone": ["back", "plain", () => "Went back to the edition before"],
  "enrollment.completed": ["check", "pine", () => "Reached the end of the way"],
  "enrollment.paused": ["calendar", "plain", () => "Planned a pause"],
  "enrollment.pause_changed": ["calendar", "plain", () => "Changed a pause"],
  "enrollment.pause_removed": ["calendar", "plain", () => "Took a pause away"],
  "enrollment.resumed": ["forward", "plain", () => "Came back from a pause"],
};

const GROUP_ICON: Record<TimelineEvent["group"], IconName> = { log: "clock", milestones: "map", evidence: "link", reviews: "queue", enrollment: "map" };

/** What an event says. One that has no words here is shown by its own label. */
export function wordsFor(one: TimelineEvent, format: Format): Words {
  const type = one.type.replace(/\.v\d+$/, "");
  if (type === "submission.decided") {
    const approved = text(one, "outcome") === "approved";
    return { icon: approved ? "check" : "queue", tone: approved ? "pine" : "blaze", said: `${approved ? "Approved" : "Changes requested"}${round(one)}` };
  }
  const known = SAY[type];
  if (known) return { icon: known[0], tone: known[1], said: known[2](one, format) };
  return { icon: GROUP_ICON[one.group], tone: "plain", said: sentence([type.replaceAll(/[._]/g, " ")]) };
}

function sentence(parts: string[]): string {
  const joined = parts.join(", ");
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
