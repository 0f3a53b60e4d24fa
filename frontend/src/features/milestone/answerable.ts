import type { MilestonePage, Submission } from "../../api/types";

/**
 * The round whose changes are to be answered now. A round taken back asked for nothing: what the
 * one before asked is still to be answered. A second opinion may have approved it all since.
 */
export function answerable({ submissions, verification }: MilestonePage): Submission | undefined {
  const round = submissions.find(({ state }) => state !== "withdrawn");
  return round?.state === "changes_requested" && verification === "changes_requested" && round.change_requests.length > 0 ? round : undefined;
}

/** Whether something of it has no answer yet: then answering comes before the next round. */
export function leftToAnswer(page: MilestonePage): boolean {
  return answerable(page)?.change_requests.some(({ state }) => state === "open") ?? false;
}
