import { expect, it } from "vitest";
import type { SavedComment } from "../../api/types";
import { grouped } from "./grouped";

const saved = (title: string, cohort_id: string | null) => ({ title, cohort_id }) as SavedComment;
const told = (...all: SavedComment[]) => grouped(all, [{ id: "a", name: "Autumn" }, { id: "b", name: "Spring" }]).map(({ cohort, rows }) => [cohort?.name ?? "", ...rows.map((one) => one.title)]);

it("one’s own stand first, then cohort by cohort, in their order", () => {
  expect(told(saved("1", "b"), saved("2", null), saved("3", "a"), saved("4", null))).toEqual([["", "2", "4"], ["Autumn", "3"], ["Spring", "1"]]);
});

it("what belongs to a cohort one has left is one’s own", () => expect(told(saved("1", "gone"))).toEqual([["", "1"]]));

it("nothing is no group", () => expect(told()).toEqual([]));
