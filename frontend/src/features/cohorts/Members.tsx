import { useLocation } from "preact-iso";
import { leaveCohort } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache } from "../../api/query";
import type { Cohort, CohortMember, CohortPart } from "../../api/types";
import { inContext, t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Row, Rows, Sure } from "../../ui/rows/Rows";
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
            <Rows>{rows.map((one) => <Line key={one.id} cohort={cohort} one={one} runs={runs} leads={leads} />)}</Rows>
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
  const name = one.person.name || t("Somebody");
  async function leave() {
    try {
      await leaveCohort(cohort.id, one.id);
    } catch (thrown) {
      return toast(asProblem(thrown).message);
    }
    await cache.invalidate("/cohorts", "/review-queue");
    toast(one.is_me ? t("You left {name}.", { name: cohort.name }) : t("{name} is no longer in {cohort}.", { name, cohort: cohort.name }));
    if (one.is_me && cohort.my_parts.length === 1) route("/cohorts");
  }
  const away = one.away_until !== null && t("on leave until {date}", { date: format.date(one.away_until) });
  return (
    <Row before={<Avatar name={name} />}
      title={leads && one.part === "learner" && !one.is_me && cohort.ended_at === null ? <a class="strong row-name" href={`/learners/${one.person.id}`}>{name}</a> : one.is_me ? t("{name} (you)", { name }) : name}
      detail={away ? <span class="away">{away}</span> : t("since {when}", { when: format.instant(one.joined_at) })}>
      {cohort.ended_at === null && (runs || one.is_me) && (
        <Sure ask={one.is_me ? inContext("a cohort", "Leave") : t("Remove")} label={one.is_me ? t("Leave as {part}", { part: partsOf([one.part]) }) : t("Remove {name}", { name })}
          yes={one.is_me ? inContext("a cohort", "Leave") : t("Take out")} no={t("Stay")} onYes={leave} />
      )}
    </Row>
  );
}
