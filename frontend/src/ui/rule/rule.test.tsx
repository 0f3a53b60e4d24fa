import { render } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { formatFor } from "../format/format";
import { RuleTree } from "./RuleTree";
import { missingFirst, reason, standing, type Leaf, type Rule } from "./tree";

const format = formatFor({ locale: "en-GB", timeZone: "UTC" });
const leaf = (key: string, more: Partial<Leaf> = {}): Leaf => ({
  type: "milestone", key, title: key, effort_hours: 6, status: "available", met: false, weight: 1, required: false, because: null, ...more,
});
const rule = (parts: Rule["parts"], more: Partial<Rule> = {}): Rule => ({
  type: "rule", kind: "at_least", title: "", sentence: "At least 1 of these 2: 0 of 1", met: false, have: 0, need: 1, total: 2, weight: 1, required: true, parts, ...more,
});

describe("the rule tree", () => {
  it("has what is missing first, and keeps the order otherwise", () => {
    const parts = [leaf("a", { met: true }), leaf("b"), leaf("c", { met: true }), leaf("d")];
    expect(missingFirst(parts).map((part) => part.type === "milestone" && part.key)).toEqual(["b", "d", "a", "c"]);
  });

  it("says required only where not all are, and points only by weight", () => {
    expect(standing(leaf("a", { required: true }), rule([], { kind: "all_of" }))).toBe("");
    expect(standing(leaf("a", { required: true }), rule([]))).toBe("required");
    expect(standing(leaf("a", { required: true, weight: 3 }), rule([], { kind: "by_weight" }))).toBe("required, 3 points");
    expect(standing(leaf("a"), rule([], { kind: "by_weight" }))).toBe("1 point");
  });

  it("gives the event behind a milestone, or what it takes", () => {
    const because = (type: string) => ({ type, occurred_at: "2020-03-04T10:00:00Z" });
    expect(reason(leaf("a"), format)).toBe("About 6 h");
    expect(reason(leaf("a", { status: "locked" }), format)).toBe("Locked, about 6 h");
    expect(reason(leaf("a", { met: true, because: because("submission.decided.v1") }), format)).toBe("Approved 4 Mar 2020");
    expect(reason(leaf("a", { status: "changes_requested", because: because("submission.decided.v1") }), format)).toBe("Changes requested 4 Mar 2020. About 6 h");
    expect(reason(leaf("a", { met: true }), format)).toBe("Complete");
  });

  it("shows groups inside, with their own sentence", () => {
    const group = rule([leaf("x"), leaf("y")], { title: "Breads", sentence: "All of these: 0 of 2" });
    const { container } = render(<RuleTree rule={rule([leaf("a", { met: true }), group])} hrefOf={(key) => `/milestones/${key}`} />);
    expect(container.querySelector(".rule-group")?.textContent).toContain("All of these: 0 of 2");
    expect([...container.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(["/milestones/x", "/milestones/y", "/milestones/a"]);
  });
});
