import type { LogCommand, LogEntry, RunningTimer } from "../../api/types";
import type { Waiting } from "../../offline/outbox";
import { uuid7 } from "../../api/uuid";
import { t } from "../../i18n/t";

/** What the sheet opens with, and what becomes of it. */
export interface Draft {
  heading: string;
  /** One id for as long as the sheet stands, so that a second press logs the same entry. */
  id: string;
  milestone?: string;
  minutes?: number;
  day?: string;
  note: string;
  /** The entry that this one corrects. */
  replaces?: string | null;
  source?: "timer";
  /** The timer that this entry ends. */
  timer?: RunningTimer;
  /** The command in the outbox that this one takes the place of. */
  insteadOf?: string;
}

export const fresh = (on: string | undefined): Draft => ({ heading: t("Log on"), id: uuid7(), note: "", ...(on ? { milestone: on } : {}) });

export const correcting = (entry: LogEntry): Draft => ({
  heading: t("Correct"), id: uuid7(), milestone: entry.milestone.key, minutes: entry.minutes, day: entry.day, note: entry.note, replaces: entry.id,
});

/** A refused id may belong to something else by now; then the entry needs another. */
export function again({ command, refused }: Waiting): Draft | undefined {
  if (command.type !== "log") return undefined;
  const id = refused?.code === "entry-id-taken" ? uuid7() : command.id;
  return {
    heading: t("Send again"), id, milestone: command.milestone_key, minutes: command.minutes, day: command.day, note: command.note ?? "",
    replaces: command.replaces ?? null, insteadOf: command.id, ...(command.source === "timer" ? { source: "timer" as const } : {}),
  };
}

/** Whole minutes since a timer was started; at least one. A forgotten one says nothing about the work. */
export function measured(timer: RunningTimer, now: number = Date.now()): number {
  const minutes = Math.round((now - Date.parse(timer.started_at)) / 60_000);
  return minutes > LONGEST ? 0 : Math.max(1, minutes);
}

/** Nobody works longer at a stretch; the server asks then, too. */
const LONGEST = 16 * 60;

export const stopping = (timer: RunningTimer): Draft => ({
  heading: t("Log on"), id: uuid7(), milestone: timer.milestone.key, minutes: measured(timer), note: "", source: "timer", timer,
});

/** The command that a draft and what was typed make. */
export function commandOf(draft: Draft, typed: { milestone: string; minutes: number; day: string; note: string }, now = new Date()): LogCommand {
  const { milestone, minutes, day, note } = typed;
  return {
    type: "log", id: draft.id, milestone_key: milestone, day, minutes, note: note.trim(), at: now.toISOString(),
    ...(draft.replaces ? { replaces: draft.replaces } : {}), ...(draft.source ? { source: draft.source } : {}),
  };
}
