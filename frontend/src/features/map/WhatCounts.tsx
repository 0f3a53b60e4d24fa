import { useState } from "preact/hooks";
import { useExplanation } from "../../api/queries";
import { list, rich, t } from "../../i18n/t";
import { RuleTree } from "../../ui/rule/RuleTree";
import "./map.css";

const hrefOf = (key: string) => `/milestones/${key}`;

/** What a stage asks for, part by part; asked for when somebody wants to know. */
export function WhatCounts({ enrollment, stage, title }: { enrollment: string; stage: string; title: string }) {
  const [open, setOpen] = useState(false);
  const { data, problem } = useExplanation(open ? enrollment : undefined);
  const found = data?.stages.find((one) => one.key === stage);
  return (
    <details class="fold minor map-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{rich("What counts<span> in {title}</span>", { title, span: (inside) => <span class="unseen">{inside}</span> })}</summary>
      <div class="stack">
        {found ? (
          <>
            <RuleTree rule={found.rule} hrefOf={hrefOf} />
            {found.optional.length > 0 && <p class="small soft">{t("No rule asks for {titles}. Do them as you like.", { titles: list(found.optional.map((one) => one.title), "disjunction") })}</p>}
          </>
        ) : (
          <p class="small soft" role="status">{problem?.message ?? (data ? t("Nothing counts here on your track.") : t("Looking at the rules …"))}</p>
        )}
      </div>
    </details>
  );
}
