import { useEffect, useState } from "preact/hooks";
import { log } from "../api/calls";
import { UnsentLog } from "./unsent";

const queues = new Map<string, UnsentLog>();

/** The one queue of a person in this tab. */
export function unsentOf(person: string): UnsentLog {
  let queue = queues.get(person);
  if (!queue) {
    queue = new UnsentLog(person, log);
    queues.set(person, queue);
  }
  return queue;
}

/** What a person logged that has not reached the server yet. */
export function useUnsent(person: string) {
  const queue = unsentOf(person);
  const [entries, setEntries] = useState(() => queue.list());
  useEffect(() => {
    setEntries(queue.list());
    return queue.follow(() => setEntries(queue.list()));
  }, [queue]);
  return { entries, flush: () => queue.flush(), drop: (id: string) => queue.drop(id) };
}
