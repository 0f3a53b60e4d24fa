import { useState } from "preact/hooks";
import { endSnooze, snooze, snoozes } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Preferences, Snooze } from "../../api/types";
import { plural, rich, t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { Chips } from "../../ui/chips/Chips";

const DAYS = [1, 3, 7];

/** Quiet for some days, and what is quiet already. */
export function Quiet({ data }: { data: Preferences }) {
  const { data: held = [], problem: unread } = useQuery("/snoozes", snoozes);
  const [problem, setProblem] = useState<Problem>();
  async function act(doIt: () => Promise<unknown>) {
    setProblem(undefined);
    await doIt().catch((thrown: unknown) => setProblem(asProblem(thrown)));
    await cache.invalidate("/snoozes", "/nudges/preview");
  }
  const all = held.find(isOfEverything);
  const shown = problem ?? unread;
  return (
    <Section title={t("Quiet for a while")}>
      {shown && <Notice alert>{shown.message}</Notice>}
      {held.length > 0 && <Rows label={t("What is quiet")}>{held.map((one) => <Held key={one.id} one={one} data={data} end={() => void act(() => endSnooze(one.id))} />)}</Rows>}
      <p class="soft">{all ? t("Begin it anew from now:") : t("Nothing that can wait comes for so long. Decisions and invitations still do.")}</p>
      <Chips label={t("Snooze everything")}>
        {DAYS.map((days) => <button key={days} type="button" onClick={() => void act(() => snooze({ days }))}>{plural(days, "{n} day", "{n} days")}</button>)}
      </Chips>
    </Section>
  );
}

const isOfEverything = (one: Snooze) => !one.kind && one.enrollment_id === null;

function Held({ one, data, end }: { one: Snooze; data: Preferences; end: () => void }) {
  const format = useFormat();
  const until = `${format.longDay(format.dayOf(one.until))}, ${format.clock(one.until)}`;
  const occasion = data.kinds.find((kind) => kind.kind === one.kind)?.occasion ?? one.kind;
  const what = isOfEverything(one) ? t("Everything") : one.kind ? occasion : t("Milestone “{key}”", { key: one.milestone_key });
  return (
    <Row title={what} detail={rich("quiet until {until}", { until })}>
      <button type="button" class="link small" onClick={end} aria-label={t("End the quiet of: {what}", { what })}>{t("End it")}</button>
    </Row>
  );
}
