import { t } from "../../i18n/t";
import "./blaze.css";

/** The state of a milestone as its mark tells it; `next` is an open one that comes first. */
export type BlazeState =
  | "locked"
  | "available"
  | "in_progress"
  | "waiting_for_review"
  | "changes_requested"
  | "next"
  | "complete";

const WORDS = (): Record<BlazeState, string> => ({
  locked: t("Locked"),
  available: t("Available"),
  in_progress: t("In progress"),
  waiting_for_review: t("Waiting for review"),
  changes_requested: t("Changes requested"),
  next: t("Next"),
  complete: t("Complete"),
});

/** The word that stands beside the mark. */
export const blazeWord = (state: BlazeState): string => WORDS()[state];

/** A milestone's mark: an open one that comes next wears the arrow, all others their status. */
export function blazeState(milestone: { status: Exclude<BlazeState, "next">; is_next?: boolean }): BlazeState {
  const open = milestone.status === "available" || milestone.status === "in_progress";
  return milestone.is_next && open ? "next" : milestone.status;
}

const INSIDE: Partial<Record<BlazeState, preact.JSX.Element>> = {
  in_progress: <path class="fill" d="M2 14.500h14v8.100a3.400 3.400 0 0 1-3.400 3.400H5.400A3.400 3.400 0 0 1 2 22.600z" />,
  waiting_for_review: <path class="sign" d="M9 9.500v5l2.600 2" />,
  changes_requested: <path class="sign" d="M9 8.500v6.500M9 19.200v.1" />,
  next: <path class="sign" d="M6.700 9.500 11.300 14l-4.600 4.500" />,
  complete: <path class="sign" d="m5.200 14.200 2.800 2.900 4.800-6" />,
};

/** The trail blaze. Its shape tells the state; beside it stands the word, so it is hidden from readers. */
export function Blaze({ state, size = "m", fresh = false }: { state: BlazeState; size?: "m" | "l" | "xl"; fresh?: boolean }) {
  return (
    <svg class={`blaze ${size} ${state}${fresh ? " fresh" : ""}`} viewBox="0 0 18 28" aria-hidden="true">
      <rect class="body" x="2" y="2" width="14" height="24" rx="3.400" />
      {INSIDE[state]}
    </svg>
  );
}

/** The word of a state, in its paint. */
export function StatusWord({ state, children }: { state: BlazeState; children?: preact.ComponentChildren }) {
  return <span class={`status-word ${state}`}>{children ?? WORDS()[state]}</span>;
}
