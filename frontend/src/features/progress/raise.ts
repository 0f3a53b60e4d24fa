import { plural, t } from "../../i18n/t";

/** The role one heads for, then the others in the order of the pathway. */
export const targetFirst = <Role extends { is_target: boolean }>(roles: readonly Role[]): Role[] => [
  ...roles.filter((one) => one.is_target),
  ...roles.filter((one) => !one.is_target),
];

/** What a milestone is worth for its time: "8 points more, for about 20 h". */
export function worth(points: number, hours: number): string {
  const whole = Math.round(points);
  if (whole < 1) return t("Less than a point more, for about {hours} h", { hours });
  return plural(whole, "{n} point more, for about {hours} h", "{n} points more, for about {hours} h", { hours });
}
