import { asProblem, Problem } from "../api/problem";
import type { NewLogEntry } from "../api/types";

/** A log entry that waits on this device; `refused` holds why the server would not take it. */
export interface Unsent extends NewLogEntry { milestone_title: string; refused?: string }

export type Outcome = "sent" | "kept";
type Send = (entry: NewLogEntry) => Promise<unknown>;
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Log entries on their way to the server. An entry is written to the device before it is sent and
 * leaves it only on an answer, so a tab closed in between loses nothing; the id was made here, so
 * an entry sent twice is stored once.
 */
export class UnsentLog {
  private readonly listeners = new Set<() => void>();
  private sending: Promise<number> | undefined;

  constructor(
    private readonly person: string,
    private readonly send: Send,
    private readonly store: Store = localStorage,
  ) {}

  private get key(): string {
    return `waymark:unsent:${this.person}`;
  }

  list(): Unsent[] {
    try {
      const parsed: unknown = JSON.parse(this.store.getItem(this.key) ?? "[]");
      return Array.isArray(parsed) ? (parsed as Unsent[]) : [];
    } catch {
      return [];
    }
  }

  follow(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Record an entry. "kept": it waits here. Throws the Problem of an entry refused, keeping nothing. */
  async add(entry: Unsent): Promise<Outcome> {
    this.write([...this.list(), entry]);
    try {
      await this.send(bare(entry));
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (waits(problem)) return "kept";
      this.drop(entry.id);
      throw problem;
    }
    this.drop(entry.id);
    return "sent";
  }

  /** Send what waits, oldest first; stops at the first sign that the way is still closed. Returns how many arrived. */
  flush(): Promise<number> {
    this.sending ??= this.run().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  drop(id: string): void {
    this.write(this.list().filter((entry) => entry.id !== id));
  }

  private async run(): Promise<number> {
    let arrived = 0;
    for (const entry of this.list()) {
      if (entry.refused !== undefined) continue;
      try {
        await this.send(bare(entry));
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (waits(problem)) break;
        this.write(this.list().map((one) => (one.id === entry.id ? { ...one, refused: problem.message } : one)));
        continue;
      }
      this.drop(entry.id);
      arrived += 1;
    }
    return arrived;
  }

  private write(entries: Unsent[]): void {
    if (entries.length === 0) this.store.removeItem(this.key);
    else this.store.setItem(this.key, JSON.stringify(entries));
    this.listeners.forEach((tell) => tell());
  }
}

/** Away, signed out, or the server busy: later may work. Anything else will be refused again. */
function waits(problem: Problem): boolean {
  return problem.isOffline || problem.status === 401 || problem.status === 429 || problem.status >= 500;
}

function bare({ id, enrollment_id, milestone_key, day, minutes, note }: Unsent): NewLogEntry {
  return { id, enrollment_id, milestone_key, day, minutes, note };
}
