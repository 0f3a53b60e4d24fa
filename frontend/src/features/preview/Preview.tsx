import { useState } from "preact/hooks";
import { nudgesPreview, snooze } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Foreseen } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { Notice, OldData } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { byDay, said, ways } from "./ahead";
import "./preview.css";

export const PREVIEW = "/nudges/preview";

/** The next two weeks of reminders, as they would come if nothing changed. */
export function Preview() {
  const { data, problem, retry } = useQuery(PREVIEW, nudgesPreview);
  return (
    <Section title={t("What will reach you")}>
      {data ? (
        <>
          <OldData problem={problem} />
          {data.items.length === 0 ? (
            <p class="soft">{t("Nothing in the next 14 days, if nothing changes. Answers of people come whenever they come.")}</p>
          ) : (
            <>
              <p class="soft">{t("The next 14 days, if nothing changes. What people answer you comes beside it.")}</p>
              <ol class="ahead">{byDay(data.items).map(([day, items]) => <Day key={day} day={day} items={items} />)}</ol>
            </>
          )}
        </>
      ) : problem ? (
        <Notice tone="plain">{problem.message} <button class="link" onClick={retry}>{t("Try again")}</button></Notice>
      ) : (
        <p class="soft" aria-busy="true">{t("Looking ahead…")}</p>
      )}
    </Section>
  );
}

function Day({ day, items }: { day: string; items: Foreseen[] }) {
  const format = useFormat();
  return (
    <li>
      <h3 class="ahead-day">{format.mediumDay(day)}</h3>
      <ul>{items.map((one) => <Item key={`${one.kind} ${one.inbox_at} ${one.url}`} one={one} />)}</ul>
    </li>
  );
}

function Item({ one }: { one: Foreseen }) {
  const format = useFormat();
  const sent = one.channels.some((channel) => channel.outcome === "sent");
  return (
    <li class={sent ? "" : "kept"}>
      <details>
        <summary>
          <span class="ahead-title">{one.title}</span>
          <span class="small soft">{format.clock(one.at)}, {ways(one)}</span>
        </summary>
        <div class="stack tight ahead-more">
          {one.body && <p>{one.body}</p>}
          <p class="small soft">{t("Why:")} {[one.reason, ...said(one)].join(" ")}</p>
          <Quiet one={one} />
        </div>
      </details>
    </li>
  );
}

const DAYS = [3, 7, 30];

/** A while without it: of its milestone, where it is about one, or else of its kind. */
function Quiet({ one }: { one: Foreseen }) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState<number>();
  const about = one.milestone_key ? { enrollment_id: one.enrollment_id, milestone_key: one.milestone_key } : { kind: one.kind };
  async function ask(days: number) {
    setBusy(days);
    try {
      await snooze({ days, ...about });
      toast(plural(days, "Quiet about it for {n} day.", "Quiet about it for {n} days."));
    } catch (thrown) {
      toast(asProblem(thrown).message);
    }
    setBusy(undefined);
    await cache.invalidate(PREVIEW, "/snoozes");
  }
  if (!asked) return <div><button class="link small" onClick={() => setAsked(true)}>{t("Not for a while")}</button></div>;
  return (
    <div class="row wrap" role="group" aria-label={t("For how long?")}>
      {DAYS.map((days) => <Button key={days} busy={busy === days} onClick={() => void ask(days)}>{plural(days, "{n} day", "{n} days")}</Button>)}
    </div>
  );
}
