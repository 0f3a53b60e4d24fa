import type { Visibility } from "../../api/types";
import { t } from "../../i18n/t";

/** Who finds a pathway, in the words of the screen. */
export const VISIBILITY = (): Record<Visibility, { name: string; said: string; means: string }> => ({
  private: { name: t("Private"), said: t("private"), means: t("Only you and your co-authors find it.") },
  unlisted: { name: t("Unlisted"), said: t("unlisted"), means: t("Whoever has its address can open and walk it.") },
  public: { name: t("Public"), said: t("public"), means: t("Everybody finds it when they choose a way.") },
});
export const VISIBILITIES = ["private", "unlisted", "public"] as const satisfies readonly Visibility[];
