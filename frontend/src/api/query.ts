import { useEffect, useState } from "preact/hooks";
import { asProblem, type Problem } from "./problem";

/** What a screen knows of one read: old data stays beside a new failure. */
export interface Snapshot<T> {
  data: T | undefined;
  problem: Problem | undefined;
  loading: boolean;
  /** Milliseconds since the epoch of the last answer; 0 before the first. */
  at: number;
  /** Whether something was written since that answer that may have changed it. */
  stale: boolean;
}

interface Entry {
  snapshot: Snapshot<unknown>;
  load: (() => Promise<unknown>) | undefined;
  running: { turn: number; done: Promise<void> } | undefined;
  /** Counts writes, so that an answer to an older question does not overwrite newer data. */
  turn: number;
  listeners: Set<() => void>;
}

const EMPTY: Snapshot<never> = { data: undefined, problem: undefined, loading: false, at: 0, stale: false };

/**
 * A read-through cache: one entry a key, shown at once and refreshed behind (stale while
 * revalidate), one request at a time for each key. An answer that a write has made old is not waited
 * for: the key is asked for again beside it.
 */
export class QueryCache {
  private readonly entries = new Map<string, Entry>();
  /** Told of every answer, for keeping some of them on the device. */
  onData: ((key: string, data: unknown, at: number) => void) | undefined;

  /** `freshFor` is how long (ms) an answer is taken as is when a screen asks again. */
  constructor(
    private readonly freshFor = 15_000,
    private readonly now: () => number = Date.now,
  ) {}

  peek<T>(key: string): Snapshot<T> {
    return (this.entries.get(key)?.snapshot ?? EMPTY) as Snapshot<T>;
  }

  /** Follow a key; the first follower, or one that finds it old, loads it. */
  follow(key: string, load: () => Promise<unknown>, onChange: () => void): () => void {
    const entry = this.entry(key);
    entry.load = load;
    entry.listeners.add(onChange);
    if (this.isOld(entry)) void this.refresh(key);
    return () => entry.listeners.delete(onChange);
  }

  /** Ask again now; resolves when the answer, good or bad, is in the snapshot. */
  refresh(key: string): Promise<void> {
    const entry = this.entry(key);
    const { load, turn } = entry;
    if (!load) return Promise.resolve();
    if (entry.running?.turn === turn) return entry.running.done;
    const done = this.run(key, entry, load).finally(() => {
      if (entry.running?.done === done) entry.running = undefined;
    });
    entry.running = { turn, done };
    return done;
  }

  /** Put in what a write answered, so that the screen need not ask. */
  set<T>(key: string, data: T): void {
    const entry = this.entry(key);
    entry.turn += 1;
    this.answered(key, entry, data);
  }

  /** Put in what is known from before; it counts as old. */
  hydrate(key: string, data: unknown): void {
    const entry = this.entry(key);
    if (entry.snapshot.at === 0) this.put(entry, { ...entry.snapshot, data });
  }

  /** Mark as old all keys that begin so; those on screen load again at once. */
  async invalidate(...prefixes: string[]): Promise<void> {
    const again: Promise<void>[] = [];
    for (const [key, entry] of this.entries) {
      if (!prefixes.some((prefix) => key.startsWith(prefix))) continue;
      entry.turn += 1;
      entry.snapshot = { ...entry.snapshot, stale: true, loading: false };
      if (entry.listeners.size > 0) again.push(this.refresh(key));
    }
    await Promise.all(again);
  }

  /** Load again what is on screen and old: on coming back to the window or to the network. */
  wake(): void {
    for (const [key, entry] of this.entries) {
      if (entry.listeners.size > 0 && this.isOld(entry)) void this.refresh(key);
    }
  }

  /** Forget everything, as on signing out. */
  clear(): void {
    for (const entry of this.entries.values()) {
      entry.turn += 1;
      entry.snapshot = EMPTY;
    }
    for (const entry of this.entries.values()) entry.listeners.forEach((tell) => tell());
  }

  private isOld({ snapshot }: Entry): boolean {
    return snapshot.stale || this.now() - snapshot.at > this.freshFor;
  }

  private async run(key: string, entry: Entry, load: () => Promise<unknown>): Promise<void> {
    const turn = entry.turn;
    this.put(entry, { ...entry.snapshot, loading: true });
    try {
      const data = await load();
      if (turn === entry.turn) this.answered(key, entry, data);
    } catch (thrown) {
      if (turn === entry.turn) this.put(entry, { ...entry.snapshot, problem: asProblem(thrown), loading: false });
    }
  }

  private answered(key: string, entry: Entry, data: unknown): void {
    this.put(entry, { data, problem: undefined, loading: false, at: this.now(), stale: false });
    this.onData?.(key, data, this.now());
  }

  private entry(key: string): Entry {
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { snapshot: EMPTY, load: undefined, running: undefined, turn: 0, listeners: new Set() };
      this.entries.set(key, entry);
    }
    return entry;
  }

  private put(entry: Entry, snapshot: Snapshot<unknown>): void {
    entry.snapshot = snapshot;
    entry.listeners.forEach((tell) => tell());
  }
}

export const cache = new QueryCache();

/**
 * Read through the cache. A key of `null` asks nothing yet (for reads that wait for another);
 * the loader must depend on nothing but the key.
 */
export function useQuery<T>(key: string | null, load: () => Promise<T>): Snapshot<T> & { retry: () => void } {
  const [, tick] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    return cache.follow(key, load, () => tick((count) => count + 1));
  }, [key]);
  const snapshot = key === null ? (EMPTY as Snapshot<T>) : cache.peek<T>(key);
  // Before its effect has run, a first read is loading, not empty.
  const loading = snapshot.loading || (key !== null && snapshot.data === undefined && !snapshot.problem);
  return { ...snapshot, loading, retry: () => key !== null && void cache.refresh(key) };
}
