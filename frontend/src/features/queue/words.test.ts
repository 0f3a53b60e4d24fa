import { expect, it } from "vitest";
import { heldWords, narrowedBy } from "./words";

it("says who holds what", () => {
  expect(heldWords({ free: 3, mine: 0, others: 0 })).toBe("3 free.");
  expect(heldWords({ free: 0, mine: 1, others: 2 })).toBe("0 free, 1 with you, 2 with others.");
});

it("knows whether a list is narrowed", () => {
  expect(narrowedBy({})).toBe(false);
  expect(narrowedBy({ scope: "all", shelf: "offered" })).toBe(false);
  expect(narrowedBy({ scope: "mine" })).toBe(true);
  expect(narrowedBy({ waiting_for: 3 })).toBe(true);
});
