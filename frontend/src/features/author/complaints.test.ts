import { expect, it } from "vitest";
import { complaintsOf, linesWith } from "./complaints";

it("orders complaints by their lines, those about the whole document first", () => {
  const found = complaintsOf([
    { field: "title", code: "wrong-type", detail: "Not a text.", line: 12 },
    { field: "stages[0]", code: "cycle", detail: "In a circle.", line: 3 },
    { field: "", code: "not-yaml", detail: "No YAML.", line: null },
  ]);
  expect(found.map(({ line }) => line)).toEqual([undefined, 3, 12]);
  expect(linesWith(found)).toEqual(new Set([3, 12]));
});
