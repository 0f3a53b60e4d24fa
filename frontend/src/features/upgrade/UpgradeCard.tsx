import { useUpgrade } from "../../api/queries";
import type { Upgrade } from "../../api/types";
import { rich, t } from "../../i18n/t";
import { Blaze } from "../../ui/blaze/Blaze";
import { Card } from "../../ui/card/Card";
import { useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { reason, standing } from "./words";
import "./upgrade.css";

/** A newer edition is there, or the last one can be taken back: calmly, and only then. */
export function UpgradeCard({ enrollment }: { enrollment: string }) {
  const { data } = useUpgrade(enrollment);
  const format = useFormat();
  const is = data ? standing(data) : "nothing";
  if (!data || is === "nothing") return null;
  return (
    <Card tone="sunk" href="/edition">
      {is === "offered" ? (
        <span class="stack tight"><b class="strong">{t("Your pathway has a new edition")}</b><span class="small soft">{data.summary ? sentence(data.summary.sentence) : t("Your track is not in it any more.")} {t("You decide whether and when.")}</span></span>
      ) : (
        <span class="stack tight"><b class="strong">{t("You are on edition {current}", { current: data.current })}</b><span class="small soft">{data.taken && t("Until {when} you can take that back.", { when: format.instant(data.taken.undo_until) })}</span></span>
      )}
    </Card>
  );
}

/** What earlier editions saw and this one has no place for; an offer put off stays within reach. */
export function Earlier({ enrollment }: { enrollment: string }) {
  const { data } = useUpgrade(enrollment);
  if (!data) return null;
  return (
    <>
      {data.history.length > 0 && <History of={data.history} />}
      {data.available && data.answer !== null && <p class="small soft">{rich("There is an edition {edition} of your pathway. <a>See what it means</a>", { edition: data.edition, a: (inside) => <a class="inline-link" href="/edition">{inside}</a> })}</p>}
    </>
  );
}

function History({ of }: { of: Upgrade["history"] }) {
  return (
    <Section title={t("Reached earlier")}>
      <ul class="history">
        {of.map((one) => (
          <li key={one.key}><Blaze state={one.earned ? "complete" : "in_progress"} /><span class="stack tight"><b class="strong">{one.title}</b><span class="small soft">{reason(one)}</span></span></li>
        ))}
      </ul>
    </Section>
  );
}

/** The server's sentence as one: with a capital and a full stop. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
