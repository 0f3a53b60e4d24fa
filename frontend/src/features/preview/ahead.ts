import { list, t } from "../../i18n/t";
import type { Foreseen } from "../../api/types";

/** The days that have something, the earliest first, each with its things in order. */
export function byDay(items: readonly Foreseen[]): [string, Foreseen[]][] {
  const days = new Map<string, Foreseen[]>();
  for (const one of items) days.set(one.day, [...(days.get(one.day) ?? []), one]);
  return [...days].sort(([a], [b]) => a.localeCompare(b));
}

const WAYS = (): Record<string, string> => ({ email: t("by email"), push: t("on your devices") });

/** By which ways it comes, in words; the inbox has everything. */
export function ways(one: Foreseen): string {
  const out = one.channels.filter((channel) => channel.outcome === "sent").map((channel) => WAYS()[channel.channel] ?? channel.channel);
  return out.length > 0 ? list(out) : t("in your inbox only");
}

/** What the rules say of it, each sentence once: why it comes later, or by no way but the inbox. */
export function said(one: Foreseen): string[] {
  return [...new Set(one.channels.flatMap((channel) => channel.why))];
}
