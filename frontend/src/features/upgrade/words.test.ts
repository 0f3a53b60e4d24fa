import { expect, it } from "vitest";
import type { Upgrade } from "../../api/types";
import { reason, standing } from "./words";

const upgrade = (more: Partial<Upgrade>): Upgrade => ({
  available: false, current: 1, edition: null, summary: null, difference: null, tracks: [], waiting: [], answer: null, history: [], taken: null, ...more,
});
const taken = (can_undo: boolean) => ({ edition: 2, from_edition: 1, taken_at: "2026-11-22T12:00:00Z", undo_until: "2026-11-29T12:00:00Z", can_undo });

it("offers an edition until it was answered, and the way back while there is one", () => {
  expect(standing(upgrade({ available: true, edition: 2 }))).toBe("offered");
  expect(standing(upgrade({ available: true, edition: 2, answer: "later" }))).toBe("nothing");
  expect(standing(upgrade({ available: true, edition: 2, answer: "never" }))).toBe("nothing");
  expect(standing(upgrade({ taken: taken(true) }))).toBe("undoable");
  expect(standing(upgrade({ taken: taken(false) }))).toBe("nothing");
});

it("says why something is history", () => {
  expect(reason({ key: "a", title: "A", earned: true, reason: "removed" })).toBe("Reached. The edition has no place for it.");
  expect(reason({ key: "a", title: "A", earned: false, reason: "off_track" })).toBe("Begun. It is not on your track.");
});
