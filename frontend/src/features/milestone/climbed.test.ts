import { expect, it } from "vitest";
import type { AnswerPromise, ReviewLadder } from "../../api/types";
import { climbed } from "./climbed";

const PROMISE: AnswerPromise = { kind: "too_little", early_days: null, late_days: null, not_before: 0, answered: 0, unanswered: 0, place: 1, waiting_since: "2026-11-20T12:00:00Z", mentors: 2, away: 0, ladder: null, second_opinion: null };
const LADDER: ReviewLadder = { days: 5, step: "offer", next_step: "hand_over", next_at: "2026-11-27T12:00:00Z", held: false, resting: false, handed_to: null, handed_at: null, coordinators: 1 };
const say = (ladder: Partial<ReviewLadder> = {}, more: Partial<AnswerPromise> = {}) => climbed({ ...PROMISE, ...more, ladder: { ...LADDER, ...ladder } }, (at) => at.slice(0, 10));

it("says what was done and what comes next", () => {
  expect(say({ days: 0, step: null, next_step: "remind" })).toBe("Without an answer your mentors are reminded on 2026-11-27.");
  expect(say({ days: 3, step: "remind", next_step: "offer" })).toBe("Waiting 3 days; your mentors were reminded. On 2026-11-27 it is offered to all who may review it.");
  expect(say()).toBe("Waiting 5 days; offered to all who may review it, whatever they usually take. On 2026-11-27 it is handed to a mentor with room.");
});

it("names who has it, and says when nobody can", () => {
  const olu = { id: "1", name: "Olu" };
  expect(say({ days: 7, step: "hand_over", next_step: "tell", handed_to: olu })).toBe("Waiting 7 days; Olu is asked to answer it. On 2026-11-27 whoever leads your cohort is told.");
  expect(say({ days: 7, step: "hand_over", next_step: "tell" })).toContain("No other mentor has room for it yet");
  expect(say({ days: 11, step: "tell", next_step: null, next_at: null, handed_to: olu })).toBe("Waiting 11 days; Olu is asked to answer it. Whoever leads your cohort knows.");
});

it("promises nothing that will not happen", () => {
  expect(say({ days: 3, step: "remind", next_step: "offer" }, { mentors: 1 })).toContain("your mentor is reminded again");
  expect(say({}, { mentors: 1 })).toBe("Waiting 5 days; your mentor was reminded again.");
  expect(say({ days: 11, step: "tell", next_step: null, next_at: null, coordinators: 0 }, { mentors: 1 })).toBe("Waiting 11 days. There is no other mentor to ask. Invite another mentor under You.");
  expect(say({ days: 7, step: "hand_over", next_step: "tell", coordinators: 0 })).not.toContain("is told");
  expect(say({ resting: true, next_step: null, next_at: null })).toBe("Waiting 5 days; offered to all who may review it, whatever they usually take.");
});

it("says that somebody is at work, and nothing before handing in", () => {
  expect(say({ held: true })).toBe("A mentor is looking at it now.");
  expect(climbed({ ...PROMISE, ladder: null }, String)).toBeUndefined();
});
