import type { ComponentChildren } from "preact";
import { t } from "../../i18n/t";
import { Blaze, type BlazeState } from "../blaze/Blaze";
import { OutLink } from "../prose/OutLink";
import { Prose } from "../prose/Prose";
import "./items.css";

export interface ItemData {
  id: string; text: string; criterion: string; evidence_id: string | null; again_of: string | null;
  state: "open" | "addressed" | "verified" | "waived";
  answer: { text: string; evidence: { title: string; url: string } | null } | null;
}
/** Titles of what an item can be about, by the criterion's key or the evidence's id. */
export type Titles = Readonly<Record<string, string>>;

const MARK: Record<ItemData["state"], BlazeState> = { open: "changes_requested", addressed: "in_progress", verified: "complete", waived: "available" };
const WORD = (): Record<ItemData["state"], string> => ({ open: t("Open"), addressed: t("Answered"), verified: t("Verified"), waived: t("Waived") });

export const itemWord = (state: ItemData["state"]): string => WORD()[state];

/** What an item is about, in words; empty if it is about nothing in particular. */
export function aboutOf(item: Pick<ItemData, "criterion" | "evidence_id">, titles: Titles): string {
  return [item.criterion, item.evidence_id].map((key) => (key && titles[key]) || "").filter(Boolean).join(", ");
}

/** What a mentor asked for, item by item. `under` is what can be done with one. */
export function Items<T extends ItemData>({ items, titles = {}, shown, under }: { items: readonly T[]; titles?: Titles; shown?: (item: T) => ItemData["state"]; under?: (item: T) => ComponentChildren }) {
  return (
    <ul class="items">
      {items.map((item) => {
        const state = shown?.(item) ?? item.state;
        const about = aboutOf(item, titles);
        return (
          <li key={item.id} class={state}>
            <Blaze state={MARK[state]} />
            <div class="stack">
              <div class="item-asked"><Prose text={item.text} /></div>
              <p class="small soft">{[item.again_of && t("Asked again"), about && t("On {about}", { about })].filter(Boolean).join(". ")}</p>
              {item.answer && (
                <div class="item-answer stack tight">
                  <p class="small soft">{t("Answered")}</p>
                  <Prose text={item.answer.text} />
                  {item.answer.evidence && <OutLink tall href={item.answer.evidence.url}>{item.answer.evidence.title || item.answer.evidence.url}</OutLink>}
                </div>
              )}
              {under?.(item) ?? (state === "addressed" ? null : <p class={`item-word ${state}`}>{WORD()[state]}</p>)}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
