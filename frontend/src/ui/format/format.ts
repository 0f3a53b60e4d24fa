import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { locale } from "../../i18n/language";
import { plural, t } from "../../i18n/t";

/** Whose eyes read it: the person's locale (BCP 47) and IANA time zone. */
export interface Reader { locale: string; timeZone: string }

/** Minutes as people say them: "45 min", "4 h 10", "6 h". Its spaces do not break a line. */
export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const rest = whole % 60;
  const hours = Math.floor(whole / 60);
  if (whole < 60) return t("{minutes}\u00a0min", { minutes: whole });
  return rest ? t("{hours}\u00a0h\u00a0{minutes}", { hours, minutes: String(rest).padStart(2, "0") }) : t("{hours}\u00a0h", { hours });
}

/** The same, spoken: "4 hours 10 minutes". */
export function spokenDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  const parts = [hours > 0 ? plural(hours, "{n} hour", "{n} hours") : "", rest > 0 || hours === 0 ? plural(rest, "{n} minute", "{n} minutes") : ""];
  return parts.filter(Boolean).join(" ");
}

/** The calendar day (YYYY-MM-DD) of an instant in a zone. */
export function dayIn(timeZone: string, instant: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(instant);
}

/** A day some days after (or before) another, both as YYYY-MM-DD. */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** How a reader sees days and instants; made once for each reader. */
export function formatFor({ locale, timeZone }: Reader) {
  const make = (options: Intl.DateTimeFormatOptions, zone = timeZone) => safely(locale, { ...options, timeZone: zone });
  const dayLong = make({ weekday: "long", day: "numeric", month: "long" }, "UTC");
  const dayMedium = make({ weekday: "short", day: "numeric", month: "short" }, "UTC");
  const dayShort = make({ day: "numeric", month: "short" }, "UTC");
  const dayYear = make({ day: "numeric", month: "short", year: "numeric" }, "UTC");
  const month = make({ month: "short" }, "UTC");
  const monthYear = make({ month: "long", year: "numeric" }, "UTC");
  const weekday = make({ weekday: "narrow" }, "UTC");
  const weekdayLong = make({ weekday: "long" }, "UTC");
  const clock = make({ hour: "2-digit", minute: "2-digit" });
  const relative = new Intl.RelativeTimeFormat(known(locale), { numeric: "auto" });
  const asDate = (day: string) => new Date(`${day}T00:00:00Z`);

  const today = (now: Date = new Date()) => dayIn(zoneOr(timeZone), now);
  const daysAgo = (day: string, now?: Date) =>
    Math.round((asDate(today(now)).getTime() - asDate(day).getTime()) / 86_400_000);

  return {
    timeZone: zoneOr(timeZone),
    today,
    /** "Sunday 22 November" */
    longDay: (day: string) => dayLong.format(asDate(day)),
    /** "Sun 22 Nov" */
    mediumDay: (day: string) => dayMedium.format(asDate(day)),
    /** "Nov" */
    month: (day: string) => month.format(asDate(day)),
    /** "November 2026" */
    monthYear: (day: string) => monthYear.format(asDate(day)),
    weekday: (day: string) => weekday.format(asDate(day)),
    weekdayLong: (day: string) => weekdayLong.format(asDate(day)),
    /** "today", "yesterday", "3 days ago", then the date. */
    day(day: string, now?: Date): string {
      const ago = daysAgo(day, now);
      if (ago >= 0 && ago < 7) return relative.format(-ago, "day");
      return (day.slice(0, 4) === today(now).slice(0, 4) ? dayShort : dayYear).format(asDate(day));
    },
    date: (day: string) => dayYear.format(asDate(day)),
    /** The calendar day (YYYY-MM-DD) of an instant, seen from the reader's zone. */
    dayOf: (instant: string) => dayIn(zoneOr(timeZone), new Date(instant)),
    /** An instant as a day, seen from the reader's zone. */
    instant(instant: string, now?: Date): string {
      return this.day(dayIn(zoneOr(timeZone), new Date(instant)), now);
    },
    clock: (instant: string) => clock.format(new Date(instant)),
    /** How long something has waited: "less than an hour", "5 hours", "2 days". */
    waited(since: string, now: Date = new Date()): string {
      const hours = Math.floor((now.getTime() - new Date(since).getTime()) / 3_600_000);
      if (hours < 1) return t("less than an hour");
      return hours < 24 ? plural(hours, "{n} hour", "{n} hours") : plural(Math.floor(hours / 24), "{n} day", "{n} days");
    },
    percent: (whole: number) => new Intl.NumberFormat(known(locale), { style: "percent" }).format(whole / 100),
  };
}

export type Format = ReturnType<typeof formatFor>;

function known(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

function zoneOr(zone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

function safely(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(known(locale), { ...options, timeZone: zoneOr(options.timeZone ?? "UTC") });
}

/** What the browser says, for people not signed in. */
export function browserReader(): Reader {
  return { locale: locale(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

export const FormatContext = createContext<Format>(formatFor({ locale: "en", timeZone: "UTC" }));
export const useFormat = (): Format => useContext(FormatContext);
