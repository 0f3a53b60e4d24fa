import { useState } from "preact/hooks";
import { useExplanation } from "../../api/queries";
import { RuleTree } from "../../ui/rule/RuleTree";
import "./map.css";

const hrefOf = (key: string) => `/milestones/${key}`;

/** What a stage asks for, part by part; asked for when somebody wants to know. */
export function WhatCounts({ enrollment, stage, title }: { enrollment: string; stage: string; title: string }) {
  const [open, setOpen] = useState(false);
  const { data, problem } = useExplanation(open ? enrollment : undefined);
  const found = data?.stages.find((one) => one.key === stage);
  return (
    <details class="quietly" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What counts<span class="unseen"> in {title}</span></summary>
      <div class="stack">
        {found ? (
          <>
            <RuleTree rule={found.rule} hrefOf={hrefOf} />
            {found.optional.length > 0 && <p class="small soft">No rule asks for {found.optional.map((one) => one.title).join(", ")}. Do them as you like.</p>}
          </>
        ) : (
          <p class="small soft" role="status">{problem?.message ?? (data ? "Nothing counts here on your track." : "Looking at the rules …")}</p>
        )}
      </div>
    </details>
  );
}
