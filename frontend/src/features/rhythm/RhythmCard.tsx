import { useState } from "preact/hooks";
import { changeEnrollment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import { cache } from "../../api/query";
import type { Rhythm, RhythmWeek } from "../../api/types";
import { plural, rich, t } from "../../i18n/t";
import { Bar } from "../../ui/bar/Bar";
import { Button } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { duration, useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { runLabel, runSentence, weekWords } from "./words";

const RECENT = 12;

/** This week, its goal, and the weeks kept. `own` is the learner's own; others only read. */
export function RhythmCard({ rhythm, own }: { rhythm: Rhythm; own: boolean }) {
  const { week, runs } = rhythm;
  const [changing, setChanging] = useState(false);
  return (
    <Section title={own ? t("Your rhythm") : t("Rhythm")}>
      <div class="rhythm-now">
        <div class="stack">
          <p class="row"><span class="grow">{t("This week")}</span><span class="num">{rich(week.goal_minutes > 0 ? "<b>{duration}</b> <goal>of {goal_duration}</goal>" : "<b>{duration}</b> <goal>at rest</goal>", { duration: duration(week.minutes), goal_duration: duration(week.goal_minutes), b: (inside) => <b class="strong">{inside}</b>, goal: (inside) => <span class="soft">{inside}</span> })}</span></p>
          <Bar thick share={week.goal_minutes === 0 ? 0 : week.minutes / week.goal_minutes} label={t("This week’s goal")} />
          <p class="small soft goal-line">
            <span>{goalWords(rhythm)}</span>
            {own && !changing && <button type="button" class="inline-link" onClick={() => setChanging(true)}>{t("Change the goal")}</button>}
          </p>
          {changing && <Goal rhythm={rhythm} onDone={() => setChanging(false)} />}
        </div>
        <div class="run">
          <p class={`run-number num${runs.kept > 0 ? "" : " none"}`}>{runs.current || runs.kept}</p>
          <p class="small"><b class="strong">{runLabel(runs)}.</b> <span class="soft">{own ? runSentence(runs) : `${plural(runs.best, "The longest run is {n} week.", "The longest run is {n} weeks.")} ${plural(runs.asked, "{kept} of {n} week in all.", "{kept} of {n} weeks in all.", { kept: runs.kept })}`}</span></p>
        </div>
      </div>
      <RecentWeeks weeks={rhythm.weeks.slice(-RECENT)} />
    </Section>
  );
}

function goalWords({ week, weekly_minutes }: Rhythm): string {
  const goal = duration(weekly_minutes);
  if (week.goal_minutes === weekly_minutes) return t("The goal is {goal} a week.", { goal });
  if (week.paused_days === 0) return t("The goal is {goal} a week, less in the first.", { goal });
  return plural(week.paused_days, "The goal is {goal} a week, less for a paused day.", "The goal is {goal} a week, less for {n} paused days.", { goal });
}

/** The goal, changed where it stands. */
function Goal({ rhythm, onDone }: { rhythm: Rhythm; onDone: () => void }) {
  const form = useForm({
    initial: { weekly_hours: String(rhythm.weekly_minutes / 60) },
    explain: asProblem,
    async send({ weekly_hours }) {
      await changeEnrollment(rhythm.enrollment_id, { weekly_minutes: Math.round(Number(weekly_hours) * 60) });
      await Promise.all([wayChanged(rhythm.enrollment_id), cache.invalidate("/enrollments")]);
      toast(t("The goal holds from this week on."));
      onDone();
    },
  });
  return (
    <form class="stack" {...form.form}>
      {form.general && !form.trouble?.field("weekly_minutes") && <Notice alert>{form.general}</Notice>}
      <TextField label={t("Hours a week")} type="number" min={0.5} step={0.5} inputMode="decimal" {...form.text("weekly_hours")} error={form.trouble?.field("weekly_minutes")} hint={t("Past weeks keep the goal they had.")} />
      <div class="row wrap"><Button type="submit" tone="pine" busy={form.busy}>{t("Save")}</Button><Button onClick={onDone}>{t("Leave it")}</Button></div>
    </form>
  );
}

/** The last weeks as bars against their own goals. */
function RecentWeeks({ weeks }: { weeks: readonly RhythmWeek[] }) {
  const format = useFormat();
  const most = Math.max(60, ...weeks.map((week) => Math.max(week.minutes, week.goal_minutes)));
  const said = weeks.map((week) => t("week of {day}: {what}", { day: format.mediumDay(week.starts_on), what: weekWords(week) })).join("; ");
  const first = weeks[0];
  return (
    <figure class="recent">
      <div class="recent-weeks" role="img" aria-label={said}>
        {weeks.map((week) => (
          <div key={week.starts_on} class={week.state} title={`${format.mediumDay(week.starts_on)}: ${weekWords(week)}`}>
            {week.goal_minutes > 0 && <hr style={{ bottom: `${(week.goal_minutes / most) * 100}%` }} />}
            <i style={{ height: `${(week.minutes / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <figcaption class="row small soft"><span class="grow">{first && t("Week of {day}", { day: format.mediumDay(first.starts_on) })}</span><span>{t("This week")}</span></figcaption>
    </figure>
  );
}
