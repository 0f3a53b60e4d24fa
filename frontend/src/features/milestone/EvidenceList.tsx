import { useState } from "preact/hooks";
import { removeEvidence } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { Evidence, MilestonePage } from "../../api/types";
import { FILES } from "../../api/upload";
import { plural, t } from "../../i18n/t";
import { useOutbox } from "../../offline/useOutbox";
import { IconButton } from "../../ui/button/Button";
import { EvidenceItems } from "../../ui/evidence/EvidenceItems";
import { Section } from "../../ui/screen/Screen";
import { toast } from "../../ui/toast/toast";
import { AddEvidence, type Way } from "./AddEvidence";
import { LinkHealth } from "./LinkHealth";
import { ServesSheet } from "./Serves";

export function EvidenceList({ page, adding, setAdding }: { page: MilestonePage; adding: Way | undefined; setAdding: (way: Way | undefined) => void }) {
  const [serving, setServing] = useState<string>();
  const open = page.status !== "complete";
  const { hint, required } = page.milestone.evidence;
  if (!open && page.evidence.length === 0) return null;
  const shown = page.evidence.find((one) => one.id === serving);
  return (
    <Section title={t("Evidence")}>
      {hint && <p class="small soft">{required ? hint : t("Not a must. {hint}", { hint })}</p>}
      {page.evidence.length > 0 && (
        <EvidenceItems evidence={page.evidence} files={FILES} beside={(one) => (
          <>
            <IconButton icon="map" label={servesLabel(one)} onClick={() => setServing(one.id)} />
            {open && <IconButton icon="trash" label={t("Remove {title}", { title: one.title || one.url })} onClick={() => remove(one)} />}
          </>
        )} below={(one) => <LinkHealth one={one} open={open} onReplace={() => setAdding("link")} />} />
      )}
      <StillHere page={page} />
      {open && <AddEvidence page={page} way={adding} setWay={setAdding} />}
      {shown && <ServesSheet one={shown} onClose={() => setServing(undefined)} />}
    </Section>
  );
}

/** What was added without a network is not on the page yet, and must not seem lost. */
function StillHere({ page }: { page: MilestonePage }) {
  const { waiting } = useOutbox(page.learner.id);
  const here = waiting.filter(({ command }) => command.type === "evidence" && command.milestone_keys.includes(page.milestone.key));
  if (here.length === 0) return null;
  return <p class="small"><a class="link" href="/waiting">{plural(here.length, "{n} piece waits on this device", "{n} pieces wait on this device")}</a></p>;
}

function servesLabel(one: Evidence): string {
  const also = one.milestone_keys.length - 1;
  return also === 0 ? t("Let {title} serve further milestones", { title: one.title }) : plural(also, "{title} serves another milestone too", "{title} serves {n} other milestones too", { title: one.title });
}

async function remove(one: Evidence) {
  await removeEvidence(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
  await wayChanged(one.enrollment_id);
}
