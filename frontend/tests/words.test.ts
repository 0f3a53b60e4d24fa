// @vitest-environment node
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { collectAll, collectFrom, formsOf, languages, namesIn, parse, readCatalogue, renewed, sourceFiles, type Fault } from "./words/collect";
import { hardcodedIn } from "./words/hardcoded";

const all = collectAll();
const told = (faults: Fault[]) => faults.map(({ file, line, what }) => `${file}:${line} ${what}`);

it("every text stands literally in the code, and is said when somebody looks", () => expect(told(all.faults)).toEqual([]));

it.each(sourceFiles())("%s says nothing that can’t be translated", (file) => expect(told(hardcodedIn(parse(file)))).toEqual([]));

it("a text is either one that counts or one that does not", () => {
  const counts = new Map<string, boolean>();
  for (const { key, one } of all.said) {
    expect(counts.get(key) ?? one !== undefined, key).toBe(one !== undefined);
    counts.set(key, one !== undefined);
  }
});

it("the client and the server speak the same languages", () => {
  const contract = readFileSync(resolve(import.meta.dirname, "../../docs/openapi.yaml"), "utf8");
  const servers = /^    Locale:\n      enum:\n((?:      - .+\n)+)/m.exec(contract)?.[1]?.match(/[\w-]+(?=\n)/g);
  expect(["en", ...languages()].sort()).toEqual(servers?.sort());
});

describe.each(languages())("the catalogue %s", (language) => {
  const catalogue = readCatalogue(language);

  it("has every text that is said, and no other; in order (npm run words puts it so)", () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(renewed(language, catalogue, all.said)));
  });

  it("says something for each, in every form that the language has", () => {
    const silent = Object.entries(catalogue).filter(([, said]) => typeof said === "string" ? said === "" : !formsOf(language).every((form) => said[form]));
    expect(silent.map(([key]) => key)).toEqual([]);
  });

  it("names what the English text names, and marks what it marks", () => {
    const english = new Map(all.said.map((one) => [one.key, one]));
    for (const [key, said] of Object.entries(catalogue)) {
      const { text = "", one } = english.get(key) ?? {};
      for (const form of typeof said === "string" ? [said] : Object.values(said)) {
        // A form for a single thing may say its number in a word.
        const allowed = one === undefined ? [namesIn(text)] : [namesIn(text), namesIn(one), namesIn(text).filter((name) => name !== "n")];
        expect(allowed, key).toContainEqual(namesIn(form));
      }
    }
  });
});

describe("the collector", () => {
  const code = (text: string) => parse("example.tsx", `import { inContext, plural, rich, t } from "../i18n/t";\n${text}`);

  it("reads texts, plurals, contexts and choices", () => {
    const { said, faults } = collectFrom(code('const a = () => [t("One"), plural(2, "{n} day", "{n} days"), inContext("button", "Open"), t(b ? "Yes" : "No"), rich("A <b>b</b>", { b })];'));
    expect(said.map((one) => one.key)).toEqual(["One", "{n} days", "Open @button", "Yes", "No", "A <b>b</b>"]);
    expect(faults).toEqual([]);
  });

  it.each(["const a = () => t(text);", "const a = () => t(`Hello ${name}`);", "const a = () => plural(2, one, many);", 'const a = () => t(", and more");', 'const A = t("Early");'])("refuses %s", (text) =>
    expect(collectFrom(code(text)).faults).toHaveLength(1),
  );

  it.each([
    "const a = () => <p>Hello</p>;",
    'const a = () => <Field label="name" />;',
    'const a = () => <p>{late ? "too late" : t("In time")}</p>;',
    'const a = () => <p aria-label={`about ${n}`} />;',
    'const a = () => toast("Saved.");',
    'const WORDS = { done: "Done" };',
    'const a = () => `${name} is late`;',
    'const a = () => t("{who} is late", { who: "Somebody" });',
  ])("finds what is hard-coded in %s", (text) => expect(hardcodedIn(code(text))).toHaveLength(1));

  it.each([
    'const a = () => <p class="stack tight" id="here">{t("Hello")}</p>;',
    'const a = () => <p>{kind === "done at last" ? t("Done") : n}</p>;',
    'const a = () => <h1>Waymark</h1>;',
    'function a() { throw new Error("A screen stands outside."); }',
    'const a = (): "Some text" | undefined => undefined;',
  ])("lets %s be", (text) => expect(hardcodedIn(code(text))).toEqual([]));

  it("knows names and tags, also one in the other", () => expect(namesIn("If <b>{email}</b> is {n}, <a>go</a>")).toEqual(["a", "b", "email", "n"]));
});
