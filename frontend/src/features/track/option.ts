import type { TrackOption } from "../../api/types";

/** What a track would mean, in a sentence: "Keeps 64 % of what is verified, adds about 90 h." */
export function meaning(option: Pick<TrackOption, "keeps" | "adds_hours">, percent: (whole: number) => string): string {
  const { keeps, adds_hours: adds } = option;
  const kept = keeps === 100 ? "Keeps all that is verified" : keeps === 0 ? "Keeps nothing of what is verified" : `Keeps ${percent(keeps)} of what is verified`;
  const more = adds === 0 ? "as many hours as today" : adds > 0 ? `adds about ${adds} h` : `takes about ${-adds} h less`;
  return `${kept}, ${more}.`;
}

/** The tracks to compare: today's first, then in the order of the pathway. */
export const todayFirst = <Option extends { is_current: boolean }>(options: readonly Option[]): Option[] => [
  ...options.filter((one) => one.is_current),
  ...options.filter((one) => !one.is_current),
];
