import type { TimelineEvent } from "../../api/types";
import { t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Icon } from "../../ui/icon/Icon";
import { OutLink } from "../../ui/prose/OutLink";
import { Prose } from "../../ui/prose/Prose";
import { byDay, wordsFor } from "./words";

/** Events by day, each a mark on the trail. `linked`: the milestones are one's own, and open. */
export function Days({ events, linked, learner }: { events: readonly TimelineEvent[]; linked: boolean; learner: string }) {
  const format = useFormat();
  return (
    <>
      {byDay(events).map(({ day, events: of }) => (
        <section key={day} class="timeline-day">
          <h2><time dateTime={day}>{format.today() === day ? t("Today") : day.slice(0, 4) === format.today().slice(0, 4) ? format.longDay(day) : format.date(day)}</time></h2>
          <ol>{of.map((one) => <Moment key={one.id} one={one} linked={linked} learner={learner} />)}</ol>
        </section>
      ))}
    </>
  );
}

function Moment({ one, linked, learner }: { one: TimelineEvent; linked: boolean; learner: string }) {
  const format = useFormat();
  const { icon, tone, said } = wordsFor(one, format);
  const other = one.actor && one.actor.id !== learner ? one.actor.name : undefined;
  return (
    <li class={`moment tone-${tone}${one.undone ? " undone" : ""}`}>
      <span class="moment-mark"><Icon name={icon} size={18} /></span>
      <div class="stack tight">
        <p class="moment-head">
          <span><span class="moment-said">{said}</span>{one.undone && <span class="small soft"> · {t("taken back since")}</span>}</span>
          <time class="small soft num" dateTime={one.occurred_at}>{format.clock(one.occurred_at)}</time>
        </p>
        {one.milestone && (linked ? <a class="moment-milestone" href={`/milestones/${one.milestone.key}`}>{one.milestone.title}</a> : <p class="soft">{one.milestone.title}</p>)}
        {other && <p class="small moment-person">{other}</p>}
        {one.title && (/^https?:/.test(one.url) ? <OutLink href={one.url} tall>{one.title}</OutLink> : <p>{one.title}</p>)}
        {one.text && <div class="moment-text"><Prose text={one.text} /></div>}
      </div>
    </li>
  );
}
