import { expect, it } from "vitest";
import { channelName, kindName, lateness, reasonName } from "./words";

const NOW = new Date("2026-11-22T12:00:00Z");
const after = (minutes: number) => lateness(new Date(NOW.getTime() - minutes * 60_000).toISOString(), NOW);

it("says how late the oldest is, and whether that is a matter", () => {
  expect(lateness(null, NOW)).toEqual({ late: false, words: "Nothing waits to go out." });
  expect(after(0.5)).toEqual({ late: false, words: "What is due goes out right now." });
  expect(after(-3).late).toBe(false);
  expect(after(1)).toEqual({ late: false, words: "The oldest one has waited for 1 minute." });
  expect(after(7)).toEqual({ late: true, words: "The oldest one has waited for 7 minutes." });
  expect(after(60 * 47)).toEqual({ late: true, words: "The oldest one has waited for 47 hours." });
  expect(after(60 * 24 * 3)).toEqual({ late: true, words: "The oldest one has waited for 3 days." });
});

it("shows what it does not know by its label", () => {
  expect(kindName("weekly-digest")).toBe("weekly-digest");
  expect(reasonName("went-for-a-walk")).toBe("went for a walk");
  expect(channelName("pigeon")).toBe("pigeon");
});
