import { t } from "../../i18n/t";

export type Kind = "degree" | "skill" | "project" | "deployment";
export const KINDS: readonly Kind[] = ["degree", "skill", "project", "deployment"];

const ONE = (): Record<Kind, string> => ({ degree: t("Degree"), skill: t("Skill"), project: t("Project"), deployment: t("Deployment") });
const MANY = (): Record<Kind, string> => ({ degree: t("Degrees"), skill: t("Skills"), project: t("Projects"), deployment: t("Deployments") });

/** What a kind of milestone is called: "Skill". */
export const kindWord = (kind: Kind): string => ONE()[kind];

/** The same of several: "Skills". */
export const kindsWord = (kind: Kind): string => MANY()[kind];
