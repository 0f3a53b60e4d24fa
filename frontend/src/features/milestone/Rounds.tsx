import type { MilestonePage } from "../../api/types";
import { Round } from "../../ui/round/Round";
import { Section } from "../../ui/screen/Screen";

/** What was handed in and what was answered, newest first. */
export function Rounds({ page }: { page: MilestonePage }) {
  const [latest, ...earlier] = page.submissions;
  if (!latest) return null;
  const title = latest.state === "changes_requested" ? "What to change" : latest.state === "waiting" ? "With your mentor" : "What your mentor said";
  return (
    <Section title={latest.state === "withdrawn" ? "Taken back" : title}>
      <Round round={latest} mine />
      {earlier.length > 0 && (
        <details class="earlier">
          <summary>{earlier.length === 1 ? "The round before" : `The ${earlier.length} rounds before`}</summary>
          <div class="stack roomy">{earlier.map((round) => <Round key={round.id} round={round} mine />)}</div>
        </details>
      )}
    </Section>
  );
}
