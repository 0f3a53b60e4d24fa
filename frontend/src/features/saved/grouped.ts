import type { Cohort, SavedComment } from "../../api/types";

interface Group { key: string; cohort: Pick<Cohort, "id" | "name"> | undefined; rows: SavedComment[] }

/**
 * Saved comments by whom they are for: one's own first, then cohort by cohort. One of a cohort that
 * one is no longer in is one's own again: nobody else is there to use it.
 */
export function grouped(saved: readonly SavedComment[], cohorts: readonly Pick<Cohort, "id" | "name">[]): Group[] {
  const groups = new Map<string, Group>([["", { key: "", cohort: undefined, rows: [] }]]);
  for (const cohort of cohorts) groups.set(cohort.id, { key: cohort.id, cohort, rows: [] });
  for (const one of saved) (groups.get(one.cohort_id ?? "") ?? groups.get(""))?.rows.push(one);
  return [...groups.values()].filter(({ rows }) => rows.length > 0);
}
