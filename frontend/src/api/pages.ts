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
export function usePages<T extends { id: string }>(key: string, load: (next?: string) => Promise<Page<T>>) {
  const first = useQuery(key, () => load());
  const [later, setLater] = useState<Page<T>>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem>();
  const next = later ? later.next : first.data?.next;
  const rows = first.data && [...new Map([...first.data.results, ...(later?.results ?? [])].map((one) => [one.id, one])).values()];

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

  return { rows, problem: first.problem, retry: first.retry, more: next ? more : undefined, busy, trouble, again };
}
