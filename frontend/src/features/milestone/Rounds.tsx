import type { ComponentChildren } from "preact";
import type { MilestonePage, Submission } from "../../api/types";
import { FILES } from "../../api/upload";
import { plural, t } from "../../i18n/t";
import { answerable } from "./answerable";
import { Answers } from "./Answers";
import { Expected } from "./Expected";
import { Round } from "../../ui/round/Round";
import { Section } from "../../ui/screen/Screen";

/** What was handed in and what was answered, newest first. */
export function Rounds({ page, mine = true, opinion }: { page: MilestonePage; mine?: boolean; opinion?: ((round: Submission, canAsk: boolean) => ComponentChildren) | undefined }) {
  const [latest, ...earlier] = page.submissions;
  if (!latest) return null;
  const toAnswer = mine ? answerable(page) : undefined;
  // What the milestone goes by: a second opinion may have approved what the round did not.
  const changes = latest.state === "changes_requested" && page.verification === "changes_requested";
  const title = latest.state === "withdrawn" ? t("Taken back") : !mine ? t("Round {round}", { round: latest.round }) : changes ? t("What to change") : latest.state === "waiting" ? t("With your mentor") : latest.second_opinion?.decision ? t("What your mentors said") : t("What your mentor said");
  return (
    <Section title={title}>
      {mine && latest.state === "waiting" && <Expected enrollment={page.enrollment_id} milestoneKey={page.milestone.key} />}
      <Round round={latest} files={FILES} mine={mine} items={toAnswer && <Answers key={toAnswer.id} page={page} round={toAnswer} />} />
      {opinion?.(latest, page.can_ask_second_opinion)}
      {earlier.length > 0 && (
        <details class="fold">
          <summary>{plural(earlier.length, "The round before", "The {n} rounds before")}</summary>
          <div class="stack roomy">{earlier.map((round) => <Round key={round.id} round={round} files={FILES} mine={mine} />)}</div>
        </details>
      )}
    </Section>
  );
}
