import { expect, it } from "vitest";
import { turnWords } from "./Conversation";

it("says whose turn it is from where one stands", () => {
  expect(turnWords("learner", "learner")).toBe("Your turn");
  expect(turnWords("mentors", "mentor")).toBe("Your turn");
  expect(turnWords("mentors", "learner")).toBe("Your mentor’s turn");
  expect(turnWords("learner", "mentor")).toBe("The learner’s turn");
  expect(turnWords("nobody", "learner")).toBe("");
});
