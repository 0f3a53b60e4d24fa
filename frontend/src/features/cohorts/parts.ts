import type { Cohort, CohortPart } from "../../api/types";
import { t } from "../../i18n/t";

/** Somebody with a part: "A learner". */
export function aPart(part: CohortPart): string {
  return part === "learner" ? t("A learner") : part === "mentor" ? t("A mentor") : t("A coordinator");
}

/** As what somebody was invited: "As learner". */
export function asPart(part: string): string {
  return part === "mentor" ? t("As mentor") : part === "coordinator" ? t("As coordinator") : t("As learner");
}

/** Whether one coordinates a cohort that goes on. */
export const isRun = (cohort: Cohort): boolean => cohort.ended_at === null && cohort.my_parts.includes("coordinator");
