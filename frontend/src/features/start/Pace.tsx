import { rich, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { addDays, duration, useFormat } from "../../ui/format/format";
import { arrival, neededWeekly, span } from "./pace";
import "./start.css";

const WEEKLY = [180, 360, 600, 900, 1200];

interface Props {
  /** Hours of everything but the degree, and of the degree. */
  hours: number;
  degreeHours: number;
  weekly: number;
  target: string;
  onWeekly: (minutes: number) => void;
  onTarget: (day: string) => void;
  error: (name: "weekly_minutes" | "target_date") => string | undefined;
}

/** Time a week and a day to be there, each said in terms of the other. */
export function Pace({ hours, degreeHours, weekly, target, onWeekly, onTarget, error }: Props) {
  const format = useFormat();
  const today = format.today();
  const needed = target ? neededWeekly(hours, target, today) : undefined;
  return (
    <>
      <div class="stack">
        <div class="hours" role="group" aria-label={t("Time a week")}>
          {WEEKLY.map((minutes) => (
            <Button key={minutes} aria-pressed={weekly === minutes} onClick={() => onWeekly(minutes)}>{duration(minutes)}</Button>
          ))}
        </div>
        {error("weekly_minutes") && <p class="small">{error("weekly_minutes")}</p>}
        <p class="soft" role="status">
          {rich("{duration} a week carry you through the skills and projects in about <b>{span}</b>, to {month}.", {
            duration: duration(weekly), span: span((hours * 60) / weekly), month: format.monthYear(arrival(hours, weekly, today)), b: (inside) => <b class="strong">{inside}</b>,
          })}{" "}
          {degreeHours > 0 && `${t("A degree, if you have none yet, takes about {span} more.", { span: span((degreeHours * 60) / weekly) })} `}
          {t("What you know already makes it shorter: a mentor can waive it.")}
        </p>
      </div>
      <TextField label={t("A day to be there (if you like)")} type="date" min={addDays(today, 1)} value={target}
        onInput={(event) => onTarget(event.currentTarget.value)} error={error("target_date")}
        hint={needed === undefined ? t("Leave it empty to go without one.") : hintFor(needed, weekly)} />
    </>
  );
}

function hintFor(needed: number, weekly: number): string {
  if (needed <= weekly) return t("That fits the week you chose.");
  const most = 60 * 60;
  if (needed > most) return t("That is closer than anybody walks it. A later day will serve you better.");
  return t("The skills and projects then ask for about {duration} a week.", { duration: duration(Math.ceil(needed / 30) * 30) });
}
