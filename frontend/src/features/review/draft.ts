import type { DraftInput, ReviewDraft } from "../../api/types";

/** What a mentor types, without the version it was typed over. */
export type Content = Required<Omit<DraftInput, "version">>;
export interface Kept { version: number; content: Content }

export const EMPTY: Content = { feedback: "", private_note: "", scores: [], change_requests: [], settled: [] };

/** The content of a draft as it came from the server. */
export function contentOf(draft: ReviewDraft | null | undefined): Content {
  if (!draft) return EMPTY;
  const { feedback, private_note, scores, change_requests, settled } = draft;
  return { feedback, private_note, scores, change_requests, settled };
}

export const same = (one: Content, other: Content): boolean => JSON.stringify(one) === JSON.stringify(other);

export const isEmpty = (content: Content): boolean =>
  !content.feedback.trim() && !content.private_note.trim() && content.settled.length === 0 &&
  content.change_requests.every((item) => !item.text.trim()) && content.scores.every((one) => one.score === null && !one.reason?.trim());

/** Both texts, one after the other; for the rest, what is `here` wins and what only the other has is added. */
export function both(here: Content, other: Content): Content {
  const text = (one: string, two: string) => (one === two || !two.trim() ? one : one.trim() ? `${one.trimEnd()}\n\n${two}` : two);
  const added = <T,>(mine: T[], theirs: T[], key: (one: T) => string) => [...mine, ...theirs.filter((one) => !mine.some((known) => key(known) === key(one)))];
  return {
    feedback: text(here.feedback, other.feedback),
    private_note: text(here.private_note, other.private_note),
    scores: added(here.scores, other.scores, (one) => one.criterion),
    change_requests: added(here.change_requests, other.change_requests, (one) => one.text),
    settled: added(here.settled, other.settled, (one) => one.id),
  };
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const place = (submission: string) => `waymark:draft:${submission}`;

/** What this device holds of a draft that the server has not confirmed. */
export function keptHere(submission: string, store: Store = localStorage): Kept | undefined {
  try {
    const kept = JSON.parse(store.getItem(place(submission)) ?? "null") as Kept | null;
    return kept && typeof kept.version === "number" ? { version: kept.version, content: { ...EMPTY, ...kept.content } } : undefined;
  } catch {
    return undefined;
  }
}

export function keepHere(submission: string, kept: Kept | undefined, store: Store = localStorage): void {
  try {
    if (kept) store.setItem(place(submission), JSON.stringify(kept));
    else store.removeItem(place(submission));
  } catch {
    // A full or forbidden store: the server's copy is the one that counts.
  }
}
