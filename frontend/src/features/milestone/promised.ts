import type { AnswerPromise } from "../../api/types";
import { plural, t } from "../../i18n/t";

const DAY = 86_400_000;

/** What to expect, in two sentences: where one stands in line, and how long answers take. */
export function promised(said: AnswerPromise, now: Date = new Date()): { first: string; then: string } | undefined {
  if (said.kind === "not_needed") return undefined;
  if (said.kind === "nobody") {
    return { first: t("No mentor can look at it at the moment."), then: said.mentors > 0 ? t("Those you have are away or have no room. It waits for them.") : t("Invite one under You: it waits until somebody is there.") };
  }
  const waiting = said.waiting_since !== null;
  const first = inLine(said.place ?? 0, waiting);
  if (said.kind === "too_little") return { first, then: sentences([tooLittle(said), away(said)]) };
  const days = waiting ? (now.getTime() - Date.parse(said.waiting_since ?? "")) / DAY : 0;
  const longer = said.late_days !== null && days > said.late_days ? t("Yours takes longer than most.") : "";
  return { first, then: sentences([t("Answers have taken {range}.", { range: rangeOf(said) }), longer, away(said)]) };
}

const sentences = (said: readonly string[]) => said.filter(Boolean).join(" ");

function inLine(place: number, waiting: boolean): string {
  if (place === 1) return waiting ? t("You are next in line.") : t("You would be next in line.");
  return waiting ? t("You are number {place} in line.", { place }) : t("You would be number {place} in line.", { place });
}

function rangeOf({ early_days: early, late_days: late }: AnswerPromise): string {
  if (late === null) return plural(early ?? 0, "{n} day or more; many wait still", "{n} days or more; many wait still");
  if (late <= 1) return t("up to a day");
  return early === late ? plural(late, "about {n} day", "about {n} days") : plural(late, "{early} to {n} day", "{early} to {n} days", { early: early ?? 0 });
}

function tooLittle({ answered, unanswered }: AnswerPromise): string {
  const answers = plural(answered, "{n} answer", "{n} answers");
  if (unanswered === 0) return t("There is too little to say how long it takes: {answers} in three months.", { answers });
  return plural(unanswered, "There is too little to say how long it takes: {answers} in three months, and {n} round had none.", "There is too little to say how long it takes: {answers} in three months, and {n} rounds had none.", { answers });
}

function away({ away: many, mentors, not_before: days }: AnswerPromise): string {
  if (days) return plural(days, "Nobody has room for it in the next {n} day.", "Nobody has room for it in the next {n} days.");
  return many > 0 ? plural(many, "{n} of {mentors} mentors is away.", "{n} of {mentors} mentors are away.", { mentors }) : "";
}
