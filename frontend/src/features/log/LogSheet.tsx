import { useEffect, useState } from "preact/hooks";
import { logEntries, stopTimer } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useMap, useTimer, wayChanged } from "../../api/queries";
import { cache, useQuery } from "../../api/query";
import type { Enrollment, LearnerMap, LogEntry, MapMilestone } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { outboxOf } from "../../offline/useOutbox";
import { Button, IconButton } from "../../ui/button/Button";
import { Blaze, blazeState } from "../../ui/blaze/Blaze";
import { TextField } from "../../ui/field/Field";
import { addDays, duration, useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Sheet } from "../../ui/sheet/Sheet";
import { Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { again, commandOf, correcting, fresh, stopping, type Draft } from "./draft";
import { guessMilestone, guessMinutes, loggable, MOST, PRESETS } from "./guess";
import "./log.css";

/** The recent entries, asked for before the sheet opens, so that the guess is there at once. */
export const useRecentEntries = (enrollment: string | undefined) =>
  useQuery(enrollment ? `/log-entries?enrollment=${enrollment}` : null, () => logEntries(enrollment ?? ""));

/** Why the sheet is open: `on` a milestone, to `edit` an entry, for one that is `waiting`, or to stop the `timer`. */
export interface Purpose { on?: string; edit?: string; waiting?: string; timer?: string }

export function LogSheet({ enrollment, purpose, onClose }: { enrollment: Enrollment; purpose: Purpose; onClose: () => void }) {
  const map = useMap(enrollment.id);
  const entries = useRecentEntries(enrollment.id);
  const older = useQuery(purpose.edit ? `/log-entries?enrollment=${enrollment.id}&milestone=${purpose.on}` : null, () => logEntries(enrollment.id, purpose.on));
  const timer = useTimer(purpose.timer !== undefined);
  // Without a network there are no entries to guess from; the map may still be at hand.
  const settled = entries.data ?? (entries.problem ? [] : undefined);
  const running = timer.data?.running;
  const waiting = outboxOf(enrollment.learner.id).list().find(({ command }) => command.id === purpose.waiting);
  const edited = [...(settled ?? []), ...(older.data ?? [])].find(({ id }) => id === purpose.edit);
  const draft = () => {
    if (edited) return correcting(edited);
    if (running && purpose.timer !== undefined) return stopping(running);
    return (waiting && again(waiting)) ?? fresh(purpose.on);
  };
  const loading = (purpose.edit && !edited && older.loading) || (purpose.timer !== undefined && !timer.data && timer.loading);
  const lost = purpose.edit !== undefined && !edited && !loading;
  return (
    <Sheet label={t("Log time")} onClose={onClose}>
      {map.problem && !map.data ? (
        <Trouble problem={map.problem} retry={map.retry} />
      ) : lost ? (
        <Notice tone="plain">{t("This entry was taken back or corrected elsewhere.")}</Notice>
      ) : map.data && settled && !loading ? (
        <LogForm map={map.data} entries={settled} start={draft} onClose={onClose} />
      ) : (
        <TrailSkeleton marks={2} />
      )}
    </Sheet>
  );
}

interface FormProps { map: LearnerMap; entries: LogEntry[]; start: () => Draft; onClose: () => void }

function LogForm({ map, entries, start, onClose }: FormProps) {
  const format = useFormat();
  const { enrollment } = map;
  const [choosing, setChoosing] = useState(false);
  const [draft] = useState(start);
  const [milestone, setMilestone] = useState(() => guessMilestone(map, entries, draft.milestone));
  const { timer } = draft;
  const form = useForm({
    initial: {
      minutes: draft.minutes ?? guessMinutes(enrollment.weekly_minutes, entries, milestone?.key ?? ""),
      day: draft.day ?? format.today(),
      note: draft.note,
    },
    explain: asProblem,
    async send(typed) {
      if (!milestone) return;
      const command = commandOf(draft, { ...typed, milestone: milestone.key });
      const outbox = outboxOf(enrollment.learner.id);
      const outcome = timer
        ? await stopTimer({ id: draft.id, minutes: typed.minutes, milestone_key: milestone.key, note: command.note }).then(() => "sent" as const)
        : await outbox.add({ enrollment_id: enrollment.id, title: milestone.title, command });
      if (draft.insteadOf && draft.insteadOf !== draft.id) outbox.drop(draft.insteadOf);
      if (timer) cache.set("/timer", { running: null });
      if (outcome === "sent") toast(draft.replaces ? t("Corrected. The entry before stays in the log, struck out.") : t("{duration} logged on {title}.", { duration: duration(typed.minutes), title: milestone.title }), "in_progress");
      else toast(navigator.onLine ? t("Kept here. It is sent as soon as the server answers.") : t("Kept here. It is sent when you are back."), "waiting_for_review");
      onClose();
      if (outcome === "sent") await wayChanged(enrollment.id);
    },
  });
  // The second tap, or Enter, logs: the button has the focus as soon as there is something to log.
  useEffect(() => form.form.ref.current?.querySelector<HTMLElement>("[type=submit]")?.focus(), [choosing]);
  if (!milestone) return <Notice tone="plain">{t("Nothing is open to log on. Look at the map to see what opens next.")}</Notice>;
  if (choosing) {
    return <ChooseMilestone map={map} onBack={() => setChoosing(false)} onChoose={(one) => { setMilestone(one); setChoosing(false); }} />;
  }
  const { minutes, day } = form.values;
  const setMinutes = (to: number) => form.set("minutes", Math.min(MOST, Math.max(0, Math.round(to) || 0)));
  return (
    <form class="log" {...form.form}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <div class="log-on">
        <span class="small soft">{draft.heading}</span>
        <h2>{milestone.title}</h2>
        <button type="button" class="link small" onClick={() => setChoosing(true)}>{t("Another milestone")}</button>
      </div>
      {timer && draft.minutes === 0 && <Notice tone="lake">{t("The timer ran since {day}, {clock}. How long did you really work?", { day: format.mediumDay(format.dayOf(timer.started_at)), clock: format.clock(timer.started_at) })}</Notice>}
      <div class="log-amount">
        <IconButton icon="minus" label={t("Five minutes less")} onClick={() => setMinutes(minutes - 5)} />
        <div class="log-number">
          <input type="number" aria-label={t("Minutes")} name="minutes" inputMode="numeric" min={1} max={MOST} value={minutes || ""} aria-invalid={form.error("minutes") ? true : undefined}
            aria-describedby="log-minutes-error" onInput={(event) => setMinutes(Number(event.currentTarget.value))} style={{ width: `${Math.max(2, String(minutes || "").length) * 0.66}em` }} />
          <span aria-hidden="true">{t("min")}</span>
        </div>
        <IconButton icon="plus" label={t("Five minutes more")} onClick={() => setMinutes(minutes + 5)} />
      </div>
      <p id="log-minutes-error" class="log-error">{form.error("minutes")}</p>
      <div class="log-presets" role="group" aria-label={t("Usual times")}>
        {PRESETS.map((preset) => (
          <Button key={preset} aria-pressed={minutes === preset} onClick={() => setMinutes(preset)}>{preset}</Button>
        ))}
      </div>
      <TextField label={t("What did you do?")} hideLabel placeholder={t("What did you do? A line is enough.")} maxLength={2000} autoComplete="off" {...form.text("note")} />
      {timer ? (
        <p class="small soft">{t("Since {clock}. Past midnight it is divided between the days.", { clock: format.clock(timer.started_at) })}</p>
      ) : (
        <Day day={day} today={format.today()} onChange={(to) => form.set("day", to)} error={form.error("day")} />
      )}
      <Button tone="blaze" type="submit" wide busy={form.busy} disabled={minutes < 1}>{minutes < 1 ? t("How long?") : draft.replaces ? plural(minutes, "Correct to {n} minute", "Correct to {n} minutes") : plural(minutes, "Log {n} minute", "Log {n} minutes")}</Button>
      {!navigator.onLine && !timer && <p class="small soft log-away">{t("No network. It is kept here and sent when you are back.")}</p>}
      {!navigator.onLine && timer && <p class="small soft log-away">{t("No network. The timer goes on; stop it when you are back.")}</p>}
    </form>
  );
}

function Day({ day, today, onChange, error }: { day: string; today: string; onChange: (day: string) => void; error: string | undefined }) {
  const format = useFormat();
  const [picking, setPicking] = useState(false);
  const yesterday = addDays(today, -1);
  if (picking || error) {
    return <TextField label={t("Day")} type="date" max={today} value={day} onInput={(event) => event.currentTarget.value && onChange(event.currentTarget.value)} error={error} autoFocus />;
  }
  return (
    <div class="row small">
      <span class="soft">{day === today ? t("Today, {day}", { day: format.mediumDay(day) }) : day === yesterday ? t("Yesterday, {day}", { day: format.mediumDay(day) }) : format.mediumDay(day)}</span>
      <span class="push row nowrap">
        {day === today && <button type="button" class="link" onClick={() => onChange(yesterday)}>{t("Yesterday")}</button>}
        <button type="button" class="link" onClick={() => setPicking(true)}>{t("Another day")}</button>
      </span>
    </div>
  );
}

function ChooseMilestone({ map, onChoose, onBack }: { map: LearnerMap; onChoose: (milestone: MapMilestone) => void; onBack: () => void }) {
  return (
    <div class="stack">
      <h2 class="log-choose">{t("Log on which milestone?")}</h2>
      <ul class="log-list">
        {loggable(map).map((one) => (
          <li key={one.key}>
            <button type="button" onClick={() => onChoose(one)}>
              <Blaze state={blazeState(one)} />
              <span class="stack tight"><b class="strong">{one.title}</b>{one.minutes_logged > 0 && <span class="small soft">{t("{duration} so far", { duration: duration(one.minutes_logged) })}</span>}</span>
            </button>
          </li>
        ))}
      </ul>
      <div><Button icon="back" onClick={onBack}>{t("Back")}</Button></div>
    </div>
  );
}
