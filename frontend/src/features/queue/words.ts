import type { QueueAsked } from "../../api/calls";
import type { QueueCounts } from "../../api/types";
import { plural } from "../../ui/format/format";

export const KIND = { degree: "Degree", skill: "Skill", project: "Project", deployment: "Deployment" } as const;

/** The shelves: how many there are on one, and why they stand there. */
export const SHELVES = [
  { shelf: "offered", words: (many: number) => `${plural(many, "round")} for you`, why: "What fits what you take on." },
  { shelf: "set_aside", words: (many: number) => `${plural(many, "round")} outside of what you take on`, why: "Another kind or pathway, your week is full, or you are on leave. You may review them all the same." },
  { shelf: "resting", words: (many: number) => `${plural(many, "round")} of learners who rest`, why: "They pause, have left, or were not seen for four weeks. Nobody waits for these now." },
] as const;

/** Who holds what of the rounds counted: "3 free, 1 with you, 2 with others". */
export function heldWords({ free, mine, others }: Pick<QueueCounts, "free" | "mine" | "others">): string {
  const parts = [`${free} free`, mine && `${mine} with you`, others && `${others} with others`].filter(Boolean);
  return `${parts.join(", ")}.`;
}

/** Whether more than a scope or a shelf is asked for: what an empty list may be due to. */
export function narrowedBy(asked: QueueAsked): boolean {
  return Object.entries(asked).some(([name, value]) => value !== undefined && (name !== "scope" || value !== "all") && (name !== "shelf" || value !== "offered"));
}
