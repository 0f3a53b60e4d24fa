import type { QueueAsked } from "../../api/calls";
import type { QueueCounts } from "../../api/types";
import { list, plural, t } from "../../i18n/t";

/** The shelves: how many there are on one, and why they stand there. */
export const SHELVES = () => [
  { shelf: "offered", words: (many: number) => plural(many, "{n} round for you", "{n} rounds for you"), why: t("What fits what you take on.") },
  { shelf: "set_aside", words: (many: number) => plural(many, "{n} round outside of what you take on", "{n} rounds outside of what you take on"), why: t("Another kind or pathway, your week is full, or you are on leave. You may review them all the same.") },
  { shelf: "resting", words: (many: number) => plural(many, "{n} round of learners who rest", "{n} rounds of learners who rest"), why: t("They pause, have left, or were not seen for four weeks. Nobody waits for these now.") },
] as const;

/** Who holds what of the rounds counted: "3 free, 1 with you, 2 with others". */
export function heldWords({ free, mine, others }: Pick<QueueCounts, "free" | "mine" | "others">): string {
  const parts = [plural(free, "{n} free", "{n} free"), mine > 0 && plural(mine, "{n} with you", "{n} with you"), others > 0 && plural(others, "{n} with others", "{n} with others")];
  return `${list(parts.filter((part) => part !== false), "unit")}.`;
}

/** Whether more than a scope or a shelf is asked for: what an empty list may be due to. */
export function narrowedBy(asked: QueueAsked): boolean {
  return Object.entries(asked).some(([name, value]) => value !== undefined && (name !== "scope" || value !== "all") && (name !== "shelf" || value !== "offered"));
}
