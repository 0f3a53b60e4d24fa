import type { Week } from "../../api/types";
import { t } from "../../i18n/t";
import { duration, spokenDuration, useFormat } from "../../ui/format/format";
import "./today.css";

/** Seven days as bars; heights are relative to the best day, so a quiet week still reads. */
export function WeekBars({ week }: { week: Week }) {
  const format = useFormat();
  const today = format.today();
  const most = Math.max(30, ...week.days.map((day) => day.minutes));
  const said = week.days
    .map(({ day, minutes, paused }) => {
      const what = minutes > 0 ? spokenDuration(minutes) : paused ? t("paused") : t("nothing");
      return day === today ? t("{weekday}, today, {what}", { weekday: format.weekdayLong(day), what }) : t("{weekday} {what}", { weekday: format.weekdayLong(day), what });
    })
    .join("; ");
  return (
    <div class="week" role="img" aria-label={said}>
      {week.days.map(({ day, minutes, paused }) => (
        <div key={day} class={`${day === today ? "now" : day > today ? "ahead" : ""}${paused ? " rests" : ""}`}>
          <span class="amount">{minutes > 0 ? duration(minutes) : ""}</span>
          <i class={minutes === 0 ? "none" : ""} style={{ height: `${minutes === 0 ? 5 : 8 + (minutes / most) * 60}px` }} />
          <span>{format.weekday(day)}</span>
        </div>
      ))}
    </div>
  );
}

/** Where the week stands, kindly. */
export function weekSentence(week: Week, today: string): string {
  const left = week.goal_minutes - week.minutes;
  if (week.goal_minutes <= 0) return t("A week of rest. Nothing is asked of it.");
  if (left <= 0) return t("Your week’s goal is reached. Whatever comes now is a gift.");
  const days = week.days.filter(({ day, paused }) => day >= today && !paused).length;
  if (days === 0) return t("The rest of the week is yours: you are paused.");
  if (week.minutes === 0) return t("A quiet week so far. {duration} today would be a start.", { duration: duration(Math.min(25, left)) });
  if (days <= 1) return t("{duration} to go today, or simply more next week.", { duration: duration(left) });
  return t("{duration} to go: about {daily} a day.", { duration: duration(left), daily: duration(Math.max(5, Math.ceil(left / days / 5) * 5)) });
}
