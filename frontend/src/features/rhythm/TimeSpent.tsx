import { useState } from "preact/hooks";
import type { Rhythm } from "../../api/types";
import { Bar } from "../../ui/bar/Bar";
import { Button } from "../../ui/button/Button";
import { duration } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";

const CUTS = { milestones: "Milestones", stages: "Stages", kinds: "Kinds" } as const;
const KINDS: Record<Rhythm["kinds"][number]["kind"], string> = { degree: "Degree", skill: "Skills", project: "Projects", deployment: "Deployment" };
const FEW = 6;
interface Line { key: string; title: string; minutes: number; estimate_minutes: number; href?: string }

/** Where the time went, cut three ways, with the authors' estimates beside. */
export function TimeSpent({ rhythm, links }: { rhythm: Rhythm; links: boolean }) {
  const [cut, setCut] = useState<keyof typeof CUTS>("milestones");
  const [all, setAll] = useState(false);
  const lines = linesOf(rhythm, cut, links);
  const shown = all ? lines : lines.slice(0, FEW);
  return (
    <Section title="Where the time went">
      {rhythm.minutes === 0 ? (
        <p class="soft">Nothing is logged yet. The first 25 minutes show up here.</p>
      ) : (
        <>
          <div class="cuts" role="radiogroup" aria-label="Time by">
            {(Object.keys(CUTS) as (keyof typeof CUTS)[]).map((one) => (
              <label key={one}><input type="radio" class="unseen" name="cut" checked={cut === one} onChange={() => { setCut(one); setAll(false); }} /><span>{CUTS[one]}</span></label>
            ))}
          </div>
          <ul class="shares">{shown.map((line) => <li key={line.key}><ShareLine line={line} /></li>)}</ul>
          {shown.length < lines.length && <div><Button onClick={() => setAll(true)}>Show all {lines.length}</Button></div>}
          {rhythm.elsewhere_minutes > 0 && <p class="small soft">And {duration(rhythm.elsewhere_minutes)} on milestones of earlier editions.</p>}
        </>
      )}
    </Section>
  );
}

function ShareLine({ line }: { line: Line }) {
  const whole = Math.max(line.minutes, line.estimate_minutes);
  const text = (
    <>
      <span class="row"><span class="grow name">{line.title}</span><span class="num nowrap"><b class="strong">{duration(line.minutes)}</b>{line.estimate_minutes > 0 && <span class="soft small"> of about {duration(line.estimate_minutes)}</span>}</span></span>
      <Bar thick share={whole === 0 ? 0 : line.minutes / whole} label={`${line.title}, of the estimate`} />
    </>
  );
  return line.href ? <a href={line.href}>{text}</a> : <div>{text}</div>;
}

function linesOf(rhythm: Rhythm, cut: keyof typeof CUTS, links: boolean): Line[] {
  if (cut === "kinds") return rhythm.kinds.map((one) => ({ ...one, key: one.kind, title: KINDS[one.kind] }));
  if (cut === "stages") return rhythm.stages;
  return rhythm.milestones.map((one) => (links ? { ...one, href: `/milestones/${one.key}` } : one));
}
