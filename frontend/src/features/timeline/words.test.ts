import { describe, expect, it } from "vitest";
import type { TimelineEvent } from "../../api/types";
import { formatFor } from "../../ui/format/format";
import { byDay, wordsFor } from "./words";

const format = formatFor({ locale: "en-GB", timeZone: "UTC" });
const event = (type: string, details: TimelineEvent["details"] = {}, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  id: "1", type: `${type}.v1`, group: "log", occurred_at: "2026-11-22T12:00:00Z", day: "2026-11-22", subject_id: "2",
  actor: null, milestone: null, details, labels: {}, title: "", text: "", url: "", undone: false, ...more,
});
const said = (...given: Parameters<typeof event>) => wordsFor(event(...given), format).said;

describe("what an event says", () => {
  it("names the day of the work only when it is another", () => {
    expect(said("log_entry.recorded", { minutes: 45, day: "2026-11-22" })).toBe("Logged 45\u00a0min");
    expect(said("log_entry.recorded", { minutes: 45, day: "2026-11-20" })).toBe("Logged 45\u00a0min for Fri 20 Nov");
  });

  it("names rounds from the second on, and the outcome", () => {
    expect(said("submission.submitted", { round: 1 })).toBe("Handed in");
    expect(said("submission.decided", { round: 2, outcome: "approved" })).toBe("Approved, round 2");
    expect(wordsFor(event("submission.decided", { round: 1, outcome: "changes_requested" }), format).tone).toBe("blaze");
  });

  it("says what changed, by titles", () => {
    expect(said("enrollment.changed", { role: "data-scientist", target_date: "" }, { labels: { role: "Data scientist" } }))
      .toBe("Aim is now Data scientist, no target date any more");
  });

  it("shows what it has no words for by its label", () => {
    expect(said("badge.earned")).toBe("Badge earned");
  });
});

it("puts events under their days, in order", () => {
  const events = [event("a", {}, { day: "2026-11-22" }), event("b", {}, { day: "2026-11-22" }), event("c", {}, { day: "2026-11-20" })];
  expect(byDay(events).map(({ day, events: of }) => [day, of.length])).toEqual([["2026-11-22", 2], ["2026-11-20", 1]]);
});
