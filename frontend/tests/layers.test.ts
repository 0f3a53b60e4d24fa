// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");

/** What each part may import beside itself; a feature is its own part. */
const MAY: Record<string, string[]> = {
  app: ["features", "ui", "api", "offline", "i18n", "styles"],
  features: ["ui", "api", "offline", "i18n"],
  offline: ["api", "i18n"],
  api: ["i18n"],
  ui: ["i18n"],
  i18n: [],
  sw: [],
};

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));

/** "features/log" for a feature's file, else the top folder. */
function partOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "features" ? `features/${second}` : top;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/from "(\.[^"]+)"|import "(\.[^"]+)"/g)].map((match) =>
    relative(SRC, resolve(dirname(join(SRC, file)), match[1] ?? match[2] ?? "")),
  );
}

describe("imports point one way", () => {
  it.each(files)("%s", (file) => {
    const part = partOf(file);
    const may = MAY[part.split("/")[0] ?? ""] ?? [];
    const strays = importsOf(file).filter((target) => partOf(target) !== part && !may.includes(target.split("/")[0] ?? ""));
    expect(strays, `${part} may import only ${may.join(", ") || "itself"}`).toEqual([]);
  });

  it("found the files", () => expect(files.length).toBeGreaterThan(40));
});

/** What a file needs to run: an import of types alone makes no circle. */
function neededBy(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8").replace(/^import type .*$/gm, "");
  return [...text.matchAll(/from "(\.[^"]+)"|import\("(\.[^"]+)"\)/g)].flatMap((match) => {
    const stem = relative(SRC, resolve(dirname(join(SRC, file)), match[1] ?? match[2] ?? ""));
    return files.filter((one) => one === `${stem}.ts` || one === `${stem}.tsx`);
  });
}

it("no files need each other in a circle", () => {
  const needs = new Map(files.map((file) => [file, neededBy(file)]));
  expect(needs.get("app/App.tsx")?.length).toBeGreaterThan(3);
  const clear = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): string | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file].join(" → ");
    if (clear.has(file)) return undefined;
    const found = (needs.get(file) ?? []).map((next) => circleFrom(next, [...way, file])).find(Boolean);
    clear.add(file);
    return found;
  };
  expect(files.map((file) => circleFrom(file, [])).filter(Boolean)).toEqual([]);
});

it("no markup carries a style attribute or an inline script, which the CSP would refuse", () => {
  const html = readFileSync(resolve(SRC, "../index.html"), "utf8");
  expect(html).not.toMatch(/style=|<style|<script(?![^>]*src=)/);
  for (const file of files.filter((name) => !name.includes(".test."))) expect(readFileSync(join(SRC, file), "utf8"), file).not.toMatch(/dangerouslySetInnerHTML|\.innerHTML/);
});
