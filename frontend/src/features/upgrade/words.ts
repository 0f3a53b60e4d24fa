import type { Upgrade } from "../../api/types";
import { t } from "../../i18n/t";

/** What a learner is to be told of upgrades now: one is offered, one can be taken back, or nothing. */
export function standing({ available, answer, taken }: Upgrade): "offered" | "undoable" | "nothing" {
  // "Later" and "never" both mean: not on every visit. It stays within reach on the map.
  if (available && answer === null) return "offered";
  return taken?.can_undo ? "undoable" : "nothing";
}

const REASONS = (): Record<Upgrade["history"][number]["reason"], string> => ({
  removed: t("The edition has no place for it"),
  partly: t("It went into a milestone with other parts"),
  off_track: t("It is not on your track"),
});

/** Why something stands in the history: "Reached. The edition has no place for it." */
export const reason = ({ earned, reason: why }: Upgrade["history"][number]): string => earned ? t("Reached. {why}.", { why: REASONS()[why] }) : t("Begun. {why}.", { why: REASONS()[why] });
