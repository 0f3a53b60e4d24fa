import { describe, expect, it } from "vitest";
import type { LearnerMap, LogEntry } from "../../api/types";
import { guessMilestone, guessMinutes, loggable } from "./guess";

const milestone = (key: string, status: string, more = {}) => ({ key, title: key, status, is_next: false, minutes_logged: 0, ...more });
const map = {
  next: [{ key: "next" }],
  stages: [
    { milestones: [milestone("done", "complete"), milestone("open", "available"), milestone("next", "available", { is_next: true })] },
    { milestones: [milestone("doing", "in_progress", { minutes_logged: 30 }), milestone("later", "locked"), milestone("asked", "changes_requested")] },
  ],
} as unknown as LearnerMap;
let clock = 0;
const entry = (key: string, minutes: number): LogEntry =>
  ({ milestone: { key, title: key }, minutes, created_at: `2026-11-22T10:${String((clock += 1)).padStart(2, "0")}:00Z` }) as LogEntry;

describe("what one most likely logs", () => {
  it("offers what was begun, then what is open, then what is locked", () => {
    expect(loggable(map).map(({ key }) => key)).toEqual(["doing", "open", "next", "asked", "later"]);
  });

  it("is the milestone the sheet was opened from", () => {
    expect(guessMilestone(map, [entry("doing", 30)], "asked")?.key).toBe("asked");
    expect(guessMilestone(map, [entry("doing", 30)], "later")?.key).toBe("later");
  });

  it("else the one logged on last that is still open", () => {
    expect(guessMilestone(map, [entry("open", 30), entry("doing", 30), entry("done", 30)])?.key).toBe("doing");
    expect(guessMilestone(map, [entry("doing", 30)], "unknown")?.key).toBe("doing");
  });

  it("else the next step, and nothing where nothing is open", () => {
    expect(guessMilestone(map, [])?.key).toBe("next");
    expect(guessMilestone({ ...map, stages: [] } as LearnerMap, [])).toBeUndefined();
  });
});

describe("how long it most likely was", () => {
  it("is the median of the last sessions here, in fives", () => {
    const entries = [entry("doing", 50), entry("doing", 48), entry("doing", 300), entry("open", 5), entry("open", 5)];
    expect(guessMinutes(360, entries, "doing")).toBe(50);
  });

  it("is that of all sessions where there are few here", () => {
    expect(guessMinutes(360, [entry("open", 20), entry("open", 30), entry("doing", 90)], "doing")).toBe(30);
  });

  it("follows the weekly goal without a past, and is never nothing", () => {
    expect(guessMinutes(120, [], "open")).toBe(25);
    expect(guessMinutes(240, [], "open")).toBe(45);
    expect(guessMinutes(900, [], "open")).toBe(90);
    expect(guessMinutes(360, [entry("open", 1)], "open")).toBe(5);
  });
});
