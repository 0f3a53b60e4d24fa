import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";

const FRONTEND = resolve(import.meta.dirname, "../..");
const SRC = join(FRONTEND, "src");

/** A text that screens say: its key in the catalogues, and its English forms where it counts. */
export interface Said { key: string; text: string; one?: string; file: string; line: number }
/** A place in the code where something is wrong. */
export interface Fault { file: string; line: number; what: string }

/** Which arguments of a function are texts. */
const TEXTS: Record<string, readonly number[]> = { t: [0], rich: [0], inContext: [0, 1], plural: [1, 2], richPlural: [1, 2] };

/** The client's own files, tests and generated ones aside. */
export function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$|^sw\//.test(name))
    .sort();
}

export function parse(file: string, text = readFileSync(join(SRC, file), "utf8")): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

export const lineOf = (source: ts.SourceFile, node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;

/** The names under which a file has the speaking functions: from `i18n/t`, or within i18n from where they are made. */
function speakersOf(source: ts.SourceFile): Map<string, string> {
  const names = new Map<string, string>(source.fileName === "i18n/say.ts" ? [["t", "t"]] : []);
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier) || !/\/i18n\/t$/.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) for (const one of bindings.elements) names.set(one.name.text, (one.propertyName ?? one.name).text);
  }
  return names;
}

/** The call of a speaking function that a node is, with its texts' arguments. */
export function speaking(source: ts.SourceFile): (node: ts.Node) => { name: string; texts: ts.Expression[] } | undefined {
  const speakers = speakersOf(source);
  return (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
    const name = speakers.get(node.expression.text);
    const places = name === undefined ? undefined : TEXTS[name];
    return name && places ? { name, texts: places.flatMap((place) => node.arguments[place] ?? []) } : undefined;
  };
}

/** All that one file says, and where it speaks in a way that can't be translated. */
export function collectFrom(source: ts.SourceFile): { said: Said[]; faults: Fault[] } {
  const said: Said[] = [];
  const faults: Fault[] = [];
  const speaks = speaking(source);
  const fault = (node: ts.Node, what: string) => faults.push({ file: source.fileName, line: lineOf(source, node), what });

  function visit(node: ts.Node, inFunction: boolean): void {
    const call = speaks(node);
    if (call) {
      if (!inFunction) fault(node, "speaks when the file is loaded, before anybody’s language is known");
      const [first, second] = call.texts.map(literals);
      if (!first?.length || (call.texts.length > 1 && !second?.length)) fault(node, "a text must stand literally in the call");
      else if (call.name === "inContext") for (const text of second ?? []) add(node, `${text} @${first[0]}`, text);
      else if (second) add(node, second[0] ?? "", second[0] ?? "", first[0]);
      else for (const text of first) add(node, text, text);
    }
    const within = inFunction || ts.isFunctionLike(node);
    ts.forEachChild(node, (child) => visit(child, within));
  }
  function add(node: ts.Node, key: string, text: string, one?: string): void {
    if (/^[\s,.;:]|\s$/.test(text)) fault(node, `a piece of a sentence can’t be translated: “${text}”`);
    said.push({ key, text, ...(one === undefined ? {} : { one }), file: source.fileName, line: lineOf(source, node) });
  }
  visit(source, false);
  return { said, faults };
}

/** The texts an argument may be: a literal, or a choice between literals; none for anything else. */
function literals(node: ts.Expression): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  if (!ts.isConditionalExpression(node)) return [];
  const [yes, no] = [literals(node.whenTrue), literals(node.whenFalse)];
  return yes.length > 0 && no.length > 0 ? [...yes, ...no] : [];
}

/** What the manifest says: it is made for each language when the client is built. */
export function fromManifest(): Said[] {
  const file = "public/manifest.webmanifest";
  const manifest = JSON.parse(readFileSync(join(FRONTEND, file), "utf8")) as { description: string; shortcuts: { name: string }[] };
  return [manifest.description, ...manifest.shortcuts.map((one) => one.name)].map((text) => ({ key: text, text, file, line: 0 }));
}

/** All that the client says. */
export function collectAll(): { said: Said[]; faults: Fault[] } {
  const found = sourceFiles().map((file) => collectFrom(parse(file)));
  return { said: [...found.flatMap((one) => one.said), ...fromManifest()], faults: found.flatMap((one) => one.faults) };
}

/** The names in braces and tags of a text, in order of the alphabet. */
export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}|<(\w+)>.*?<\/\2>/gs)].flatMap((match) => [match[1] ?? match[2] ?? "", ...(match[2] ? namesIn(match[0].replace(/^<\w+>|<\/\w+>$/g, "")) : [])]))].sort();
}

export const CATALOGUES = join(SRC, "i18n/catalogues");
export type Catalogue = Record<string, string | Record<string, string>>;
export const readCatalogue = (language: string): Catalogue => JSON.parse(readFileSync(join(CATALOGUES, `${language}.json`), "utf8")) as Catalogue;
export const languages = (): string[] => readdirSync(CATALOGUES).map((name) => name.replace(/\.json$/, "")).sort();

/** The forms a language's plurals have: "one" and "other" in German, more elsewhere. */
export const formsOf = (language: string): string[] => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

/** A catalogue with exactly what is said: what it has already, empty for what is new, nothing else; by the alphabet. */
export function renewed(language: string, catalogue: Catalogue, said: readonly Said[]): Catalogue {
  const texts = new Map(said.map((one) => [one.key, one]));
  const keys = [...texts.keys()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => {
    const had = catalogue[key];
    if (texts.get(key)?.one === undefined) return [key, typeof had === "string" ? had : ""];
    const forms = typeof had === "object" ? had : {};
    return [key, Object.fromEntries(formsOf(language).map((form) => [form, forms[form] ?? ""]))];
  }));
}
