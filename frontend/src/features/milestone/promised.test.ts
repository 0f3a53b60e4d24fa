import { expect, it } from "vitest";
import type { AnswerPromise } from "../../api/types";
import { promised } from "./promised";

const RANGE: AnswerPromise = { kind: "range", early_days: 2, late_days: 5, not_before: 0, answered: 8, unanswered: 1, place: 3, waiting_since: "2026-11-20T12:00:00Z", mentors: 2, away: 0, ladder: null, second_opinion: null };
const NOW = new Date("2026-11-22T12:00:00Z");
const say = (more: Partial<AnswerPromise> = {}) => {
  const found = promised({ ...RANGE, ...more }, NOW);
  return found && `${found.first} ${found.then}`;
};

it("says the place and the range", () => {
  expect(say()).toBe("You are number 3 in line. Answers have taken 2 to 5 days.");
  expect(say({ place: 1, waiting_since: null })).toBe("You would be next in line. Answers have taken 2 to 5 days.");
  expect(say({ place: 12, early_days: 3, late_days: 3 })).toBe("You are number 12 in line. Answers have taken about 3 days.");
  expect(say({ early_days: 0, late_days: 1 })).toContain("up to a day.");
});

it("names no end where there is none", () => {
  expect(say({ late_days: null })).toContain("2 days or more; many wait still.");
});

it("says what makes it longer", () => {
  expect(say({ waiting_since: "2026-11-10T12:00:00Z" })).toContain("longer than most");
  expect(say({ away: 1 })).toContain("1 of 2 mentors is away.");
  expect(say({ not_before: 4 })).toContain("Nobody has room for it in the next 4 days.");
});

it("says when there is too little, nobody, or no need", () => {
  expect(say({ kind: "too_little", answered: 1, unanswered: 2 })).toContain("too little to say how long it takes: 1 answer in three months, and 2 rounds had none.");
  expect(say({ kind: "nobody", mentors: 0 })).toContain("No mentor");
  expect(say({ kind: "not_needed" })).toBeUndefined();
});
