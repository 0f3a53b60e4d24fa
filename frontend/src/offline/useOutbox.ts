import { useEffect, useState } from "preact/hooks";
import { sendBatch } from "../api/calls";
import { Outbox } from "./outbox";

const boxes = new Map<string, Outbox>();

/** The one outbox of a person in this tab. */
export function outboxOf(person: string): Outbox {
  let box = boxes.get(person);
  if (!box) {
    box = new Outbox(person, sendBatch);
    boxes.set(person, box);
  }
  return box;
}

/** What a person did that has not reached the server yet. */
export function useOutbox(person: string) {
  const box = outboxOf(person);
  const [waiting, setWaiting] = useState(() => box.list());
  useEffect(() => {
    setWaiting(box.list());
    return box.follow(() => setWaiting(box.list()));
  }, [box]);
  return { waiting, box };
}
