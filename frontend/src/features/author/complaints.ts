import type { FieldError } from "../../api/problem";

/** What stands beside the document: at its line, or for the whole. */
export interface Complaint { line: number | undefined; where: string; text: string }

/** The complaints in the order of the lines; those about the whole document come first. */
export function complaintsOf(errors: readonly FieldError[]): Complaint[] {
  return errors
    .map(({ line, field, detail }) => ({ line: line ?? undefined, where: field, text: detail }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

export const linesWith = (complaints: readonly Complaint[]): Set<number> =>
  new Set(complaints.flatMap(({ line }) => (line === undefined ? [] : [line])));
