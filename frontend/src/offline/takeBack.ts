import { asProblem } from "../api/problem";
import { wayChanged } from "../api/queries";
import { uuid7 } from "../api/uuid";
import { t } from "../i18n/t";
import { outboxOf } from "./useOutbox";

interface Entry { id: string; enrollment_id: string; milestone: { title: string } }

/** Take a log entry back, now or when the network is; it stays in the log, struck out. Returns what to tell the person. */
export async function takeBack(person: string, entry: Entry): Promise<string> {
  const command = { type: "void" as const, id: uuid7(), entry_id: entry.id, reason: "", at: new Date().toISOString() };
  try {
    const outcome = await outboxOf(person).add({ enrollment_id: entry.enrollment_id, title: entry.milestone.title, command });
    if (outcome === "kept") return t("Kept here. It is taken back when you are online.");
    await wayChanged(entry.enrollment_id);
    return t("Taken back.");
  } catch (thrown) {
    return asProblem(thrown).message;
  }
}

/** Say that a milestone was started, finished or reopened, when there is no network to say it by. */
export function sayLater(person: string, enrollment_id: string, milestone: { key: string; title: string }, move: "start" | "done" | "reopen"): void {
  const command = { type: "work" as const, id: uuid7(), milestone_key: milestone.key, move, at: new Date().toISOString() };
  outboxOf(person).put({ enrollment_id, title: milestone.title, command });
}
