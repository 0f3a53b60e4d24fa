import type { Forecast } from "../../api/types";
import { locale } from "../../i18n/language";
import { number, plural, t } from "../../i18n/t";
import { duration, type Format } from "../../ui/format/format";

/** The forecast in words. Days are YYYY-MM-DD. `Whose` eyes: the learner's own, or a mentor's. */
export type Whose = "your" | "their";
type Finish = NonNullable<Forecast["finish"]>;

const monthName = (day: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
const month = (day: string) => monthName(day, { month: "long" });
const year = (day: string) => day.slice(0, 4);
const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** "early", "mid-" or "late", by tens of days: nobody knows it better. */
function third(day: string): string {
  const date = Number(day.slice(8));
  if (date <= 10) return t("early {month}", { month: month(day) });
  return date <= 20 ? t("mid-{month}", { month: month(day) }) : t("late {month}", { month: month(day) });
}

/** "mid-March", with the year unless it is this one. */
export function about(day: string, today: string): string {
  return year(day) === year(today) ? third(day) : t("{month} {year}", { month: third(day), year: year(day) });
}

/** "between mid-March and late May 2027, most likely in April". */
export function span({ early, middle, late, beyond }: Finish, today: string): string {
  if (beyond) return t("hardly before {when}, and perhaps more than ten years from now", { when: about(early, today) });
  const sameYear = year(early) === year(late);
  const first = sameYear ? third(early) : about(early, today);
  const last = about(late, today);
  if (first === third(late) && sameYear) return t("in {month}", { month: last });
  // A year that is not said is this one; in a range over the turn of a year each end has its own.
  const bare = !sameYear && year(middle) !== year(late) ? t("{month} {year}", { month: month(middle), year: year(middle) }) : month(middle);
  const likely = !sameYear && year(middle) === year(today) ? month(middle) : bare;
  return t("between {first} and {last}, most likely in {likely}", { first, last, likely });
}

export const sentence = (finish: Finish, today: string): string => `${capital(span(finish, today))}.`;

/** Why there is no forecast. */
export function reasonOf({ reason, basis }: Forecast, whose: Whose): string {
  const weeks = basis.weeks.length;
  switch (reason) {
    case "too_few_weeks":
      return weeks === 0
        ? t("A forecast looks at four whole weeks of logging. The first is not over yet.")
        : plural(weeks, "A forecast looks at four whole weeks of logging. There is {n} so far.", "A forecast looks at four whole weeks of logging. There are {n} so far.");
    case "too_few_worked_weeks":
      return plural(weeks, "Of {n} week only {worked} had something logged. That is too little to see a pace.", "Of {n} weeks only {worked} had something logged. That is too little to see a pace.", { worked: basis.worked_weeks });
    case "no_recent_work":
      return whose === "your"
        ? t("Nothing was logged in the last four weeks, so there is no pace to go by. One that is your own comes back with the first weeks.")
        : t("Nothing was logged in the last four weeks, so there is no pace to go by. One that is their own comes back with the first weeks.");
    case "open_pause":
      return whose === "your" ? t("The pause has no end yet. As soon as you set one, the days are here.") : t("The pause has no end yet. As soon as they set one, the days are here.");
    default:
      return "";
  }
}

/** "6 to 11 weeks of work". */
export function weeksOfWork({ early, late }: NonNullable<Forecast["weeks"]>): string {
  const [from, to] = [Math.max(Math.round(early), 1), Math.max(Math.round(late), 1)];
  return from === to ? plural(from, "{n} week of work", "{n} weeks of work") : plural(to, "{from} to {n} week of work", "{from} to {n} weeks of work", { from });
}

const hours = (minutes: number) => duration(minutes < 600 ? Math.round(minutes / 10) * 10 : Math.round(minutes / 60) * 60);
const times = (ratio: number) => number(Math.round(ratio * 10) / 10);

/** A degree that is not begun is left out. */
export function notIn(leftOut: Forecast["left_out"]): string {
  const [only] = leftOut;
  if (leftOut.length === 1 && only) return t("Not in it: {title}. What of it is begun counts.", { title: only.title });
  return plural(leftOut.length, "Not in it: the {n} milestone of the degree. What of it is begun counts.", "Not in it: the {n} milestones of the degree. What of it is begun counts.");
}

/** What it was computed from. */
export function basisOf(forecast: Forecast, whose: Whose): string[] {
  const { basis, milestones_left, left_out } = forecast;
  const weeks = basis.weeks.length;
  const each = { hours: hours(basis.pace_minutes) };
  const said = [
    whose === "your"
      ? plural(weeks, "From your last {n} week, about {hours} each; paused days are left out.", "From your last {n} weeks, about {hours} each; paused days are left out.", each)
      : plural(weeks, "From their last {n} week, about {hours} each; paused days are left out.", "From their last {n} weeks, about {hours} each; paused days are left out.", each),
    plural(milestones_left, "Ahead is {n} milestone, about {hours} of work.", "Ahead are {n} milestones, about {hours} of work.", { hours: hours(basis.minutes_left) }),
    compared(basis, whose),
  ];
  if (left_out.length > 0) said.push(notIn(left_out));
  return said;
}

/** How the learner's hours stand to the authors' estimates. */
function compared({ ratio, compared_milestones: n }: Forecast["basis"], whose: Whose): string {
  const yours = whose === "your";
  if (n === 0) return yours ? t("No milestone is complete yet to compare your hours with the estimates.") : t("No milestone is complete yet to compare their hours with the estimates.");
  if (Math.abs(ratio - 1) < 0.05) {
    return yours
      ? plural(n, "On {n} complete milestone your hours were about as estimated.", "On {n} complete milestones your hours were about as estimated.")
      : plural(n, "On {n} complete milestone their hours were about as estimated.", "On {n} complete milestones their hours were about as estimated.");
  }
  return yours
    ? plural(n, "By {n} complete milestone, your hours run {times} times the estimates.", "By {n} complete milestones, your hours run {times} times the estimates.", { times: times(ratio) })
    : plural(n, "By {n} complete milestone, their hours run {times} times the estimates.", "By {n} complete milestones, their hours run {times} times the estimates.", { times: times(ratio) });
}

/** How likely a target is, in words and of a hundred. */
function oddsOf(chance: number): string {
  if (chance >= 97) return t("all but sure");
  if (chance >= 70) return t("likely, {chance} in 100", { chance });
  if (chance >= 40) return t("open, {chance} in 100", { chance });
  return chance >= 3 ? t("unlikely at this pace, {chance} in 100", { chance }) : t("out of reach at this pace");
}

/** How the target date stands. */
export function targetOf({ target, basis, today }: Forecast, whose: Whose, format: Format): string | undefined {
  if (!target) return undefined;
  const { on, chance, weekly_minutes: weekly } = target;
  const date = format.date(on);
  const yours = whose === "your";
  if (on < today) return yours ? t("Your target, {date}, has gone by.", { date }) : t("Their target, {date}, has gone by.", { date });
  const odds = oddsOf(chance);
  const stands = yours ? t("Your target, {date}, is {odds}.", { date, odds }) : t("Their target, {date}, is {odds}.", { date, odds });
  if (chance >= 50) return stands;
  if (weekly === null) return `${stands} ${t("No week is long enough to change that; a later day would serve better.")}`;
  return weekly > basis.pace_minutes ? `${stands} ${t("About {hours} a week would make it as likely as not.", { hours: hours(weekly) })}` : stands;
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
    found.push({ day, label: count % 12 === 0 ? year(day) : monthName(day, { month: "short" }) });
  }
  return found;
}

const stamp = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Where a day lies between two, in percent. */
export const placeOf = (day: string, from: string, to: string): number =>
  Math.min(Math.max(((stamp(day) - stamp(from)) / (stamp(to) - stamp(from))) * 100, 0), 100);
