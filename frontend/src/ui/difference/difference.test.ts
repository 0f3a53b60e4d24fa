import { expect, it } from "vitest";
import { linesOf } from "./Difference";

const named = (key: string) => ({ key, title: key.toUpperCase() });
const NONE = { added: [], removed: [], moved: [], merged: [], split: [], changed: [], rules: [] };

it("tells what became of what", () => {
  const lines = linesOf({
    ...NONE,
    added: [named("a")],
    merged: [{ old: [named("b"), named("c")], new: named("d") }],
    split: [{ old: named("e"), new: [named("f"), named("g")] }],
    moved: [{ old: named("h"), new: { key: "h-2", title: "H" } }],
    changed: [{ ...named("i"), fields_changed: ["effort_hours", "steps"] }],
  });
  expect(lines.map(({ what, lines: [first] }) => `${what}: ${first?.text}`)).toEqual([
    "1 milestone added: A", "1 merge: B, C become D", "1 split: E becomes F, G", "1 milestone under a new key: H: h is now h-2", "1 milestone changed: I: effort hours, steps",
  ]);
});

it("has no lines where nothing differs", () => expect(linesOf(NONE)).toEqual([]));
