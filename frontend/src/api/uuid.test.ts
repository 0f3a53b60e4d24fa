import { expect, it } from "vitest";
import { uuid7 } from "./uuid";

it("makes ids of version 7 that sort by time", () => {
  const early = uuid7(Date.UTC(2026, 10, 22));
  const late = uuid7(Date.UTC(2026, 10, 23));
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
  expect(parseInt(early.replaceAll("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 22));
  expect(new Set(Array.from({ length: 500 }, () => uuid7(0))).size).toBe(500);
});
