import type { AnswerPromise } from "../../api/types";
import { plural } from "../../ui/format/format";

const DAY = 86_400_000;
const ORDINAL = new Intl.PluralRules("en", { type: "ordinal" });
const ENDING: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };

/** What to expect, in two sentences: where one stands in line, and how long answers take. */
export function promised(said: AnswerPromise, now: Date = new Date()): { first: string; then: string } | undefined {
  if (said.kind === "not_needed") return undefined;
  if (said.kind === "nobody") {
    return { first: "No mentor can look at it at the moment.", then: said.mentors > 0 ? "Those you have are away or have no room. It waits for them." : "Invite one under You: it waits until somebody is there." };
  }
  const nth = said.place === null ? "" : `${said.place}${ENDING[ORDINAL.select(said.place)]}`;
  const waiting = said.waiting_since !== null;
  const first = said.place === 1 ? (waiting ? "You are next in line." : "You would be next in line.") : `${waiting ? "You are" : "You would be"} ${nth} in line.`;
  if (said.kind === "too_little") return { first, then: `${tooLittle(said)}${away(said)}` };
  const { early_days: early, late_days: late } = said;
  const range = late === null ? `${plural(early ?? 0, "day")} or more; many wait still` : late <= 1 ? "up to a day" : early === late ? `about ${plural(late, "day")}` : `${early ?? 0} to ${plural(late, "day")}`;
  const days = waiting ? (now.getTime() - Date.parse(said.waiting_since ?? "")) / DAY : 0;
  const longer = late !== null && days > late ? " Yours takes longer than most." : "";
  return { first, then: `Answers have taken ${range}.${longer}${away(said)}` };
}

function tooLittle({ answered, unanswered }: AnswerPromise): string {
  const still = unanswered > 0 ? `, and ${plural(unanswered, "round")} had none` : "";
  return `There is too little to say how long it takes: ${plural(answered, "answer")} in three months${still}.`;
}

function away({ away: many, mentors, not_before: days }: AnswerPromise): string {
  if (days) return ` Nobody has room for it in the next ${plural(days, "day")}.`;
  return many > 0 ? ` ${many} of ${plural(mentors, "mentor")} ${many === 1 ? "is" : "are"} away.` : "";
}
