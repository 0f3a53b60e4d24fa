import { expect, it } from "vitest";
import type { Foreseen } from "../../api/types";
import { byDay, said, ways } from "./ahead";

const one = (day: string, ...channels: [string, string, string[]][]) =>
  ({ day, channels: channels.map(([channel, outcome, why]) => ({ channel, outcome, why })) }) as Foreseen;

it("keeps what is of one day together, the earliest day first", () => {
  const days = byDay([one("2026-12-02"), one("2026-11-30"), one("2026-12-02")]);
  expect(days.map(([day, items]) => [day, items.length])).toEqual([["2026-11-30", 1], ["2026-12-02", 2]]);
});

it("says by which ways something comes, or that the inbox alone has it", () => {
  expect(ways(one("", ["email", "sent", []], ["push", "sent", []]))).toBe("by email and on your devices");
  expect(ways(one("", ["email", "sent", []], ["push", "dropped", []]))).toBe("by email");
  expect(ways(one("", ["email", "dropped", []]))).toBe("in your inbox only");
});

it("says once what the rules say twice", () => {
  expect(said(one("", ["email", "dropped", ["Off."]], ["push", "dropped", ["Off."]]))).toEqual(["Off."]);
});
