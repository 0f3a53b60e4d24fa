import { useState } from "preact/hooks";
import { deliveriesSummary, redeliver, undelivered, type UndeliveredAsked } from "../../api/calls";
import { usePages } from "../../api/pages";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { LedgerSummary, Undelivered } from "../../api/types";
import { list, number, plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Chips } from "../../ui/chips/Chips";
import { SelectField } from "../../ui/field/Field";
import { Figures } from "../../ui/figures/Figures";
import { useFormat } from "../../ui/format/format";
import { More } from "../../ui/more/More";
import { Row, Rows } from "../../ui/rows/Rows";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { channelName, kindName, lateness, reasonName, stateName } from "./words";
import "./operators.css";

const SUMMARY = "/deliveries/summary";

/** What goes out, and what did not arrive: for who runs the installation. */
export function Deliveries() {
  const { data, problem, retry } = useQuery(SUMMARY, deliveriesSummary);
  const [asked, setAsked] = useState<UndeliveredAsked>({});
  const title = t("What goes out");
  const back = { href: "/profile", label: t("Your profile") };
  if (!data) return <Screen title={title} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  const { late, words } = lateness(data.oldest_due_at);
  return (
    <Screen title={title} back={back} lead={late ? undefined : words}>
      <OldData problem={problem} />
      {late && <Notice>{words} {t("Is a worker running, and does the mail server answer?")}</Notice>}
      {data.channels.map((one) => <Channel key={one.channel} one={one} />)}
      {data.suppressed.length > 0 && <Unsent summary={data} />}
      <Section title={t("Did not arrive")} beside={<Button onClick={() => void cache.invalidate("/deliveries/")}>{t("Look again")}</Button>}>
        {data.undelivered_kinds.length > 0 && <Filters summary={data} asked={asked} onAsk={setAsked} />}
        <Stuck key={JSON.stringify(asked)} asked={asked} onAsk={setAsked} />
      </Section>
    </Screen>
  );
}

function Channel({ one }: { one: LedgerSummary["channels"][number] }) {
  const wrong = (many: number) => (many > 0 ? "bad" : undefined);
  return (
    <Section title={channelName(one.channel)}>
      <Figures figures={[
        { name: t("due now"), value: number(one.due) },
        { name: t("sent since yesterday"), value: number(one.sent), tone: "good" },
        { name: t("failed"), value: number(one.failed), tone: wrong(one.failed) },
        { name: t("unconfirmed"), value: number(one.unconfirmed), tone: wrong(one.unconfirmed) },
      ]} />
    </Section>
  );
}

/** What was left unsent on purpose is no fault, so it is folded away. */
function Unsent({ summary }: { summary: LedgerSummary }) {
  const all = summary.suppressed.reduce((sum, one) => sum + one.count, 0);
  const several = summary.channels.length > 1;
  return (
    <details class="fold">
      <summary>{plural(all, "{n} left unsent since yesterday, on purpose", "{n} left unsent since yesterday, on purpose")}</summary>
      <ul class="stack left-unsent">
        {summary.suppressed.map(({ channel, reason, count }) => <li key={`${channel} ${reason}`}><b class="strong num">{number(count)}</b> <span>{reasonName(reason)}{several && <span class="soft"> ({channelName(channel)})</span>}</span></li>)}
      </ul>
    </details>
  );
}

const STATES = ["failed", "unconfirmed"] as const;

function Filters({ summary, asked, onAsk }: { summary: LedgerSummary; asked: UndeliveredAsked; onAsk: (asked: UndeliveredAsked) => void }) {
  const without = (name: keyof UndeliveredAsked) => Object.fromEntries(Object.entries(asked).filter(([key]) => key !== name)) as UndeliveredAsked;
  return (
    <div class="stack roomy">
      <Chips label={t("What to show")}>
        <button type="button" aria-pressed={!asked.state} onClick={() => onAsk(without("state"))}>{t("All")}</button>
        {STATES.map((state) => <button key={state} type="button" aria-pressed={asked.state === state} onClick={() => onAsk({ ...asked, state })}>{stateName(state)}</button>)}
      </Chips>
      {summary.channels.length > 1 && (
        <SelectField label={t("Way out")} value={asked.channel ?? ""} onChange={({ currentTarget: { value } }) => onAsk({ ...without("channel"), ...(value ? { channel: value as NonNullable<UndeliveredAsked["channel"]> } : {}) })}>
          <option value="">{t("Every way")}</option>
          {summary.channels.map(({ channel }) => <option key={channel} value={channel}>{channelName(channel)}</option>)}
        </SelectField>
      )}
      {(summary.undelivered_kinds.length > 1 || asked.kind) && (
        <SelectField label={t("Kind")} value={asked.kind ?? ""} onChange={({ currentTarget: { value } }) => onAsk({ ...without("kind"), ...(value ? { kind: value } : {}) })}>
          <option value="">{t("Every kind")}</option>
          {[...new Set([...summary.undelivered_kinds, ...(asked.kind ? [asked.kind] : [])])].map((kind) => <option key={kind} value={kind}>{kindName(kind)}</option>)}
        </SelectField>
      )}
    </div>
  );
}

function Stuck({ asked, onAsk }: { asked: UndeliveredAsked; onAsk: (asked: UndeliveredAsked) => void }) {
  const pages = usePages<Undelivered>(`/deliveries/undelivered?${JSON.stringify(asked)}`, (next) => undelivered(asked, next));
  const { rows, problem } = pages;
  if (!rows) return problem ? <Trouble problem={problem} retry={pages.retry} /> : <TrailSkeleton marks={3} />;
  if (rows.length === 0) {
    return Object.keys(asked).length > 0
      ? <Empty title={t("None of these")} mark="locked" action={<Button onClick={() => onAsk({})}>{t("Show everything again")}</Button>}>{t("Nothing that did not arrive is like this.")}</Empty>
      : <Empty title={t("Everything arrived")} mark="complete">{t("What fails for good, or is never confirmed, stands here until you send it again.")}</Empty>;
  }
  return (
    <>
      <OldData problem={problem} />
      <Rows>{rows.map((one) => <Line key={one.id} one={one} onSent={pages.again} />)}</Rows>
      <More pages={pages} label={t("Show more")} />
    </>
  );
}

function Line({ one, onSent }: { one: Undelivered; onSent: () => void }) {
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  async function again() {
    setBusy(true);
    try {
      await redeliver(one.id);
      toast(t("It is queued again."));
    } catch (thrown) {
      toast(asProblem(thrown).message);
    } finally {
      setBusy(false);
    }
    await cache.invalidate(SUMMARY);
    onSent();
  }
  const when = `${format.instant(one.created_at)}, ${format.clock(one.created_at)}`;
  return (
    <Row
      title={<b class="strong">{kindName(one.kind)} <span class={`stuck-state ${one.state}`}>{stateName(one.state)}</span></b>}
      detail={(
        <>
          {list([channelName(one.channel), one.address || t("nobody"), when, plural(one.attempts, "{n} attempt", "{n} attempts")], "unit")}
          {one.last_error && <span class="stuck-error">{one.last_error}</span>}
          {!one.can_be_redelivered && t("It carried a code that has run out. Have the person ask anew.")}
          {one.state === "unconfirmed" && one.can_be_redelivered && t("It may have arrived: then it comes twice.")}
        </>
      )}
    >
      {one.can_be_redelivered && <Button busy={busy} onClick={() => void again()}>{t("Send again")}</Button>}
    </Row>
  );
}
