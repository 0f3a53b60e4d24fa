import { asProblem, Problem } from "../api/problem";
import type { Answered, Command } from "../api/types";

/** What the server said against a command. */
export interface Refusal { code: string; detail: string; status: number }

/** A command that waits on this device; `title` is its milestone's, for people to read. */
export interface Waiting { command: Command; enrollment_id: string; title: string; refused?: Refusal }

export type Outcome = "sent" | "kept";
type Send = (enrollment: string, commands: Command[]) => Promise<Answered[]>;
type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The most that one batch takes. */
const MOST = 100;

/**
 * Commands on their way to the server. Each is written to the device before it is sent and leaves it
 * only on an answer, so a tab closed in between loses nothing; its id was made here, so one sent
 * twice is done once. What is refused stays, as it was typed, until a person decides.
 */
export class Outbox {
  private readonly listeners = new Set<() => void>();
  private sending: Promise<number> | undefined;

  constructor(
    private readonly person: string,
    private readonly send: Send,
    private readonly store: Store = localStorage,
  ) {}

  private get key(): string {
    return `waymark:outbox:${this.person}`;
  }

  list(): Waiting[] {
    return [...this.fromBefore(), ...read<Waiting>(this.store, this.key)];
  }

  follow(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Send a command. "kept": it waits here. Throws the Problem of one refused, keeping nothing: its form still has the text. */
  async add(waiting: Waiting): Promise<Outcome> {
    this.put(waiting);
    try {
      const [answer] = await this.send(waiting.enrollment_id, [waiting.command]);
      this.drop(waiting.command.id);
      if (answer?.problem) throw new Problem(answer.problem.status, answer.problem.code, answer.problem.detail, answer.problem.errors);
      return "sent";
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (waits(problem)) return "kept";
      this.drop(waiting.command.id);
      throw problem;
    }
  }

  /** Put a command in, or in the place of the one with its id. */
  put(waiting: Waiting): void {
    const all = this.list();
    const there = all.some(({ command }) => command.id === waiting.command.id);
    this.write(there ? all.map((one) => (one.command.id === waiting.command.id ? waiting : one)) : [...all, waiting]);
  }

  /** Send what waits; stops when the way is closed. Returns how many arrived. */
  flush(): Promise<number> {
    this.sending ??= this.run().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  drop(id: string): void {
    this.write(this.list().filter(({ command }) => command.id !== id));
  }

  private async run(): Promise<number> {
    let arrived = 0;
    // A conflict may be over by now: what had to come first has come. A rule that is broken stays broken.
    const ready = this.list().filter(({ refused }) => refused === undefined || refused.status === 409);
    for (const enrollment of new Set(ready.map((one) => one.enrollment_id))) {
      const mine = ready.filter((one) => one.enrollment_id === enrollment);
      for (let start = 0; start < mine.length; start += MOST) {
        const part = mine.slice(start, start + MOST);
        try {
          arrived += this.settle(part, await this.send(enrollment, part.map(({ command }) => command)));
        } catch (thrown) {
          const problem = asProblem(thrown);
          if (waits(problem)) return arrived;
          part.forEach((one) => this.refuse(one, problem));
        }
      }
    }
    return arrived;
  }

  private settle(part: Waiting[], answers: Answered[]): number {
    let arrived = 0;
    part.forEach((one, index) => {
      const answer = answers[index];
      if (answer === undefined) return;
      if (answer.problem) return this.refuse(one, { ...answer.problem, message: answer.problem.detail });
      this.drop(one.command.id);
      arrived += 1;
    });
    return arrived;
  }

  private refuse(one: Waiting, { code, message, status }: { code: string; message: string; status: number }): void {
    // Discarded or edited while it was on its way: that stands.
    const now = this.list().find(({ command }) => command.id === one.command.id);
    if (now && JSON.stringify(now.command) === JSON.stringify(one.command)) this.put({ ...now, refused: { code, detail: message, status } });
  }

  private write(waiting: Waiting[]): void {
    this.store.removeItem(this.keyBefore);
    if (waiting.length === 0) this.store.removeItem(this.key);
    else this.store.setItem(this.key, JSON.stringify(waiting));
    this.listeners.forEach((tell) => tell());
  }

  private get keyBefore(): string {
    return `waymark:unsent:${this.person}`;
  }

  /** Entries that an older version of this client left. */
  private fromBefore(): Waiting[] {
    type Old = { id: string; enrollment_id: string; milestone_key: string; milestone_title: string; day: string; minutes: number; note: string };
    return read<Old>(this.store, this.keyBefore).map(({ enrollment_id, milestone_title, id, milestone_key, day, minutes, note }) => ({
      enrollment_id, title: milestone_title, command: { type: "log", id, milestone_key, day, minutes, note },
    }));
  }
}

function read<T>(store: Store, key: string): T[] {
  try {
    const parsed: unknown = JSON.parse(store.getItem(key) ?? "[]");
    return Array.isArray(parsed) ? (parsed as T[]) : [];
  } catch {
    return [];
  }
}

/** Away, signed out, or the server busy: later may work. Anything else will be refused again. */
function waits(problem: Problem): boolean {
  return problem.isOffline || problem.status === 401 || problem.status === 429 || problem.status >= 500;
}
