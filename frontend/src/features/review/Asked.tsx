import type { SubmissionDetail } from "../../api/types";
import { t } from "../../i18n/t";
import { Items, type ItemData, type Titles } from "../../ui/items/Items";
import type { Content } from "./draft";
import type { Draft } from "./useDraft";

/** Titles of the rubric and of all evidence of a review, by what an item names. */
export function titlesOf(one: SubmissionDetail): Titles {
  const evidence = [one, ...one.earlier_rounds].flatMap((round) => round.evidence.map((row) => [row.id, row.title || row.url] as const));
  return Object.fromEntries([...one.rubric.map((row) => [row.key, row.title] as const), ...evidence]);
}

const CHOICES = () => [["verified", t("Verify")], ["waived", t("Waive")], ["", t("Ask again")]] as const;

/** What was asked for in the round before, with what the learner answered, to be settled one by one. */
export function Asked({ one, draft }: { one: SubmissionDetail; draft: Draft }) {
  const { content, change } = draft;
  const chosen = (item: ItemData) => content.settled.find((row) => row.id === item.id)?.state;
  function choose(item: ItemData, state: Content["settled"][number]["state"] | "") {
    const others = content.settled.filter((row) => row.id !== item.id);
    change({ settled: state ? [...others, { id: item.id, state }] : others });
  }
  return (
    <div class="asked">
      <Items items={one.pending} titles={titlesOf(one)} shown={(item) => chosen(item) ?? item.state}
        under={one.may.decide ? (item) => (
          <fieldset class="settle">
            <legend class="unseen">{t("What comes of “{text}”?", { text: item.text })}</legend>
            {CHOICES().map(([value, word]) => (
              <label key={word}>
                <input type="radio" name={`settle-${item.id}`} checked={(chosen(item) ?? "") === value} onChange={() => choose(item, value)} />
                <span>{word}</span>
              </label>
            ))}
          </fieldset>
        ) : undefined} />
    </div>
  );
}
