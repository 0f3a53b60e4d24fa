import { useState } from "preact/hooks";
import { asProblem, type Problem } from "./problem";
import { useQuery } from "./query";

/** A page of a list; `next` is the address of the one after it. */
export interface Page<T> { results: T[]; next?: string | null }

/** The cursor in the address of a next page. */
export function cursorOf(next: string | undefined): string | undefined {
  return next ? (new URL(next, location.origin).searchParams.get("cursor") ?? undefined) : undefined;
}

/**
 * A list read page by page: the first by the cache, under `key`, each further one by `more()`.
 * `load` asks for a page by what the page before said. No row is shown twice, whatever came meanwhile.
 * Give the component that uses it `key` as its key, so that another list begins at its first page.
 */
export function usePages<T extends { id: string }, P extends Page<T> = Page<T>>(key: string, load: (next?: string) => Promise<P>) {
  const first = useQuery(key, () => load());
  const [later, setLater] = useState<Page<T>>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem>();
  const next = later ? later.next : first.data?.next;
  const rows = first.data && unique([...first.data.results, ...(later?.results ?? [])]);

  async function more() {
    if (!next || busy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const page = await load(next);
      setLater((before) => ({ ...page, results: [...(before?.results ?? []), ...page.results] }));
    } catch (thrown) {
      setTrouble(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }

  /** After a write that changes rows of pages further on: begin at the first again. */
  const again = () => {
    setLater(undefined);
    first.retry();
  };

  /** After a write that changes rows where they stand: the first page is asked for again by the cache, the others are not. */
  const amend = (change: (row: T) => T) => setLater((before) => before && { ...before, results: before.results.map(change) });

  return { first: first.data, rows, problem: first.problem, retry: first.retry, more: next ? more : undefined, busy, trouble, again, amend };
}

/** Each row once, where it came first: a page asked for later says how it stands now. */
function unique<T extends { id: string }>(rows: readonly T[]): T[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}
