import { entry, language, locale, SOURCE } from "./language";

/** The names in a text's braces: "{n} of {total}" has n and total. */
export type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
export type Value = string | number;
/** Nothing where a text has no braces, else a value for each. */
export type Values<Name extends string> = [Name] extends [never] ? [] : [values: Record<Name, Value>];

/** Parts a key from its context; no text has it. */
const CONTEXT = " @";

/**
 * A text in the language on screen. The English text is the key, so it stands literally in the call:
 * `t("Log {minutes} minutes", { minutes })`. A whole sentence each: its words may stand in another
 * order elsewhere. Numbers are written as the language writes them; give years and codes as strings.
 */
export function t<const Text extends string>(text: Text, ...[values]: Values<Names<Text>>): string {
  return fill(lookUp(text), values);
}

/** The same for a text that means several things: `inContext("button", "Open")`; English shows the text alone. */
export function inContext<const Text extends string>(context: string, text: Text, ...[values]: Values<Names<Text>>): string {
  return fill(lookUp(`${text}${CONTEXT}${context}`, text), values);
}

/**
 * What counts: `plural(days, "{n} day left", "{n} days left")`. `{n}` is the count; a language has as
 * many forms as it needs, in its catalogue under the second text.
 */
export function plural<const One extends string, const Many extends string>(n: number, one: One, many: Many, ...[values]: Values<Exclude<Names<One> | Names<Many>, "n">>): string {
  return fill(lookUpPlural(n, one, many), { ...(values as Record<string, Value> | undefined), n });
}

/** Things in a row, as the language rows them: "a, b and c", "a, b or c"; with "unit" none of these words: "a, b, c". */
export function list(things: readonly string[], type: "conjunction" | "disjunction" | "unit" = "conjunction"): string {
  if (type === "unit") return things.reduce((before, next) => (before ? t("{before}, {next}", { before, next }) : next), "");
  // English here is written as in Britain: no comma before "and", whatever the device says.
  return new Intl.ListFormat(language() === SOURCE ? "en-GB" : locale(), { type, style: "long" }).format(things);
}

/** A number as the language writes it: "1,234.5". */
export function number(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(locale(), options).format(value);
}

export function lookUp(key: string, text = key): string {
  const said = entry(key);
  return typeof said === "string" && said !== "" ? said : text;
}

export function lookUpPlural(n: number, one: string, many: string): string {
  const said = entry(many);
  if (typeof said === "string" && said !== "") return said;
  const form = new Intl.PluralRules(locale()).select(n);
  if (typeof said === "object") return said[form] || said.other || many;
  return new Intl.PluralRules("en").select(n) === "one" ? one : many;
}

/** A value as it stands in a sentence. */
export const written = (value: Value): string => (typeof value === "number" ? number(value) : value);

function fill(text: string, values: Readonly<Record<string, Value>> | undefined): string {
  return values ? text.replaceAll(/\{(\w+)\}/g, (all, name: string) => (name in values ? written(values[name] ?? "") : all)) : text;
}
