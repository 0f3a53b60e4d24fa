import type { Cohort, CohortPart } from "../../api/types";
import { t } from "../../i18n/t";
import { partsOf } from "./words";

/** Somebody with a part: "A learner". */
export function aPart(part: CohortPart): string {
  return part === "learner" ? t("A learner") : part === "mentor" ? t("A mentor") : t("A coordinator");
}

/** As what somebody is invited: "As learner", "Lin, as learner". */
export function asPart(part: CohortPart, name = ""): string {
  return name ? t("{name}, as {part}", { name, part: partsOf([part]) }) : t("As {part}", { part: partsOf([part]) });
}

/** Whether one coordinates a cohort that goes on. */
export const isRun = (cohort: Cohort): boolean => cohort.ended_at === null && cohort.my_parts.includes("coordinator");
