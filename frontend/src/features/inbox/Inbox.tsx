import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { markAllRead, markRead, notifications } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useInbox } from "../../api/queries";
import { cache } from "../../api/query";
import type { Inbox as InboxData, Notification } from "../../api/types";
import { t } from "../../i18n/t";
import { Button, IconButton } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Screen } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import "./inbox.css";

/** `notice` stands first and says what is wrong with the ways to a person. */
export function Inbox({ notice }: { notice?: ComponentChildren }) {
  const { data, problem, retry } = useInbox();
  const [older, setOlder] = useState<InboxData>();
  const [busy, setBusy] = useState(false);
  if (!data) return <Screen title={t("Inbox")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  const next = older ? older.next : data.next;
  // What has come meanwhile moves rows to the next page: none is shown twice.
  const rows = [...new Map([...(older?.results ?? []), ...data.results].map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? 1 : -1));
  async function readAll() {
    await markAllRead().catch((thrown: unknown) => toast(asProblem(thrown).message));
    setOlder(undefined);
    await cache.invalidate("/notifications");
  }
  async function showOlder() {
    if (!next) return;
    setBusy(true);
    try {
      const page = await notifications(next);
      setOlder((before) => ({ ...page, results: [...(before?.results ?? []), ...page.results] }));
    } catch (thrown) {
      toast(asProblem(thrown).message);
    } finally {
      setBusy(false);
    }
  }
  async function setRead(id: string) {
    const before = cache.peek<InboxData>("/notifications").data;
    // Shown at once; the answer, or asking again, puts it right.
    if (before) cache.set("/notifications", applyRead(before, id, true));
    setOlder((pages) => pages && applyRead(pages, id, true));
    await markRead(id, true).catch(() => undefined);
    await cache.invalidate("/notifications");
  }
  return (
    <Screen title={t("Inbox")} beside={data.unread > 0 && <button class="link" onClick={readAll}>{t("Mark all read")}</button>}>
      <OldData problem={problem} />
      {notice}
      {rows.length === 0 ? (
        <Empty title={t("Nothing new")}>{t("When a mentor answers, or somebody hands something in to you, you read it here.")}</Empty>
      ) : (
        <ul class="inbox">{rows.map((one) => <Item key={one.id} one={one} setRead={() => void setRead(one.id)} />)}</ul>
      )}
      {next && <div><Button wide busy={busy} onClick={() => void showOlder()}>{t("Show older")}</Button></div>}
      <p class="small"><a class="link" href="/profile/telling">{t("Choose what reaches you")}</a></p>
    </Screen>
  );
}

function Item({ one, setRead }: { one: Notification; setRead: () => void }) {
  const format = useFormat();
  const unread = one.read_at === null;
  const href = /^\/(?!\/)/.test(one.url) ? one.url : undefined;
  const content = (
    <>
      <span class="small soft">{format.instant(one.created_at)}{unread && <span class="new"> · {t("new")}</span>}</span>
      <span class="inbox-title">{one.title}</span>
      {one.body && <span>{one.body}</span>}
      <span class="small soft">{one.reason}</span>
    </>
  );
  return (
    <li class={unread ? "unread" : ""}>
      {href ? <a class="inbox-open" href={href} onClick={() => unread && setRead()}>{content}</a> : <div class="inbox-open">{content}</div>}
      {unread && <IconButton icon="check" label={t("Mark read: {title}", { title: one.title })} onClick={setRead} />}
    </li>
  );
}

/** The inbox with one notification read or unread, its count kept right. */
export function applyRead(inbox: InboxData, id: string, read: boolean): InboxData {
  const results = inbox.results.map((one) => (one.id === id ? { ...one, read_at: read ? (one.read_at ?? new Date().toISOString()) : null } : one));
  const was = inbox.results.find((one) => one.id === id);
  const change = was && (was.read_at === null) === read ? (read ? -1 : 1) : 0;
  return { ...inbox, results, unread: Math.max(0, inbox.unread + change) };
}
