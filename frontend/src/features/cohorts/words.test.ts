import { expect, it } from "vitest";
import { partsOf, usesOf } from "./words";

it("names the parts of somebody", () => {
  expect(partsOf([])).toBe("");
  expect(partsOf(["mentor"])).toBe("mentor");
  expect(partsOf(["learner", "mentor"])).toBe("mentor and learner");
  expect(partsOf(["learner", "mentor", "coordinator"])).toBe("coordinator, mentor and learner");
});

it("says how often a link was used", () => {
  expect(usesOf({ uses: 0, max_uses: 1 })).toBe("for one person");
  expect(usesOf({ uses: 3, max_uses: 20 })).toBe("3 of 20 used");
});
