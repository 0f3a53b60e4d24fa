import { expect, it } from "vitest";
import { elapsed } from "./elapsed";

it.each([[-5, "0:00"], [7_400, "0:07"], [45 * 60_000, "45:00"], [3_723_000, "1:02:03"]])("%i ms read %s", (milliseconds, text) => {
  expect(elapsed(milliseconds)).toBe(text);
});
