import type { TrackOption } from "../../api/types";
import { t } from "../../i18n/t";

/** What a track would mean, in a sentence: "Keeps 64 % of what is verified, adds about 90 h." */
export function meaning(option: Pick<TrackOption, "keeps" | "adds_hours">, percent: (whole: number) => string): string {
  const { keeps, adds_hours: adds } = option;
  const kept = keeps === 100 ? t("Keeps all that is verified") : keeps === 0 ? t("Keeps nothing of what is verified") : t("Keeps {percent} of what is verified", { percent: percent(keeps) });
  const more = adds === 0 ? t("as many hours as today") : adds > 0 ? t("adds about {hours} h", { hours: adds }) : t("takes about {hours} h less", { hours: -adds });
  return t("{kept}, {more}.", { kept, more });
}

/** The tracks to compare: today's first, then in the order of the pathway. */
export const todayFirst = <Option extends { is_current: boolean }>(options: readonly Option[]): Option[] => [
  ...options.filter((one) => one.is_current),
  ...options.filter((one) => !one.is_current),
];
