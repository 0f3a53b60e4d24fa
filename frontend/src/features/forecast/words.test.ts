import { describe, expect, it } from "vitest";
import type { Forecast } from "../../api/types";
import { formatFor } from "../../ui/format/format";
import { about, basisOf, placeOf, reasonOf, sentence, targetOf, ticks, weeksOfWork } from "./words";

const TODAY = "2026-11-22";
const format = formatFor({ locale: "en-GB", timeZone: "UTC" });
const finish = (early: string, middle: string, late: string, beyond = false) => ({ early, middle, late, beyond });
const forecast = (more: Partial<Forecast> = {}): Forecast => ({
  kind: "forecast", reason: null, sentence: "", today: TODAY, finish: finish("2027-03-14", "2027-04-10", "2027-05-28"),
  weeks: { early: 16, middle: 20, late: 27 }, planned_on: null, target: null, options: [], milestones_left: 7, left_out: [], goal_minutes: 300,
  basis: { weeks: [300, 240, 0], worked_weeks: 2, pace_minutes: 262, ratio: 1.23, compared_milestones: 6, estimated_minutes: 6000, minutes_left: 7200 },
  ...more,
});

describe("the forecast in words", () => {
  it("says a range as people do", () => {
    expect(sentence(finish("2027-03-14", "2027-04-10", "2027-05-28"), TODAY)).toBe("Between mid-March and late May 2027, most likely in April.");
    expect(sentence(finish("2026-12-14", "2027-01-10", "2027-02-08"), TODAY)).toBe("Between mid-December and early February 2027, most likely in January.");
    expect(sentence(finish("2027-12-14", "2027-12-20", "2028-02-08"), TODAY)).toBe("Between mid-December 2027 and early February 2028, most likely in December 2027.");
    expect(sentence(finish("2026-12-12", "2026-12-15", "2026-12-19"), TODAY)).toBe("In mid-December.");
    expect(sentence(finish("2031-03-14", "2036-11-01", "2036-11-01", true), TODAY)).toBe("Hardly before mid-March 2031, and perhaps more than ten years from now.");
    expect(about("2026-12-31", TODAY)).toBe("late December");
  });

  it("says why there is none", () => {
    expect(reasonOf(forecast({ reason: "too_few_weeks" }), "your")).toBe("A forecast looks at four whole weeks of logging. There are 3 so far.");
    expect(reasonOf(forecast({ reason: "too_few_worked_weeks" }), "your")).toContain("Of 3 weeks only 2 had");
    expect(reasonOf(forecast({ reason: "open_pause" }), "their")).toContain("As soon as they set one");
    expect(weeksOfWork({ early: 6.2, middle: 8, late: 10.7 })).toBe("6 to 11 weeks of work");
  });

  it("says what it was computed from", () => {
    const [pace, work, ratio, out] = basisOf(forecast({ left_out: [{ key: "d", title: "Bachelor’s degree", effort_hours: 3600, status: "available" }] }), "your");
    expect(pace).toBe("From your last 3 weeks, about 4\u00a0h\u00a020 each; paused days are left out.");
    expect(work).toBe("Ahead are 7 milestones, about 120\u00a0h of work.");
    expect(ratio).toBe("By 6 complete milestones, your hours run 1.2 times the estimates.");
    expect(out).toBe("Not in it: Bachelor’s degree. What of it is begun counts.");
    expect(basisOf(forecast({ basis: { ...forecast().basis, compared_milestones: 0 } }), "their")[2]).toContain("compare their hours");
  });

  it("says how the target stands, and what would make it", () => {
    const with_ = (chance: number, weekly_minutes: number | null, on = "2027-04-01") => targetOf(forecast({ target: { on, chance, weekly_minutes } }), "your", format);
    expect(targetOf(forecast(), "your", format)).toBeUndefined();
    expect(with_(85, 200)).toBe("Your target, 1 Apr 2027, is likely, 85 in 100.");
    expect(with_(20, 400)).toBe("Your target, 1 Apr 2027, is unlikely at this pace, 20 in 100. About 6\u00a0h\u00a040 a week would make it as likely as not.");
    expect(with_(0, null)).toContain("No week is long enough");
    expect(with_(0, null, "2026-11-01")).toBe("Your target, 1 Nov 2026, has gone by.");
  });

  it("marks an axis with at most five ticks", () => {
    expect(ticks(TODAY, "2027-03-10").map((tick) => tick.label)).toEqual(["Dec", "2027", "Feb", "Mar"]);
    expect(ticks(TODAY, "2029-05-01").map((tick) => tick.label)).toEqual(["2027", "Jul", "2028", "Jul", "2029"]);
    expect(ticks(TODAY, "2036-05-01").map((tick) => tick.day)).toEqual(["2028-01-01", "2030-01-01", "2032-01-01", "2034-01-01", "2036-01-01"]);
    expect(ticks(TODAY, "2026-11-28")).toEqual([]);
    expect(placeOf("2026-11-27", TODAY, "2026-12-02")).toBe(50);
  });
});
