import type { Audience, Cohort } from "../../api/types";
import { plural, t } from "../../i18n/t";

export const AUDIENCES: readonly Audience[] = ["everybody", "learners", "mentors"];

/** As a choice: "Everybody". */
export function audienceName(audience: Audience): string {
  return audience === "everybody" ? t("Everybody") : audience === "learners" ? t("Learners") : t("Mentors");
}

/** After a name: "to everybody". */
export function audienceWords(audience: Audience): string {
  return audience === "everybody" ? t("to everybody") : audience === "learners" ? t("to learners") : t("to mentors");
}

/** What the button does: "Announce to 12 learners". Somebody may have several parts, so everybody is not counted. */
export function announceWords(audience: Audience, { learners, mentors }: Pick<Cohort, "learners" | "mentors">): string {
  const many = audience === "learners" ? learners : audience === "mentors" ? mentors : 1;
  if (many === 0) return t("Announce to those to come");
  if (audience === "learners") return plural(learners, "Announce to {n} learner", "Announce to {n} learners");
  if (audience === "mentors") return plural(mentors, "Announce to {n} mentor", "Announce to {n} mentors");
  return t("Announce to everybody");
}
