import { Fragment, h, type ComponentChildren, type VNode } from "preact";
import { lookUp, lookUpPlural, written, type Names } from "./say";

/** The names in a text's angle brackets: "Read <a>more</a>" has a. */
type Tags<Text> = Text extends `${string}</${infer Tag}>${infer Rest}` ? Tag | Tags<Rest> : never;
type Wrap = (inside: ComponentChildren) => ComponentChildren;
type Parts<Text> = Record<Exclude<Names<Text>, "n">, ComponentChildren> & Record<Tags<Text>, Wrap>;

/**
 * A sentence with elements inside: `rich("If <b>{email}</b> has an account, read <a>this</a>.", { email, b: strong,
 * a: (inside) => <a href="/help">{inside}</a> })`. The sentence stays whole, so that a language may order it anew.
 */
export function rich<const Text extends string>(text: Text, parts: Parts<Text>): VNode {
  return whole(lookUp(text), parts);
}

/** The same for what counts; see `plural`. */
export function richPlural<const One extends string, const Many extends string>(n: number, one: One, many: Many, parts: Parts<One> & Parts<Many>): VNode {
  return whole(lookUpPlural(n, one, many), { ...parts, n: written(n) });
}

function whole(text: string, parts: Readonly<Record<string, ComponentChildren | Wrap>>): VNode {
  return h(Fragment, null, ...inside(text, parts));
}

/** The text cut at its names and tags; a tag's inside is cut again. What has no part stays as it is written. */
function inside(text: string, parts: Readonly<Record<string, ComponentChildren | Wrap>>): ComponentChildren[] {
  const cut: ComponentChildren[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{(\w+)\}|<(\w+)>(.*?)<\/\2>/gs)) {
    const [all, name, tag, within = ""] = match;
    const part = parts[name ?? tag ?? ""];
    cut.push(text.slice(at, match.index));
    at = match.index + all.length;
    if (typeof part === "function") cut.push((part as Wrap)(h(Fragment, null, ...inside(within, parts))));
    else cut.push(part === undefined ? all : typeof part === "number" ? written(part) : (part as ComponentChildren));
  }
  return [...cut, text.slice(at)].filter((piece) => piece !== "");
}
