import type { Explanation, Missing } from "../../api/types";
import { plural, t } from "../../i18n/t";

export type Way = "fewest" | "shortest";

/** Whether the fewest milestones and the fewest hours are one and the same set. */
export function isOneWay({ fewest, shortest }: Explanation): boolean {
  const keys = (missing: Missing) => missing.milestones.map((one) => one.key).sort().join();
  return keys(fewest) === keys(shortest);
}

/** All that lies ahead, in hours: the set, and what has to come first to open it. */
export const hoursOf = ({ hours, first }: Missing): number => first.reduce((sum, one) => sum + one.effort_hours, hours);

/** How long that takes at so many minutes a week, roughly: weeks up to a quarter, then months. */
export function atPace(hours: number, weeklyMinutes: number): string {
  const weeks = Math.max(1, Math.ceil((hours * 60) / Math.max(1, weeklyMinutes)));
  if (weeks === 1) return t("a week");
  const months = Math.round(weeks / 4.345);
  return weeks <= 13 ? plural(weeks, "{n} week", "{n} weeks") : plural(months, "{n} month", "{n} months");
}
