import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { leaveCohort } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache } from "../../api/query";
import type { Cohort, CohortMember, CohortPart } from "../../api/types";
import { inContext, t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Section } from "../../ui/screen/Screen";
import { toast } from "../../ui/toast/toast";
import { PARTS, partsOf } from "./words";

const TITLES = (): Record<CohortPart, string> => ({ coordinator: t("Coordinators"), mentor: t("Mentors"), learner: t("Learners") });
const NONE = (): Record<CohortPart, string> => ({
  coordinator: "",
  mentor: t("Nobody reviews here yet. Invite a mentor before the first learner hands something in."),
  learner: t("Nobody learns here yet. A link is the quickest way to bring a group in."),
});

/** Who is in it, by part; a learner sees who helps them, and themself. */
export function Members({ cohort, members, runs }: { cohort: Cohort; members: readonly CohortMember[]; runs: boolean }) {
  const leads = cohort.my_parts.some((part) => part !== "learner");
  return (
    <>
      {PARTS.map((part) => {
        const rows = members.filter((one) => one.part === part);
        const count = part === "learner" ? cohort.learners : rows.length;
        return (
          <Section key={part} title={TITLES()[part]} beside={count > 0 && <span class="num soft">{count}</span>}>
            {rows.length === 0 && <p class="soft">{NONE()[part]}</p>}
            <ul class="members">{rows.map((one) => <Line key={one.id} cohort={cohort} one={one} runs={runs} leads={leads} />)}</ul>
            {part === "learner" && !leads && cohort.learners > 1 && <p class="small soft">{t("Learners do not see each other here.")}</p>}
          </Section>
        );
      })}
    </>
  );
}

function Line({ cohort, one, runs, leads }: { cohort: Cohort; one: CohortMember; runs: boolean; leads: boolean }) {
  const format = useFormat();
  const { route } = useLocation();
  const [sure, setSure] = useState(false);
  const name = one.person.name || t("Somebody");
  async function leave() {
    try {
      await leaveCohort(cohort.id, one.id);
    } catch (thrown) {
      setSure(false);
      return toast(asProblem(thrown).message);
    }
    await cache.invalidate("/cohorts", "/review-queue");
    toast(one.is_me ? t("You left {name}.", { name: cohort.name }) : t("{name} is no longer in {cohort}.", { name, cohort: cohort.name }));
    if (one.is_me && cohort.my_parts.length === 1) route("/cohorts");
  }
  const away = one.away_until !== null && t("on leave until {date}", { date: format.date(one.away_until) });
  return (
    <li>
      <Avatar name={name} />
      <span class="stack tight">
        {leads && one.part === "learner" && !one.is_me && cohort.ended_at === null ? <a class="strong" href={`/learners/${one.person.id}`}>{name}</a> : <b class="strong">{one.is_me ? t("{name} (you)", { name }) : name}</b>}
        <span class="small soft">{away ? <span class="away">{away}</span> : t("since {when}", { when: format.instant(one.joined_at) })}</span>
      </span>
      {cohort.ended_at === null && (runs || one.is_me) && (sure ? (
        <span class="row"><button class="link small" onClick={leave}>{one.is_me ? inContext("a cohort", "Leave") : t("Take out")}</button><button class="link small" onClick={() => setSure(false)}>{t("Stay")}</button></span>
      ) : (
        <button class="link small" onClick={() => setSure(true)} aria-label={one.is_me ? t("Leave as {part}", { part: partsOf([one.part]) }) : t("Take {name} out", { name })}>{one.is_me ? inContext("a cohort", "Leave") : t("Remove")}</button>
      ))}
    </li>
  );
}
