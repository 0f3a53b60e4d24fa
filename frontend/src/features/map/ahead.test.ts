import { describe, expect, it } from "vitest";
import type { Explanation, Missing, WayMilestone } from "../../api/types";
import { atPace, hoursOf, isOneWay } from "./ahead";

const step = (key: string, effort_hours: number): WayMilestone => ({ key, title: key, effort_hours, status: "available" });
const missing = (milestones: WayMilestone[], first: WayMilestone[] = []): Missing => ({
  milestones, first, hours: milestones.reduce((sum, one) => sum + one.effort_hours, 0),
});

describe("the way ahead", () => {
  it("is one where fewest milestones and fewest hours agree", () => {
    const both = (fewest: Missing, shortest: Missing): Explanation => ({ complete: false, percent: 0, stages: [], fewest, shortest });
    expect(isOneWay(both(missing([step("a", 1), step("b", 1)]), missing([step("b", 1), step("a", 1)])))).toBe(true);
    expect(isOneWay(both(missing([step("a", 9)]), missing([step("b", 1), step("c", 1)])))).toBe(false);
  });

  it("counts the hours of what has to come first", () => expect(hoursOf(missing([step("a", 10)], [step("b", 4)]))).toBe(14));

  it("is told in weeks, later in months", () => {
    expect([atPace(3, 360), atPace(60, 360), atPace(360, 360), atPace(0, 0)]).toEqual(["a week", "10 weeks", "14 months", "a week"]);
  });
});
