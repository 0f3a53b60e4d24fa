import type { Upgrade } from "../../api/types";

/** What a learner is to be told of upgrades now: one is offered, one can be taken back, or nothing. */
export function standing({ available, answer, taken }: Upgrade): "offered" | "undoable" | "nothing" {
  // "Later" and "never" both mean: not on every visit. It stays within reach on the map.
  if (available && answer === null) return "offered";
  return taken?.can_undo ? "undoable" : "nothing";
}

const REASONS: Record<Upgrade["history"][number]["reason"], string> = {
  removed: "The edition has no place for it",
  partly: "It went into a milestone with other parts",
  off_track: "It is not on your track",
};

/** Why something stands in the history: "Reached. The edition has no place for it." */
export const reason = ({ earned, reason: why }: Upgrade["history"][number]): string => `${earned ? "Reached" : "Begun"}. ${REASONS[why]}.`;
