import type { OpinionWait, ReviewLadder } from "../../api/types";
import { plural, t } from "../../i18n/t";

/** Where the ladder stands for a second opinion that nobody has given, and what comes next. `mine`: the reader's own work. Who holds it is said beside. */
export function climbed({ ladder, mentors }: OpinionWait, mine: boolean, day: (instant: string) => string): string | undefined {
  if (ladder.held) return undefined;
  if (mentors === 0) return [t("There is no other mentor who may give it."), ladder.step === "tell" ? told(ladder, mine) : invite(mine)].filter(Boolean).join(" ");
  return [now(ladder, mentors, mine), next(ladder, mentors, mine, day)].filter(Boolean).join(" ") || undefined;
}

function now(ladder: ReviewLadder, mentors: number, mine: boolean): string {
  const { step, days } = ladder;
  if (step === null) return "";
  if (step === "remind") {
    return mentors > 1
      ? plural(days, "Waiting {n} day; the other mentors were reminded.", "Waiting {n} days; the other mentors were reminded.")
      : plural(days, "Waiting {n} day; the other mentor was reminded.", "Waiting {n} days; the other mentor was reminded.");
  }
  const offered = mentors > 1
    ? plural(days, "Waiting {n} day; offered to all who may give it, whatever they usually take.", "Waiting {n} days; offered to all who may give it, whatever they usually take.")
    : plural(days, "Waiting {n} day; the other mentor was reminded again.", "Waiting {n} days; the other mentor was reminded again.");
  return step === "tell" ? `${offered} ${told(ladder, mine)}`.trim() : offered;
}

function told({ coordinators }: ReviewLadder, mine: boolean): string {
  if (coordinators === 0) return invite(mine);
  return mine ? t("Whoever leads your cohort knows.") : t("Whoever leads the cohort knows.");
}

const invite = (mine: boolean) => (mine ? t("Invite another mentor under You.") : "");

function next({ next_step: step, next_at: at, coordinators }: ReviewLadder, mentors: number, mine: boolean, instant: (at: string) => string): string {
  if (!step || !at) return "";
  const day = instant(at);
  if (step === "remind") return mentors > 1 ? t("Unless somebody gives it, the other mentors are reminded on {day}.", { day }) : t("Unless it is given, the other mentor is reminded on {day}.", { day });
  if (step === "offer") return mentors > 1 ? t("On {day} it is offered to all who may give it.", { day }) : t("On {day} the other mentor is reminded again.", { day });
  if (coordinators === 0) return "";
  return mine ? t("On {day} whoever leads your cohort is told.", { day }) : t("On {day} whoever leads the cohort is told.", { day });
}
