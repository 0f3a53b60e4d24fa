import { describe, expect, it } from "vitest";
import type { RunningTimer } from "../../api/types";
import { again, commandOf, fresh, measured } from "./draft";

const timer: RunningTimer = { enrollment_id: "e", milestone: { key: "m", title: "M" }, started_at: "2026-11-22T10:00:00Z", forgotten: false };
const at = (instant: string) => Date.parse(instant);

describe("what the log sheet opens with", () => {
  it("measures whole minutes, and asks for those of a forgotten timer", () => {
    expect(measured(timer, at("2026-11-22T10:00:05Z"))).toBe(1);
    expect(measured(timer, at("2026-11-22T10:44:40Z"))).toBe(45);
    expect(measured(timer, at("2026-11-23T08:00:00Z"))).toBe(0);
  });

  it("keeps the text of what was refused, and its id unless that is taken", () => {
    const command = { type: "log" as const, id: "1", milestone_key: "m", day: "2026-11-22", minutes: 5, note: "Typed on a train." };
    const refused = (code: string) => ({ command, enrollment_id: "e", title: "M", refused: { code, detail: "", status: 422 } });
    expect(again(refused("day-full"))).toMatchObject({ id: "1", note: "Typed on a train.", insteadOf: "1" });
    expect(again(refused("entry-id-taken"))?.id).not.toBe("1");
  });

  it("notes when it was written", () => {
    const typed = { milestone: "m", minutes: 5, day: "2026-11-22", note: " A line. " };
    expect(commandOf(fresh(undefined), typed, new Date("2026-11-22T10:00:00Z"))).toMatchObject({ note: "A line.", at: "2026-11-22T10:00:00.000Z" });
  });
});
