import { useState } from "preact/hooks";
import { plannedSessions, planSessions } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { PlannedSession } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button, IconButton } from "../../ui/button/Button";
import { SelectField, TextField } from "../../ui/field/Field";
import { duration, useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import "./calendar.css";

/** A Monday, to name weekdays by. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAYS = [0, 1, 2, 3, 4, 5, 6];
const dayAt = (weekday: number) => new Date(MONDAY + weekday * 86_400_000).toISOString().slice(0, 10);
const keyOf = (enrollment: string) => `/enrollments/${enrollment}/sessions`;

/** When in the week one means to work: read as a line, edited as a list. */
export function PlannedSessions({ enrollment }: { enrollment: string }) {
  const { data } = useQuery(keyOf(enrollment), () => plannedSessions(enrollment));
  const [editing, setEditing] = useState(false);
  if (!data) return null;
  const { sessions } = data;
  return (
    <Section title={t("Your sessions")} beside={sessions.length > 0 && !editing && <button class="link" onClick={() => setEditing(true)}>{t("Change")}</button>}>
      {editing ? <Editor enrollment={enrollment} sessions={sessions} onDone={() => setEditing(false)} /> : <Week sessions={sessions} onPlan={() => setEditing(true)} />}
    </Section>
  );
}

function Week({ sessions, onPlan }: { sessions: PlannedSession[]; onPlan: () => void }) {
  const format = useFormat();
  if (sessions.length === 0) {
    return (
      <>
        <p class="soft">{t("Times that are set are kept more often than good intentions. They stand in your calendar, if you have it read along.")}</p>
        <div><Button icon="calendar" onClick={onPlan}>{t("Plan sessions")}</Button></div>
      </>
    );
  }
  const minutes = sessions.reduce((sum, one) => sum + one.minutes, 0);
  return (
    <>
      <ul class="stack tight">
        {sessions.map((one) => (
          <li key={`${one.weekday}-${one.starts_at}`}>{t("{weekday}, {time}, for {duration}", { weekday: format.weekdayLong(dayAt(one.weekday)), time: one.starts_at, duration: duration(one.minutes) })}</li>
        ))}
      </ul>
      <p class="small soft">{plural(sessions.length, "{n} session, {duration} a week", "{n} sessions, {duration} a week", { duration: duration(minutes) })}</p>
    </>
  );
}

/** The next time that is free: the same hour on the day after the last. */
export function another(sessions: PlannedSession[]): PlannedSession {
  const last = sessions.at(-1);
  if (!last) return { weekday: 1, starts_at: "19:00", minutes: 60 };
  const taken = new Set(sessions.map((one) => one.weekday));
  const free = DAYS.map((step) => (last.weekday + 1 + step) % 7).find((day) => !taken.has(day));
  return { ...last, weekday: free ?? last.weekday };
}

function Editor({ enrollment, sessions, onDone }: { enrollment: string; sessions: PlannedSession[]; onDone: () => void }) {
  const format = useFormat();
  const form = useForm({
    initial: { sessions: sessions.length > 0 ? sessions : [another([])] },
    explain: asProblem,
    async send({ sessions: planned }) {
      cache.set(keyOf(enrollment), await planSessions(enrollment, planned));
      toast(planned.length > 0 ? t("Planned.") : t("Nothing is planned any more."));
      onDone();
    },
  });
  const planned = form.values.sessions;
  const set = (place: number, change: Partial<PlannedSession>) =>
    form.set("sessions", planned.map((one, at) => (at === place ? { ...one, ...change } : one)));
  return (
    <form class="stack roomy" {...form.form} aria-label={t("Your sessions")}>
      {(form.general ?? form.error("sessions")) && <Notice alert>{form.general ?? form.error("sessions")}</Notice>}
      <ul class="planned">
        {planned.map((one, place) => (
          <li key={place}>
            <SelectField label={t("Day")} value={String(one.weekday)} error={form.trouble?.field(`sessions.${place}.weekday`)} onChange={(event) => set(place, { weekday: Number(event.currentTarget.value) })}>
              {DAYS.map((day) => <option key={day} value={String(day)}>{format.weekdayLong(dayAt(day))}</option>)}
            </SelectField>
            <TextField label={t("From")} type="time" required value={one.starts_at} error={form.trouble?.field(`sessions.${place}.starts_at`)} onInput={(event) => set(place, { starts_at: event.currentTarget.value })} />
            <TextField label={t("Minutes")} type="number" inputMode="numeric" required min={5} max={720} step={5} value={String(one.minutes)} error={form.trouble?.field(`sessions.${place}.minutes`)} onInput={(event) => set(place, { minutes: Number(event.currentTarget.value) })} />
            <IconButton icon="trash" label={t("Leave this session out")} onClick={() => form.set("sessions", planned.filter((_, at) => at !== place))} />
          </li>
        ))}
      </ul>
      <div><Button icon="plus" onClick={() => form.set("sessions", [...planned, another(planned)])}>{t("One more")}</Button></div>
      <div class="row wrap">
        <Button tone="pine" type="submit" busy={form.busy}>{t("Save")}</Button>
        <Button onClick={onDone}>{t("Cancel")}</Button>
      </div>
    </form>
  );
}
