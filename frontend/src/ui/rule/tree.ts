import { list, plural, t } from "../../i18n/t";
import type { BlazeState } from "../blaze/Blaze";
import { type Format } from "../format/format";

/** A rule and what it counts, as the API explains it. */
export interface Leaf {
  type: "milestone"; key: string; title: string; effort_hours: number; status: Exclude<BlazeState, "next">;
  met: boolean; weight: number; required: boolean; because: { type: string; occurred_at: string } | null;
}
export interface Rule {
  type: "rule"; kind: "all_of" | "at_least" | "by_weight"; title: string; sentence: string;
  met: boolean; have: number; need: number; total: number; weight: number; required: boolean; parts: readonly Part[];
}
export type Part = Rule | Leaf;

/** What is missing first, then what is met; each in the order of the pathway. */
export function missingFirst(parts: readonly Part[]): Part[] {
  return [...parts.filter((part) => !part.met), ...parts.filter((part) => part.met)];
}

/** What a part is to the rule around it: "required", its points. Where all are required, none is told. */
export function standing(part: Part, around: Rule): string {
  const said = [];
  if (part.required && around.kind !== "all_of") said.push(t("required"));
  if (around.kind === "by_weight") said.push(plural(part.weight, "{n} point", "{n} points"));
  return list(said, "unit");
}

const BECAUSE = (): Record<string, string> => ({
  "milestone.completed.v1": t("Marked done"),
  "milestone.reopened.v1": t("Opened again"),
  "submission.submitted.v1": t("Handed in"),
  "submission.withdrawn.v1": t("Taken back"),
});

/** The event behind a leaf, or what is still to be done for it. */
export function reason({ because, met, status, effort_hours: hours }: Leaf, format: Format): string {
  const still = status === "locked" ? t("Locked, about {hours} h", { hours }) : t("About {hours} h", { hours });
  if (!because) return met ? t("Complete") : still;
  const decided = met ? t("Approved") : status === "changes_requested" ? t("Changes requested") : t("Answered");
  const event = t("{what} {when}", { what: BECAUSE()[because.type] ?? decided, when: format.instant(because.occurred_at) });
  return met ? event : `${event}. ${still}`;
}
