import { useState } from "preact/hooks";
import { useRhythm, usePauses } from "../../api/queries";
import { t } from "../../i18n/t";
import { SelectField } from "../../ui/field/Field";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { HeatMap } from "./HeatMap";
import { Pauses } from "./Pauses";
import { RhythmCard } from "./RhythmCard";
import { TimeSpent } from "./TimeSpent";
import "./rhythm.css";

/** The rhythm of an enrollment: the learner's `own`, or as their mentors see it. */
export function RhythmParts({ enrollment, startedAt, own }: { enrollment: string; startedAt: string; own: boolean }) {
  const [year, setYear] = useState<number>();
  const now = useRhythm(enrollment);
  const shown = useRhythm(enrollment, year);
  const pauses = usePauses(enrollment);
  const rhythm = now.data;
  if (!rhythm) {
    return <Section title={own ? t("Your rhythm") : t("Rhythm")}>{now.problem ? <Notice alert>{now.problem.isOffline ? t("No connection. The rhythm is shown when you are back.") : now.problem.message}</Notice> : <div class="rhythm-waiting" aria-hidden="true" />}</Section>;
  }
  const years = yearsSince(startedAt, rhythm.today);
  const weeks = shown.data?.weeks ?? rhythm.weeks;
  return (
    <>
      <RhythmCard rhythm={rhythm} own={own} />
      <Section
        title={t("Day by day")}
        beside={years.length > 1 && (
          <SelectField label={t("Which year")} hideLabel value={year ?? ""} onChange={(event) => setYear(Number(event.currentTarget.value) || undefined)}>
            <option value="">{t("The last 12 months")}</option>
            {years.map((one) => <option key={one} value={one}>{one}</option>)}
          </SelectField>
        )}
      >
        <HeatMap key={weeks[0]?.starts_on} weeks={weeks} today={rhythm.today} pauses={pauses.data ?? []} />
      </Section>
      <TimeSpent rhythm={rhythm} links={own} />
      <Pauses enrollment={enrollment} pauses={pauses.data ?? []} today={rhythm.today} own={own} />
    </>
  );
}

function yearsSince(startedAt: string, today: string): number[] {
  const first = Number(startedAt.slice(0, 4));
  const last = Number(today.slice(0, 4));
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, back) => last - back);
}
