import { expect, it } from "vitest";
import { countLines, gutterRuns, rangeOfLine } from "./lines";

const TEXT = "one\ntwo\n\nfour";

it("finds a line of a text, and the last one for a line beyond its end", () => {
  const line = (number: number) => TEXT.slice(...rangeOfLine(TEXT, number));
  expect([1, 2, 3, 4, 9].map(line)).toEqual(["one", "two", "", "four", "four"]);
});

it("counts lines as an editor does", () => expect(["", "a", "a\n", TEXT].map(countLines)).toEqual([1, 1, 2, 4]));

it("makes each marked line a run of its own", () => {
  expect(gutterRuns(5, new Set([2, 3]))).toEqual([
    { text: "1", marked: false }, { text: "2", marked: true }, { text: "3", marked: true }, { text: "4\n5", marked: false },
  ]);
});
