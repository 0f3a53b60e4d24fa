import { useState } from "preact/hooks";
import { calendarFeeds, openCalendarFeed, revokeCalendarFeed } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { CalendarFeed } from "../../api/types";
import { t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Row, Rows, Sure } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import "./calendar.css";

const FEEDS = "/calendar-feeds";

/** One's days in other calendars: an address for each, made, shown once, revoked. */
export function CalendarFeeds() {
  const { data: feeds = [], problem } = useQuery(FEEDS, calendarFeeds);
  const [made, setMade] = useState<{ id: string; url: string }>();
  const form = useForm({
    initial: { label: "" },
    explain: asProblem,
    async send({ label }) {
      const { id, url } = await openCalendarFeed(label.trim());
      await cache.invalidate(FEEDS);
      setMade({ id, url });
      form.set("label", "");
    },
  });
  async function revoke(one: CalendarFeed) {
    await revokeCalendarFeed(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    if (made?.id === one.id) setMade(undefined);
    await cache.invalidate(FEEDS);
  }
  return (
    <Section title={t("In your calendar")}>
      <p class="soft">{t("Your target, your sessions, pauses and cohorts as a calendar of their own, in whichever program you use. It follows by itself when they change.")}</p>
      {problem && <Notice tone="plain">{problem.message}</Notice>}
      <Rows label={t("Calendars that read along")}>
        {feeds.map((one) => <Feed key={one.id} one={one} onRevoke={() => revoke(one)} />)}
      </Rows>
      {made && <Address url={made.url} />}
      <form class="stack roomy" {...form.form} aria-label={t("Another calendar")}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label={t("Which calendar is it for?")} maxLength={80} placeholder={t("Phone")} {...form.text("label")} />
        <div><Button type="submit" icon="calendar" busy={form.busy}>{t("Make an address")}</Button></div>
      </form>
    </Section>
  );
}

function Feed({ one, onRevoke }: { one: CalendarFeed; onRevoke: () => Promise<void> }) {
  const format = useFormat();
  const name = one.label || t("A calendar");
  return (
    <Row title={name} detail={one.last_read_at ? t("Last read {day}", { day: format.instant(one.last_read_at) }) : t("Not read yet")}>
      <Sure ask={t("Revoke")} label={t("Revoke the address for {name}", { name })} yes={t("Revoke it")} no={t("Keep it")} onYes={onRevoke} />
    </Row>
  );
}

/** Shown this once: it is not kept anywhere. */
function Address({ url }: { url: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
      toast(t("Copied."));
    } catch {
      toast(t("This browser does not let pages copy. Select the address and copy it by hand."));
    }
  }
  return (
    <Notice tone="lake">
      <div class="stack">
        <p><b>{t("Give this address to your calendar program. It is shown this once.")}</b></p>
        <code class="feed-address">{url}</code>
        <p class="small">{t("Whoever has it can read these days, so give it to nobody else. Revoke it when it got about.")}</p>
        <div class="row wrap">
          <Button onClick={() => void copy()}>{t("Copy the address")}</Button>
          <ButtonLink href={url.replace(/^https?:/, "webcal:")} icon="calendar">{t("Open in a calendar")}</ButtonLink>
        </div>
      </div>
    </Notice>
  );
}
