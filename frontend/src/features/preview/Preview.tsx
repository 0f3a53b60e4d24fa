import { useState } from "preact/hooks";
import { nudgesPreview, snooze } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Foreseen } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { byDay, said, ways } from "./ahead";
import "./preview.css";

export const PREVIEW = "/nudges/preview";

const useAhead = () => useQuery(PREVIEW, nudgesPreview);

/** The next two weeks of reminders, as they would come if nothing changed. */
export function PreviewScreen() {
  const { data, problem, retry } = useAhead();
  const back = { href: "/profile/telling", label: t("What reaches you") };
  const title = t("The next 14 days");
  if (!data) return <Screen title={title} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  return (
    <Screen title={title} back={back} lead={t("What would reach you if nothing changed. What people answer you comes beside it.")}>
      <OldData problem={problem} />
      {data.items.length === 0 ? (
        <Empty title={t("Nothing ahead")}>{t("No reminder is due in the next 14 days. Decisions and messages reach you whenever they come.")}</Empty>
      ) : (
        <ol class="foreseen">{byDay(data.items).map(([day, items]) => <Day key={day} day={day} items={items} />)}</ol>
      )}
    </Screen>
  );
}

/** The way to it from the settings, with what comes next. */
export function Ahead() {
  const { data } = useAhead();
  const format = useFormat();
  const next = data?.items[0];
  return (
    <Section title={t("What is ahead")}>
      {data && <p class="soft">{next ? t("Next, on {day}: {title}", { day: format.longDay(next.day), title: next.title }) : t("Nothing in the next 14 days, if nothing changes.")}</p>}
      <div><ButtonLink href="/profile/ahead" icon="calendar">{t("See the next 14 days")}</ButtonLink></div>
    </Section>
  );
}

function Day({ day, items }: { day: string; items: Foreseen[] }) {
  const format = useFormat();
  return (
    <li>
      <h2 class="foreseen-day">{format.mediumDay(day)}</h2>
      <ul>{items.map((one) => <Item key={`${one.kind} ${one.inbox_at} ${one.url}`} one={one} />)}</ul>
    </li>
  );
}

function Item({ one }: { one: Foreseen }) {
  const format = useFormat();
  const sent = one.channels.some((channel) => channel.outcome === "sent");
  return (
    <li class={sent ? "" : "kept"}>
      <details class="opens">
        <summary>
          <span class="stack tight">
            <span class="opens-name">{one.title}</span>
            <span class="small soft">{format.clock(one.at)}, {ways(one)}</span>
          </span>
        </summary>
        <div class="foreseen-more">
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
  const about = one.milestone_key ? { enrollment_id: one.enrollment_id, milestone_key: one.milestone_key } : { kind: one.kind as NonNullable<Parameters<typeof snooze>[0]["kind"]> };
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
