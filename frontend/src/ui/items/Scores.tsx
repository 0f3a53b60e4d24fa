import { t } from "../../i18n/t";
import "./items.css";

/** The steps of a score, from 0 up. */
export const scoreWords = () => [t("Not yet"), t("Nearly"), t("Meets it"), t("Beyond")] as const;

interface ScoreData { criterion: string; title: string; score: number; reason: string }

/** How well each criterion was met, and why. */
export function Scores({ scores }: { scores: readonly ScoreData[] }) {
  if (scores.length === 0) return null;
  return (
    <dl class="scores">
      {scores.map(({ criterion, title, score, reason }) => (
        <div key={criterion}>
          <dt>{title}</dt>
          <dd class={score >= 2 ? "met" : score === 0 ? "unmet" : ""}>{scoreWords()[score]}</dd>
          {reason && <dd class="why">{reason}</dd>}
        </div>
      ))}
    </dl>
  );
}
