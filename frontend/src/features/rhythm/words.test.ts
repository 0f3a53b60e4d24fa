import { describe, expect, it } from "vitest";
import type { RhythmWeek } from "../../api/types";
import { formatFor } from "../../ui/format/format";
import { levels, pauseDays, runSentence, weekWords, whenIs } from "./words";

const format = formatFor({ locale: "en-GB", timeZone: "UTC" });
const week = (state: RhythmWeek["state"], minutes: number, goal: number): RhythmWeek => ({ starts_on: "2026-11-16", minutes, goal_minutes: goal, paused_days: 0, state, days: [minutes, 0, 0, 0, 0, 0, 0] });

describe("runs are told kindly", () => {
  it.each([
    [{ kept: 0, asked: 3, current: 0, best: 0 }, "up to you"],
    [{ kept: 4, asked: 9, current: 0, best: 3 }, "3 of them in a row"],
    [{ kept: 1, asked: 1, current: 1, best: 1 }, "two in a row"],
    [{ kept: 5, asked: 9, current: 2, best: 3 }, "longest run is 3 weeks"],
    [{ kept: 5, asked: 9, current: 3, best: 3 }, "That is your longest run"],
  ])("%j", (runs, said) => expect(runSentence(runs)).toContain(said));

  it("never speaks of losing, missing or failing", () => {
    for (let kept = 0; kept < 4; kept += 1)
      for (let current = 0; current <= kept; current += 1)
        expect(runSentence({ kept, asked: 9, current, best: kept })).not.toMatch(/lost|lose|miss|fail|broke|streak/i);
  });
});

it("a week says what it has and what it asked for", () => {
  expect(weekWords(week("kept", 200, 120))).toBe("3\u00a0h\u00a020 of 2\u00a0h, kept");
  expect(weekWords(week("rest", 0, 0))).toBe("0\u00a0min, at rest");
});

it("a pause says its days", () => {
  expect(pauseDays({ starts_on: "2026-12-24", ends_on: "2027-01-02" }, format)).toBe("24 Dec 2026 to 2 Jan 2027");
  expect(pauseDays({ starts_on: "2026-12-24", ends_on: "2026-12-24" }, format)).toBe("24 Dec 2026");
  expect(pauseDays({ starts_on: "2026-12-24", ends_on: null }, format)).toContain("until you end it");
});

it("both ends of a pause are paused", () => {
  const pause = { starts_on: "2026-12-01", ends_on: "2026-12-03" };
  expect(["2026-11-30", "2026-12-01", "2026-12-03", "2026-12-04"].map((day) => whenIs(pause, day))).toEqual(["ahead", "now", "now", "past"]);
  expect(whenIs({ ...pause, ends_on: null }, "2030-01-01")).toBe("now");
});

it("one long day does not pale the others", () => {
  const level = levels([...Array(20).fill(60), 600]);
  expect([0, 1, 30, 60, 600].map(level)).toEqual([0, 1, 2, 4, 4]);
  expect(levels([])(0)).toBe(0);
});
