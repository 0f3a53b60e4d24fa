import type { CohortPart } from "../../api/types";
import { list, t } from "../../i18n/t";

export const PARTS: readonly CohortPart[] = ["coordinator", "mentor", "learner"];

const PART = (): Record<CohortPart, string> => ({ coordinator: t("coordinator"), mentor: t("mentor"), learner: t("learner") });

/** "mentor", "mentor and coordinator". */
export function partsOf(parts: readonly CohortPart[]): string {
  return list([...parts].reverse().map((part) => PART()[part]));
}

/** How a link stands: "for one person", "3 of 20 used". */
export function usesOf({ uses, max_uses }: { uses: number; max_uses: number }): string {
  return max_uses === 1 ? t("for one person") : t("{uses} of {most} used", { uses, most: max_uses });
}
