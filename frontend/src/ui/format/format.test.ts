import { describe, expect, it } from "vitest";
import { addDays, dayIn, duration, formatFor, spokenDuration } from "./format";

const now = new Date("2026-11-22T23:30:00Z");
const berlin = formatFor({ locale: "en-GB", timeZone: "Europe/Berlin" });
const honolulu = formatFor({ locale: "en-US", timeZone: "Pacific/Honolulu" });

describe("durations", () => {
  it.each([[0, "0 min"], [45, "45 min"], [60, "1 h"], [250, "4 h 10"], [65, "1 h 05"], [360, "6 h"]])("%i minutes is %s", (minutes, said) => {
    expect(duration(minutes)).toBe(said.replaceAll(" ", "\u00a0"));
  });

  it("is spoken in whole words", () => {
    expect(spokenDuration(61)).toBe("1 hour 1 minute");
    expect(spokenDuration(120)).toBe("2 hours");
    expect(spokenDuration(0)).toBe("0 minutes");
  });
});

describe("days", () => {
  it("are the person's, not the device's", () => {
    expect(berlin.today(now)).toBe("2026-11-23");
    expect(honolulu.today(now)).toBe("2026-11-22");
    expect(dayIn("Pacific/Kiritimati", now)).toBe("2026-11-23");
  });

  it("are near in words and far as dates, with the year only where it is another", () => {
    expect(berlin.day("2026-11-23", now)).toBe("today");
    expect(berlin.day("2026-11-22", now)).toBe("yesterday");
    expect(berlin.day("2026-11-18", now)).toBe("5 days ago");
    expect(berlin.day("2026-10-03", now)).toBe("3 Oct");
    expect(berlin.day("2025-10-03", now)).toBe("3 Oct 2025");
    expect(berlin.instant("2026-11-22T23:10:00Z", now)).toBe("today");
  });

  it("can be counted over the end of a month and a clock change", () => {
    expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });
});

it("writes days as the reader’s language does", () => {
  const german = formatFor({ locale: "de", timeZone: "Europe/Berlin" });
  expect(german.longDay("2026-11-22")).toBe("Sonntag, 22. November");
  expect(german.day("2026-11-22", now)).toBe("gestern");
  expect(german.monthYear("2026-11-22")).toBe("November 2026");
  expect(german.percent(5)).toBe("5\u00a0%");
});

it("says how long something has waited", () => {
  expect(berlin.waited("2026-11-22T23:00:00Z", now)).toBe("less than an hour");
  expect(berlin.waited("2026-11-22T18:00:00Z", now)).toBe("5 hours");
  expect(berlin.waited("2026-11-19T18:00:00Z", now)).toBe("3 days");
});

it("goes on with a zone or locale that is unknown here", () => {
  const odd = formatFor({ locale: "not a locale", timeZone: "Moon/Tranquility" });
  expect(odd.today(now)).toBe("2026-11-22");
  expect(odd.longDay("2026-11-22")).toContain("22");
});
