import { expect, it } from "vitest";
import type { OpinionWait, ReviewLadder } from "../../api/types";
import { climbed } from "./climbed";

const LADDER: ReviewLadder = { days: 5, step: "offer", next_step: "tell", next_at: "2026-12-02T12:00:00Z", held: false, resting: false, handed_to: null, handed_at: null, coordinators: 1 };
const say = (ladder: Partial<ReviewLadder> = {}, { mentors = 2, mine = true } = {}) => {
  const wait: OpinionWait = { asked_at: "2026-11-22T12:00:00Z", mentors, ladder: { ...LADDER, ...ladder } };
  return climbed(wait, mine, (at) => at.slice(0, 10));
};

it("says what was done and what comes next", () => {
  expect(say({ days: 0, step: null, next_step: "remind" })).toBe("Unless somebody gives it, the other mentors are reminded on 2026-12-02.");
  expect(say({ days: 3, step: "remind", next_step: "offer" })).toBe("Waiting 3 days; the other mentors were reminded. On 2026-12-02 it is offered to all who may give it.");
  expect(say()).toBe("Waiting 5 days; offered to all who may give it, whatever they usually take. On 2026-12-02 whoever leads your cohort is told.");
  expect(say({ days: 10, step: "tell", next_step: null, next_at: null })).toBe("Waiting 10 days; offered to all who may give it, whatever they usually take. Whoever leads your cohort knows.");
});

it("speaks of one mentor where there is one", () => {
  expect(say({ days: 0, step: null, next_step: "remind" }, { mentors: 1 })).toBe("Unless it is given, the other mentor is reminded on 2026-12-02.");
  expect(say({ days: 3, step: "remind", next_step: "offer" }, { mentors: 1 })).toBe("Waiting 3 days; the other mentor was reminded. On 2026-12-02 the other mentor is reminded again.");
  expect(say({}, { mentors: 1 })).toContain("the other mentor was reminded again.");
});

it("promises nothing that will not happen", () => {
  expect(say({ coordinators: 0 })).not.toContain("cohort");
  expect(say({ resting: true, next_step: null, next_at: null })).toBe("Waiting 5 days; offered to all who may give it, whatever they usually take.");
  expect(say({ days: 11, step: "tell", next_step: null, next_at: null, coordinators: 0 })).toContain("Invite another mentor under You.");
  expect(say({}, { mentors: 0 })).toBe("There is no other mentor who may give it. Invite another mentor under You.");
  expect(say({ step: "tell", next_step: null, next_at: null }, { mentors: 0 })).toBe("There is no other mentor who may give it. Whoever leads your cohort knows.");
});

it("speaks to the mentor who decided of the learner's cohort", () => {
  expect(say({}, { mine: false })).toContain("On 2026-12-02 whoever leads the cohort is told.");
  expect(say({}, { mentors: 0, mine: false })).toBe("There is no other mentor who may give it.");
});

it("leaves it to the notice to name who is at work", () => {
  expect(say({ held: true })).toBeUndefined();
});
