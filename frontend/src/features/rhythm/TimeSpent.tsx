import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Rhythm } from "../../api/types";
import { rich, t } from "../../i18n/t";
import { Bar } from "../../ui/bar/Bar";
import { Button } from "../../ui/button/Button";
import { duration } from "../../ui/format/format";
import { kindsWord } from "../../ui/kind/words";
import { Section } from "../../ui/screen/Screen";

const CUTS = () => ({ milestones: t("Milestones"), stages: t("Stages"), kinds: t("Kinds") });
type Cut = keyof ReturnType<typeof CUTS>;
const FEW = 6;
const strong = (inside: ComponentChildren) => <b class="strong">{inside}</b>;
interface Line { key: string; title: string; minutes: number; estimate_minutes: number; href?: string }

/** Where the time went, cut three ways, with the authors' estimates beside. */
export function TimeSpent({ rhythm, links }: { rhythm: Rhythm; links: boolean }) {
  const [cut, setCut] = useState<Cut>("milestones");
  const [all, setAll] = useState(false);
  const lines = linesOf(rhythm, cut, links);
  const shown = all ? lines : lines.slice(0, FEW);
  return (
    <Section title={t("Where the time went")}>
      {rhythm.minutes === 0 ? (
        <p class="soft">{t("Nothing is logged yet. The first 25 minutes show up here.")}</p>
      ) : (
        <>
          <div class="cuts" role="radiogroup" aria-label={t("Time by")}>
            {(Object.keys(CUTS()) as Cut[]).map((one) => (
              <label key={one}><input type="radio" class="unseen" name="cut" checked={cut === one} onChange={() => { setCut(one); setAll(false); }} /><span>{CUTS()[one]}</span></label>
            ))}
          </div>
          <ul class="shares">{shown.map((line) => <li key={line.key}><ShareLine line={line} /></li>)}</ul>
          {shown.length < lines.length && <div><Button onClick={() => setAll(true)}>{t("Show all {count}", { count: lines.length })}</Button></div>}
          {rhythm.elsewhere_minutes > 0 && <p class="small soft">{t("And {duration} on milestones of earlier editions.", { duration: duration(rhythm.elsewhere_minutes) })}</p>}
        </>
      )}
    </Section>
  );
}

function ShareLine({ line }: { line: Line }) {
  const whole = Math.max(line.minutes, line.estimate_minutes);
  const text = (
    <>
      <span class="row"><span class="grow name">{line.title}</span><span class="num nowrap">{line.estimate_minutes > 0 ? rich("<b>{duration}</b><of> of about {estimate}</of>", { duration: duration(line.minutes), estimate: duration(line.estimate_minutes), b: strong, of: (inside) => <span class="soft small">{inside}</span> }) : strong(duration(line.minutes))}</span></span>
      <Bar thick share={whole === 0 ? 0 : line.minutes / whole} label={t("{title}, of the estimate", { title: line.title })} />
    </>
  );
  return line.href ? <a href={line.href}>{text}</a> : <div>{text}</div>;
}

function linesOf(rhythm: Rhythm, cut: Cut, links: boolean): Line[] {
  if (cut === "kinds") return rhythm.kinds.map((one) => ({ ...one, key: one.kind, title: kindsWord(one.kind) }));
  if (cut === "stages") return rhythm.stages;
  return rhythm.milestones.map((one) => (links ? { ...one, href: `/milestones/${one.key}` } : one));
}
