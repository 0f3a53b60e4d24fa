import type { LearnerMap, LogEntry, MapMilestone } from "../../api/types";

export const PRESETS = [15, 25, 45, 90] as const;
export const MOST = 24 * 60;

const all = (map: LearnerMap): MapMilestone[] => map.stages.flatMap((stage) => stage.milestones);

/**
 * The milestones to choose from: those with work on them, then the other open ones, then the locked
 * ones, since people work ahead. Within each, the order of the way.
 */
export function loggable(map: LearnerMap): MapMilestone[] {
  const rank = (one: MapMilestone) => (one.minutes_logged > 0 ? 0 : one.status === "locked" ? 2 : 1);
  return all(map).filter((one) => one.status !== "complete").sort((a, b) => rank(a) - rank(b));
}

/**
 * What a person most likely wants to log: the milestone they opened the sheet from, else the one
 * they logged on last, else the next step. `entries` are newest first.
 */
export function guessMilestone(map: LearnerMap, entries: LogEntry[], on?: string): MapMilestone | undefined {
  const open = all(map).filter((one) => one.status !== "locked" && one.status !== "complete");
  const byKey = (key: string | undefined) => open.find((one) => one.key === key);
  const last = newestFirst(entries).map((entry) => byKey(entry.milestone.key)).find(Boolean);
  return all(map).find((one) => one.key === on) ?? last ?? byKey(map.next[0]?.key) ?? open.find((one) => one.is_next) ?? open[0];
}

/**
 * Minutes (a multiple of 5): the median of the last five sessions, on this milestone if there were
 * three, else on any. Without a past, a fifth of the weekly goal, at the nearest of the usual four.
 */
export function guessMinutes(weeklyMinutes: number, entries: LogEntry[], milestoneKey: string): number {
  const sorted = newestFirst(entries);
  const here = sorted.filter((entry) => entry.milestone.key === milestoneKey);
  const past = (here.length >= 3 ? here : sorted).slice(0, 5).map((entry) => entry.minutes);
  if (past.length > 0) return Math.max(5, Math.round(median(past) / 5) * 5);
  const share = weeklyMinutes / 5;
  return PRESETS.reduce((best, preset) => (Math.abs(preset - share) < Math.abs(best - share) ? preset : best));
}

function newestFirst(entries: LogEntry[]): LogEntry[] {
  return [...entries].sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
