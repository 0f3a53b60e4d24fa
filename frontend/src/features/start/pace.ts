import type { Edition } from "../../api/types";
import { plural } from "../../i18n/t";
import { addDays } from "../../ui/format/format";

/** What a track asks for: its milestones and hours, the degree's apart, and what one builds on it. */
export function outline(edition: Edition, track: string) {
  const all = edition.stages.flatMap((stage) => stage.milestones);
  const on = all.filter((milestone) => milestone.tracks === null || milestone.tracks.includes(track));
  const hoursOf = (some: typeof on) => some.reduce((sum, milestone) => sum + milestone.effort_hours, 0);
  return {
    count: on.length,
    hours: hoursOf(on.filter((milestone) => milestone.kind !== "degree")),
    degreeHours: hoursOf(on.filter((milestone) => milestone.kind === "degree")),
    /** What sets the track apart: notes on the milestones in which one builds something. */
    builds: on
      .filter((milestone) => milestone.kind === "project" || milestone.kind === "deployment")
      .flatMap((milestone) => milestone.track_notes.filter((note) => note["track"] === track).map((note) => note["note"] ?? "")),
  };
}

/** The day (YYYY-MM-DD) on which the hours are used up at so many minutes a week. */
export function arrival(hours: number, weeklyMinutes: number, today: string): string {
  return addDays(today, Math.ceil((hours * 60 * 7) / Math.max(1, weeklyMinutes)));
}

/** Minutes a week that bring the hours in by a day, or undefined for a day already past. */
export function neededWeekly(hours: number, target: string, today: string): number | undefined {
  const days = (Date.parse(target) - Date.parse(today)) / 86_400_000;
  return days > 0 ? Math.ceil((hours * 60 * 7) / days) : undefined;
}

/** A span of weeks as people say it: "5 months", "about 2 years". */
export function span(weeks: number): string {
  const months = Math.round(weeks / 4.345);
  if (months < 2) return plural(Math.max(1, Math.round(weeks)), "{n} week", "{n} weeks");
  if (months < 24) return plural(months, "{n} month", "{n} months");
  const years = Math.round(months / 6) / 2;
  return Number.isInteger(years) ? plural(years, "{n} year", "{n} years") : plural(Math.floor(years), "{n} and a half years", "{n} and a half years");
}
