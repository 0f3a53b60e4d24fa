import { useEffect, useState } from "preact/hooks";

/** What a language says for a text: the sentence, or one for each form its plural has. */
export type Entry = string | { readonly [form in Intl.LDMLPluralRule]?: string };
/** A language: English sentences and what they are in it. */
export type Catalogue = Readonly<Record<string, Entry>>;

/** One file a language, in a chunk of its own: a further language is a further file. English is in the code. */
const CATALOGUES = import.meta.glob<{ default: Catalogue }>("./catalogues/*.json");
const fileOf = (language: string) => `./catalogues/${language}.json`;

export const SOURCE = "en";
/** The languages the client speaks, as BCP 47 tags. */
export const LANGUAGES: readonly string[] = [SOURCE, ...Object.keys(CATALOGUES).map((path) => /([^/]+)\.json$/.exec(path)?.[1] ?? "")];
const STORE = "waymark:language";
const NOTHING: Catalogue = {};

let spoken = SOURCE;
let catalogue: Catalogue = NOTHING;
let wanted = SOURCE;
const listeners = new Set<() => void>();

/** The language on screen now. */
export const language = (): string => spoken;

/** The same as this device writes it: "en" on a British phone is en-GB. For Intl. */
export const locale = (): string => regional(spoken);

/** What the language on screen says for an English text; undefined where it says nothing of its own. */
export const entry = (text: string): Entry | undefined => catalogue[text];

/** Whether the client speaks it. */
export const isKnown = (one: string): boolean => LANGUAGES.includes(one);

/** How a language calls itself: "Deutsch". */
export function ownName(one: string): string {
  const name = new Intl.DisplayNames([one], { type: "language" }).of(one) ?? one;
  return name.charAt(0).toLocaleUpperCase(one) + name.slice(1);
}

/** A language as the device writes it, where it says how. */
export function regional(one: string, device: readonly string[] = navigator.languages): string {
  return device.find((other) => other.split("-")[0] === one) ?? one;
}

/** The language to begin with: what was on screen the last time, else what the browser asks for. */
export function preferred(device: readonly string[] = navigator.languages): string {
  const kept = localStorage.getItem(STORE);
  return [kept ?? "", ...device.map((one) => one.split("-")[0] ?? "")].find(isKnown) ?? SOURCE;
}

/**
 * Speak a language from now on, and remember it on this device. Resolves when it is on screen; with
 * one that is unknown here, or that can't be loaded right now, all stays as it is.
 */
export async function speak(one: string): Promise<void> {
  wanted = one;
  if (!isKnown(one)) return;
  remember(one);
  if (one === spoken) return;
  const load = CATALOGUES[fileOf(one)];
  try {
    const words = load ? (await load()).default : NOTHING;
    // Whoever was asked for last is on screen, whichever file came last.
    if (wanted === one) speakFrom(one, words);
  } catch {
    // No connection and nothing kept: what is on screen stays readable.
  }
}

/** Speak from a catalogue at hand. */
export function speakFrom(one: string, words: Catalogue): void {
  spoken = wanted = one;
  catalogue = words;
  document.documentElement.lang = one;
  document.querySelector("link[rel=manifest]")?.setAttribute("href", one === SOURCE ? "/manifest.webmanifest" : `/manifest.${one}.webmanifest`);
  listeners.forEach((tell) => tell());
}

/** Be told when another language is on screen. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Draw anew when the language changes. Stands at the top of what is drawn; nothing below needs it. */
export function useLanguage(): string {
  const [now, set] = useState(spoken);
  useEffect(() => {
    set(spoken);
    return onLanguage(() => set(spoken));
  }, []);
  return now;
}

/** For `Accept-Language`, so that the server's sentences come in the same language. */
export function languageHeader(): string {
  return [...new Set([locale(), spoken])].join(", ");
}

function remember(one: string): void {
  try {
    localStorage.setItem(STORE, one);
  } catch {
    // A forbidden store only costs that the next visit begins with the browser's language.
  }
}
