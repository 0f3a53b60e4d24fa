import type { Pause, Rhythm, RhythmWeek } from "../../api/types";
import { inContext, list, plural, t } from "../../i18n/t";
import { duration, type Format } from "../../ui/format/format";

/** What a run of weeks says, kindly: it never counts what is missing. */
export function runSentence({ current, best, kept }: Rhythm["runs"]): string {
  if (kept === 0) return t("A week is kept when it reaches its goal. Which of its days you use is up to you.");
  if (current === 0) {
    if (best > 1) return t("{best} of them in a row. Any week can start the next run.", { best });
    return kept > 1 ? t("Each of them yours for good. Any week can start the next run.") : t("Yours for good. Any week can start the next run.");
  }
  if (current === 1) return best > 1 ? plural(best, "A new run has begun. Your longest is {n} week.", "A new run has begun. Your longest is {n} weeks.") : t("The next one makes two in a row.");
  return current === best ? t("That is your longest run so far.") : plural(best, "Your longest run is {n} week.", "Your longest run is {n} weeks.");
}

/** What stands beside the number. */
export const runLabel = ({ current, kept }: Rhythm["runs"]): string =>
  current > 1 ? t("weeks kept in a row") : (current || kept) === 1 ? t("week kept") : t("weeks kept");

const STATES = (): Record<RhythmWeek["state"], string> => ({ kept: inContext("a week", "kept"), short: t("below goal"), under_way: t("under way"), rest: t("at rest") });

/** "3 h 20 of 5 h, kept" */
export function weekWords(week: RhythmWeek): string {
  const state = STATES()[week.state];
  if (week.goal_minutes === 0) return list([duration(week.minutes), state], "unit");
  return t("{duration} of {goal}, {state}", { duration: duration(week.minutes), goal: duration(week.goal_minutes), state });
}

export function stateWord(week: RhythmWeek): string {
  return STATES()[week.state];
}

/** "24 Dec 2026 to 2 Jan 2027", "from 24 Dec 2026, until you end it" */
export function pauseDays(pause: Pick<Pause, "starts_on" | "ends_on">, format: Format, own = true): string {
  const from = format.date(pause.starts_on);
  if (pause.ends_on === null) return own ? t("From {from}, until you end it", { from }) : t("From {from}, open end", { from });
  return pause.starts_on === pause.ends_on ? from : t("{from} to {to}", { from, to: format.date(pause.ends_on) });
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
