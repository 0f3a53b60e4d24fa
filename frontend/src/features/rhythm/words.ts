import type { Pause, Rhythm, RhythmWeek } from "../../api/types";
import { duration, plural, type Format } from "../../ui/format/format";

/** What a run of weeks says, kindly: it never counts what is missing. */
export function runSentence({ current, best, kept }: Rhythm["runs"]): string {
  if (kept === 0) return "A week is kept when it reaches its goal. Which of its days you use is up to you.";
  if (current === 0) return `${best > 1 ? `${best} of them in a row` : kept > 1 ? "Each of them yours for good" : "Yours for good"}. Any week can start the next run.`;
  if (current === 1) return best > 1 ? `A new run has begun. Your longest is ${plural(best, "week")}.` : "The next one makes two in a row.";
  return current === best ? "That is your longest run so far." : `Your longest run is ${plural(best, "week")}.`;
}

/** What stands beside the number. */
export const runLabel = ({ current, kept }: Rhythm["runs"]): string =>
  current > 1 ? "weeks kept in a row" : (current || kept) === 1 ? "week kept" : "weeks kept";

const STATES: Record<RhythmWeek["state"], string> = { kept: "kept", short: "below goal", under_way: "under way", rest: "at rest" };

/** "3 h 20 of 5 h, kept" */
export function weekWords(week: RhythmWeek): string {
  return week.goal_minutes === 0 ? `${duration(week.minutes)}, ${STATES[week.state]}` : `${duration(week.minutes)} of ${duration(week.goal_minutes)}, ${STATES[week.state]}`;
}

export function stateWord(week: RhythmWeek): string {
  return STATES[week.state];
}

/** "24 Dec 2026 to 2 Jan 2027", "from 24 Dec 2026, until you end it" */
export function pauseDays(pause: Pick<Pause, "starts_on" | "ends_on">, format: Format, own = true): string {
  if (pause.ends_on === null) return `From ${format.date(pause.starts_on)}, ${own ? "until you end it" : "open end"}`;
  return pause.starts_on === pause.ends_on ? format.date(pause.starts_on) : `${format.date(pause.starts_on)} to ${format.date(pause.ends_on)}`;
}

export type When = "now" | "ahead" | "past";

export function whenIs(pause: Pick<Pause, "starts_on" | "ends_on">, today: string): When {
  if (pause.starts_on > today) return "ahead";
  return pause.ends_on === null || pause.ends_on >= today ? "now" : "past";
}

/** From 0 (nothing) to 4; a full square is a day among the best tenth, so that one long day does not pale the rest. */
export function levels(days: readonly number[]): (minutes: number) => number {
  const worked = days.filter((minutes) => minutes > 0).sort((a, b) => a - b);
  const much = worked[Math.floor((worked.length - 1) * 0.9)] ?? 1;
  return (minutes) => (minutes === 0 ? 0 : Math.min(4, Math.max(1, Math.ceil((minutes / much) * 4))));
}
