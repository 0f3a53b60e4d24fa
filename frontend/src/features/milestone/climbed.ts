import type { AnswerPromise, LadderStep, ReviewLadder } from "../../api/types";
import { plural, t } from "../../i18n/t";

/** Where the ladder stands for a round that waits, and what comes next, so that nobody waits in the dark. */
export function climbed(said: AnswerPromise, day: (instant: string) => string): string | undefined {
  const { ladder, mentors } = said;
  if (!ladder || said.kind === "not_needed") return undefined;
  if (ladder.held) return t("A mentor is looking at it now.");
  return [now(ladder, mentors), next(ladder, mentors, day)].filter(Boolean).join(" ") || undefined;
}

function now(ladder: ReviewLadder, mentors: number): string {
  const { step, days, handed_to: other } = ladder;
  if (step === null) return "";
  if (other) {
    const asked = plural(days, "Waiting {n} day; {name} is asked to answer it.", "Waiting {n} days; {name} is asked to answer it.", { name: other.name });
    return step === "tell" ? `${asked} ${told(ladder)}` : asked;
  }
  if (step === "remind") return plural(days, "Waiting {n} day; your mentors were reminded.", "Waiting {n} days; your mentors were reminded.");
  if (step === "offer") {
    return mentors > 1
      ? plural(days, "Waiting {n} day; offered to all who may review it, whatever they usually take.", "Waiting {n} days; offered to all who may review it, whatever they usually take.")
      : plural(days, "Waiting {n} day; your mentor was reminded again.", "Waiting {n} days; your mentor was reminded again.");
  }
  const nobody = mentors > 1
    ? plural(days, "Waiting {n} day. No other mentor has room for it yet; we go on looking.", "Waiting {n} days. No other mentor has room for it yet; we go on looking.")
    : plural(days, "Waiting {n} day. There is no other mentor to ask.", "Waiting {n} days. There is no other mentor to ask.");
  return step === "tell" ? `${nobody} ${told(ladder)}` : nobody;
}

function told({ coordinators }: ReviewLadder): string {
  return coordinators > 0 ? t("Whoever leads your cohort knows.") : t("Invite another mentor under You.");
}

function next({ next_step: step, next_at: at, coordinators }: ReviewLadder, mentors: number, day: (instant: string) => string): string {
  if (!step || !at) return "";
  if (step === "tell" && coordinators === 0) return "";
  if (mentors < 2 && (step === "offer" || step === "hand_over")) return step === "offer" ? t("On {day} your mentor is reminded again.", { day: day(at) }) : "";
  const said: Record<LadderStep, () => string> = {
    remind: () => t("Without an answer your mentors are reminded on {day}.", { day: day(at) }),
    offer: () => t("On {day} it is offered to all who may review it.", { day: day(at) }),
    hand_over: () => t("On {day} it is handed to a mentor with room.", { day: day(at) }),
    tell: () => t("On {day} whoever leads your cohort is told.", { day: day(at) }),
  };
  return said[step]();
}
