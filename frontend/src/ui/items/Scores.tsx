import "./items.css";

/** The steps of a score, from 0 up. */
export const SCORE_WORDS = ["Not yet", "Nearly", "Meets it", "Beyond"] as const;

interface ScoreData { criterion: string; title: string; score: number; reason: string }

/** How well each criterion was met, and why. */
export function Scores({ scores }: { scores: readonly ScoreData[] }) {
  if (scores.length === 0) return null;
  return (
    <dl class="scores">
      {scores.map(({ criterion, title, score, reason }) => (
        <div key={criterion}>
          <dt>{title}</dt>
          <dd class={score >= 2 ? "met" : score === 0 ? "unmet" : ""}>{SCORE_WORDS[score]}</dd>
          {reason && <dd class="why">{reason}</dd>}
        </div>
      ))}
    </dl>
  );
}
