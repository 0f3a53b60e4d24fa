import { expect, it } from "vitest";
import type { Inbox, Notification } from "../../api/types";
import { applyRead } from "./Inbox";

const one = (id: string, read_at: string | null) => ({ id, read_at }) as Notification;
const inbox = { results: [one("a", null), one("b", "2026-11-22T10:00:00Z")], unread: 5 } as Inbox;

it("counts what was read once, also where the same is read again", () => {
  const read = applyRead(inbox, "a", true);
  expect(read.unread).toBe(4);
  expect(read.results[0]?.read_at).not.toBeNull();
  expect(applyRead(read, "a", true).unread).toBe(4);
  expect(applyRead(inbox, "b", true)).toEqual(inbox);
  expect(applyRead(inbox, "b", false).unread).toBe(6);
  expect(applyRead(inbox, "unknown", true).unread).toBe(5);
});
