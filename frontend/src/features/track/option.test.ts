import { describe, expect, it } from "vitest";
import { meaning, todayFirst } from "./option";

const percent = (whole: number) => `${whole} %`;

describe("a track compared", () => {
  it.each([
    [64, 90, "Keeps 64 % of what is verified, adds about 90 h."],
    [100, 0, "Keeps all that is verified, as many hours as today."],
    [0, -12, "Keeps nothing of what is verified, takes about 12 h less."],
  ])("keeps %i, adds %i", (keeps, adds_hours, sentence) => expect(meaning({ keeps, adds_hours }, percent)).toBe(sentence));

  it("begins with today's track", () => {
    const options = [{ key: "a", is_current: false }, { key: "b", is_current: true }, { key: "c", is_current: false }];
    expect(todayFirst(options).map((one) => one.key)).toEqual(["b", "a", "c"]);
  });
});
