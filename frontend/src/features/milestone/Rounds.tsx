import type { MilestonePage } from "../../api/types";
import { FILES } from "../../api/upload";
import { plural, t } from "../../i18n/t";
import { Answers } from "./Answers";
import { Expected } from "./Expected";
import { Round } from "../../ui/round/Round";
import { Section } from "../../ui/screen/Screen";

/** What was handed in and what was answered, newest first. */
export function Rounds({ page, mine = true }: { page: MilestonePage; mine?: boolean }) {
  const [latest, ...earlier] = page.submissions;
  if (!latest) return null;
  // A round taken back asked for nothing: what the one before asked is still to be answered.
  const answerable = page.submissions.find((round) => round.state !== "withdrawn");
  const toAnswer = mine && answerable?.state === "changes_requested" && answerable.change_requests.length > 0 ? answerable : undefined;
  const title = latest.state === "changes_requested" ? t("What to change") : latest.state === "waiting" ? t("With your mentor") : t("What your mentor said");
  return (
    <Section title={latest.state === "withdrawn" ? t("Taken back") : title}>
      {mine && latest.state === "waiting" && <Expected enrollment={page.enrollment_id} milestoneKey={page.milestone.key} />}
      <Round round={latest} files={FILES} mine items={toAnswer && <Answers key={toAnswer.id} page={page} round={toAnswer} />} />
      {earlier.length > 0 && (
        <details class="fold">
          <summary>{plural(earlier.length, "The round before", "The {n} rounds before")}</summary>
          <div class="stack roomy">{earlier.map((round) => <Round key={round.id} round={round} files={FILES} mine />)}</div>
        </details>
      )}
    </Section>
  );
}
