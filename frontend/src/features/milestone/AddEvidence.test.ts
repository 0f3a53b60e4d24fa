import { expect, it } from "vitest";
import { LARGEST_FILE } from "../../api/upload";
import { whyNot, withScheme } from "./AddEvidence";

it("says in words why a file can't be sent, before it is", () => {
  expect(whyNot({ name: "a.pdf", size: LARGEST_FILE })).toBeUndefined();
  expect(whyNot({ name: "a.pdf", size: LARGEST_FILE + 1 })).toContain("at most 25 MB");
  expect(whyNot({ name: "a.pdf", size: 0 })).toContain("a.pdf is empty");
});

it("completes an address that people paste without its scheme", () => {
  expect(withScheme("github.com/me/x")).toBe("https://github.com/me/x");
  expect(withScheme("http://a.example")).toBe("http://a.example");
  expect(withScheme("")).toBe("");
});
