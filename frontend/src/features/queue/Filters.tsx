import type { QueueAsked } from "../../api/calls";
import { useCohorts, useEdition, usePathways } from "../../api/queries";
import type { QueueCounts } from "../../api/types";
import { list, plural, rich, t } from "../../i18n/t";
import { Chips } from "../../ui/chips/Chips";
import { SelectField } from "../../ui/field/Field";
import { KINDS, kindWord } from "../../ui/kind/words";
import { SHELVES } from "./words";

const SCOPES = () => [["all", t("All")], ["mine", t("My learners")], ["cohort", t("Cohorts")]] as const;
const LONG = 3;

interface Asking { asked: QueueAsked; counts: QueueCounts | undefined; onAsk: (asked: QueueAsked) => void }

/** Whose work, and which: the counts are those of the list with everything else the same. */
export function Filters({ asked, counts, onAsk }: Asking) {
  const put = (more: QueueAsked) => onAsk(Object.fromEntries(Object.entries({ ...asked, ...more }).filter(([, value]) => value !== undefined)));
  const shelf = SHELVES().find((one) => one.shelf === asked.shelf && one.shelf !== "offered");
  return (
    <div class="queue-filters">
      <div class="queue-scopes" role="group" aria-label={t("Whose work")}>
        {SCOPES().map(([scope, name]) => (
          <button key={scope} type="button" aria-pressed={(asked.scope ?? "all") === scope} onClick={() => put({ scope: scope === "all" ? undefined : scope })}>
            {name}{counts && <span class="num">{counts.scopes[scope]}</span>}
          </button>
        ))}
      </div>
      {(shelf ?? asked.second_opinion) && (
        <Chips label={t("Which")}>
          {shelf && <button type="button" aria-pressed="true" onClick={() => put({ shelf: undefined })}>{shelf.shelf === "resting" ? t("Learners who rest") : t("Outside of what I take on")}</button>}
          {asked.second_opinion && <button type="button" aria-pressed="true" onClick={() => put({ second_opinion: undefined })}>{t("Second opinions")}</button>}
        </Chips>
      )}
      <More asked={asked} put={put} />
    </div>
  );
}

/** Rarely needed for a short list, so folded; the summary says what is chosen, so that nothing narrows unseen. */
function More({ asked, put }: { asked: QueueAsked; put: (more: QueueAsked) => void }) {
  const cohorts = useCohorts().data?.filter((one) => one.my_parts.includes("mentor") && one.ended_at === null) ?? [];
  const pathways = usePathways().data ?? [];
  const pathway = pathways.find((one) => one.slug === asked.pathway);
  const stages = useEdition(pathway?.slug, pathway?.edition).data?.stages ?? [];
  const said = (value: string) => value || undefined;
  const long = plural(LONG, "{n} day or more", "{n} days or more");
  const chosen = [
    asked.waiting_for && long,
    asked.kind && kindWord(asked.kind),
    cohorts.find((one) => one.id === asked.cohort)?.name,
    pathway?.title,
    stages.find((one) => one.key === asked.stage)?.title,
    asked.round && t("Round {round}", { round: asked.round }),
  ].filter((one) => typeof one === "string");
  return (
    <details class="fold quiet">
      <summary><span>{chosen.length > 0 ? rich("Filter: <b>{chosen}</b>", { chosen: list(chosen, "unit"), b: (inside) => <b class="strong">{inside}</b> }) : t("Filter")}</span></summary>
      <div class="stack roomy">
        <Chips label={t("Which")}>
          <button type="button" aria-pressed={asked.waiting_for === LONG} onClick={() => put({ waiting_for: asked.waiting_for === LONG ? undefined : LONG })}>{long}</button>
          {KINDS.map((kind) => (
            <button key={kind} type="button" aria-pressed={asked.kind === kind} onClick={() => put({ kind: asked.kind === kind ? undefined : kind })}>{kindWord(kind)}</button>
          ))}
        </Chips>
        <div class="queue-selects">
          {cohorts.length > 0 && (
            <SelectField label={t("Cohort")} value={asked.cohort ?? ""} onChange={({ currentTarget }) => put({ cohort: said(currentTarget.value) })}>
              <option value="">{t("Any")}</option>
              {cohorts.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </SelectField>
          )}
          <SelectField label={t("Pathway")} value={asked.pathway ?? ""} onChange={({ currentTarget }) => put({ pathway: said(currentTarget.value), stage: undefined })}>
            <option value="">{t("Any")}</option>
            {pathways.map((one) => <option key={one.slug} value={one.slug}>{one.title}</option>)}
          </SelectField>
          <SelectField label={t("Stage")} disabled={!pathway} value={asked.stage ?? ""} onChange={({ currentTarget }) => put({ stage: said(currentTarget.value) })}>
            <option value="">{pathway ? t("Any") : t("Choose a pathway first")}</option>
            {stages.map((one) => <option key={one.key} value={one.key}>{one.title}</option>)}
          </SelectField>
          <SelectField label={t("Round")} value={String(asked.round ?? "")} onChange={({ currentTarget }) => put({ round: currentTarget.value ? Number(currentTarget.value) : undefined })}>
            <option value="">{t("Any")}</option>
            {[1, 2, 3, 4].map((one) => <option key={one} value={one}>{one}</option>)}
          </SelectField>
        </div>
      </div>
    </details>
  );
}
