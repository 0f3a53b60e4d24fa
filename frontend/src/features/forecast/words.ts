import type { Forecast } from "../../api/types";
import { duration, plural, type Format } from "../../ui/format/format";

/** The forecast in words. Days are YYYY-MM-DD. `Whose` eyes: the learner's own, or a mentor's. */
export type Whose = "your" | "their";
type Finish = NonNullable<Forecast["finish"]>;

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const month = (day: string) => MONTHS[Number(day.slice(5, 7)) - 1] ?? "";
const year = (day: string) => day.slice(0, 4);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** "early", "mid-" or "late", by tens of days: nobody knows it better. */
function third(day: string): string {
  const number = Number(day.slice(8));
  if (number <= 10) return `early ${month(day)}`;
  return number <= 20 ? `mid-${month(day)}` : `late ${month(day)}`;
}

/** "mid-March", with the year unless it is this one. */
export function about(day: string, today: string): string {
  return year(day) === year(today) ? third(day) : `${third(day)} ${year(day)}`;
}

/** "between mid-March and late May 2027, most likely in April". */
export function span({ early, middle, late, beyond }: Finish, today: string): string {
  if (beyond) return `hardly before ${about(early, today)}, and perhaps more than ten years from now`;
  const sameYear = year(early) === year(late);
  const first = sameYear ? third(early) : about(early, today);
  const last = about(late, today);
  if (first === third(late) && sameYear) return `in ${last}`;
  // A year that is not said is this one; in a range over the turn of a year each end has its own.
  const bare = !sameYear && year(middle) !== year(late) ? `${month(middle)} ${year(middle)}` : month(middle);
  const likely = !sameYear && year(middle) === year(today) ? month(middle) : bare;
  return `between ${first} and ${last}, most likely in ${likely}`;
}

export const sentence = (finish: Finish, today: string): string => `${capital(span(finish, today))}.`;

/** Why there is no forecast. */
export function reasonOf({ reason, basis }: Forecast, whose: Whose): string {
  const you = whose === "your" ? "you" : "they";
  switch (reason) {
    case "too_few_weeks": {
      const so = basis.weeks.length;
      return `A forecast looks at four whole weeks of logging. ${so === 0 ? "The first is not over yet" : `There ${so === 1 ? "is" : "are"} ${so} so far`}.`;
    }
    case "too_few_worked_weeks":
      return `Of ${plural(basis.weeks.length, "week")} only ${basis.worked_weeks} had something logged. That is too little to see a pace.`;
    case "no_recent_work":
      return `Nothing was logged in the last four weeks, so there is no pace to go by. One that is ${whose} own comes back with the first weeks.`;
    case "open_pause":
      return `The pause has no end yet. As soon as ${you} set one, the days are here.`;
    default:
      return "";
  }
}

/** "6 to 11 weeks of work". */
export function weeksOfWork({ early, late }: NonNullable<Forecast["weeks"]>): string {
  const [from, to] = [Math.max(Math.round(early), 1), Math.max(Math.round(late), 1)];
  return from === to ? `${plural(from, "week")} of work` : `${from} to ${to} weeks of work`;
}

const hours = (minutes: number) => duration(minutes < 600 ? Math.round(minutes / 10) * 10 : Math.round(minutes / 60) * 60);
const times = (ratio: number) => (Math.round(ratio * 10) / 10).toString();

/** A degree that is not begun is left out. */
export function notIn(leftOut: Forecast["left_out"]): string {
  const what = leftOut.length === 1 ? leftOut[0]?.title : `the ${leftOut.length} milestones of the degree`;
  return `Not in it: ${what}. What of it is begun counts.`;
}

/** What it was computed from. */
export function basisOf({ basis, milestones_left, left_out }: Forecast, whose: Whose): string[] {
  const { ratio, compared_milestones: compared } = basis;
  const said = [
    `From ${whose} last ${plural(basis.weeks.length, "week")}, about ${hours(basis.pace_minutes)} each; paused days are left out.`,
    `Ahead ${milestones_left === 1 ? "is" : "are"} ${plural(milestones_left, "milestone")}, about ${hours(basis.minutes_left)} of work.`,
  ];
  if (compared === 0) said.push(`No milestone is complete yet to compare ${whose} hours with the estimates.`);
  else if (Math.abs(ratio - 1) < 0.05) said.push(`On ${plural(compared, "complete milestone")} ${whose} hours were about as estimated.`);
  else said.push(`By ${plural(compared, "complete milestone")}, ${whose} hours run ${times(ratio)} times the estimates.`);
  if (left_out.length > 0) said.push(notIn(left_out));
  return said;
}

/** How the target date stands. */
export function targetOf({ target, basis, today }: Forecast, whose: Whose, format: Format): string | undefined {
  if (!target) return undefined;
  const { on, chance, weekly_minutes: weekly } = target;
  const name = `${capital(whose)} target, ${format.date(on)},`;
  if (on < today) return `${name} has gone by.`;
  const odds = chance >= 97 ? "all but sure" : chance >= 70 ? `likely, ${chance} in 100` : chance >= 40 ? `open, ${chance} in 100` : chance >= 3 ? `unlikely at this pace, ${chance} in 100` : "out of reach at this pace";
  if (chance >= 50) return `${name} is ${odds}.`;
  if (weekly === null) return `${name} is ${odds}. No week is long enough to change that; a later day would serve better.`;
  return weekly > basis.pace_minutes ? `${name} is ${odds}. About ${hours(weekly)} a week would make it as likely as not.` : `${name} is ${odds}.`;
}

export interface Tick { day: string; label: string }

/** Marks for a time axis from one day to another: at most five, at the first of a month or year. */
export function ticks(from: string, to: string): Tick[] {
  const at = (count: number) => `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-01`;
  const first = Number(year(from)) * 12 + Number(from.slice(5, 7));
  const last = Number(year(to)) * 12 + Number(to.slice(5, 7)) - 1;
  const step = [1, 2, 3, 6, 12, 24, 36, 60].find((months) => Math.floor(last / months) - Math.ceil(first / months) < 5) ?? 120;
  const found: Tick[] = [];
  for (let count = Math.ceil(first / step) * step; count <= last; count += step) {
    const day = at(count);
    found.push({ day, label: count % 12 === 0 ? year(day) : month(day).slice(0, 3) });
  }
  return found;
}

const stamp = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Where a day lies between two, in percent. */
export const placeOf = (day: string, from: string, to: string): number =>
  Math.min(Math.max(((stamp(day) - stamp(from)) / (stamp(to) - stamp(from))) * 100, 0), 100);
