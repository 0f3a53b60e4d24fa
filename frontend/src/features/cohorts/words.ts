import type { CohortPart } from "../../api/types";

export const PARTS: readonly CohortPart[] = ["coordinator", "mentor", "learner"];

/** "mentor", "mentor and coordinator". */
export function partsOf(parts: readonly CohortPart[]): string {
  const named = [...parts].reverse();
  return named.length < 2 ? (named[0] ?? "") : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

/** How a link stands: "for one person", "3 of 20 used". */
export function usesOf({ uses, max_uses }: { uses: number; max_uses: number }): string {
  return max_uses === 1 ? "for one person" : `${uses} of ${max_uses} used`;
}
