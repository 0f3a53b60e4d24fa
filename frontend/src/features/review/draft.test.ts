import { describe, expect, it } from "vitest";
import { both, EMPTY, isEmpty, keepHere, keptHere, type Content } from "./draft";

const content = (part: Partial<Content>): Content => ({ ...EMPTY, ...part });
const item = (text: string) => ({ text, criterion: "", evidence_id: null });

describe("two versions of a draft", () => {
  it("keeps both texts, this device's first", () => {
    expect(both(content({ feedback: "Here. " }), content({ feedback: "There." })).feedback).toBe("Here.\n\nThere.");
    expect(both(content({ feedback: "Same." }), content({ feedback: "Same." })).feedback).toBe("Same.");
    expect(both(content({}), content({ feedback: "There." })).feedback).toBe("There.");
  });

  it("adds what only the other has, and lets this device's score win", () => {
    const here = content({ scores: [{ criterion: "a", score: 3, reason: "" }], change_requests: [item("One.")] });
    const there = content({ scores: [{ criterion: "a", score: 0, reason: "x" }, { criterion: "b", score: 1, reason: "" }], change_requests: [item("One."), item("Two.")] });
    const merged = both(here, there);
    expect(merged.scores.map((row) => [row.criterion, row.score])).toEqual([["a", 3], ["b", 1]]);
    expect(merged.change_requests.map((row) => row.text)).toEqual(["One.", "Two."]);
  });
});

describe("what this device keeps", () => {
  it("comes back as it was, and goes when it is confirmed", () => {
    keepHere("s1", { version: 3, content: content({ feedback: "Typed" }) });
    expect(keptHere("s1")).toEqual({ version: 3, content: content({ feedback: "Typed" }) });
    keepHere("s1", undefined);
    expect(keptHere("s1")).toBeUndefined();
  });

  it("is not believed when it is broken", () => {
    localStorage.setItem("waymark:draft:s2", "{broken");
    expect(keptHere("s2")).toBeUndefined();
  });
});

it("an opened form with nothing in it is empty", () => {
  expect(isEmpty(content({ change_requests: [item(" ")], scores: [{ criterion: "a", score: null, reason: "" }] }))).toBe(true);
  expect(isEmpty(content({ scores: [{ criterion: "a", score: 0, reason: "" }] }))).toBe(false);
});
