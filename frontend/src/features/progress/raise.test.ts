import { expect, it } from "vitest";
import { targetFirst, worth } from "./raise";

it("says what a milestone is worth for its time", () => {
  expect([worth(8.4, 20), worth(0.6, 3), worth(0.2, 3)]).toEqual(["8 points more, for about 20 h", "1 point more, for about 3 h", "Less than a point more, for about 3 h"]);
});

it("begins with the role one heads for", () => {
  expect(targetFirst([{ key: "a", is_target: false }, { key: "b", is_target: true }]).map((one) => one.key)).toEqual(["b", "a"]);
});
