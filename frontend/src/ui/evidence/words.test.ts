import { expect, it } from "vitest";
import { hostOf, sizeWord, typeWord } from "./words";

it.each([
  [1, "1 byte"],
  [812, "812 bytes"],
  [49_000, "48 KB"],
  [1_040_000, "1.0 MB"],
  [3_600_000, "3.4 MB"],
  [25 * 1024 * 1024, "25 MB"],
])("%i bytes are %s", (bytes, said) => expect(sizeWord(bytes)).toBe(said));

it("has a word for every type, and for one it does not know", () => {
  expect(typeWord("application/x-ipynb+json")).toBe("Notebook");
  expect(typeWord("x/y")).toBe("File");
});

it("says where a link leads", () => {
  expect(hostOf("https://www.example.org/a")).toBe("example.org");
  expect(hostOf("nonsense")).toBe("nonsense");
});
