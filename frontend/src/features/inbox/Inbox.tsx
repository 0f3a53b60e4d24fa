import { markAllRead, markRead } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useInbox } from "../../api/queries";
import { cache } from "../../api/query";
import type { Inbox as InboxData, Notification } from "../../api/types";
import { t } from "../../i18n/t";
import { IconButton } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Screen } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import "./inbox.css";

export function Inbox() {
  const { data, problem, retry } = useInbox();
  async function readAll() {
    await markAllRead().catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/notifications");
  }
  if (!data) return <Screen title={t("Inbox")}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  return (
    <Screen title={t("Inbox")} beside={data.unread > 0 && <button class="link" onClick={readAll}>{t("Mark all read")}</button>}>
      <OldData problem={problem} />
      {data.results.length === 0 ? (
        <Empty title={t("Nothing new")}>{t("When a mentor answers, or somebody hands something in to you, you read it here.")}</Empty>
      ) : (
        <ul class="inbox">{data.results.map((one) => <Item key={one.id} one={one} />)}</ul>
      )}
    </Screen>
  );
}

function Item({ one }: { one: Notification }) {
  const format = useFormat();
  const unread = one.read_at === null;
  const href = /^\/(?!\/)/.test(one.url) ? one.url : undefined;
  async function setRead() {
    const before = cache.peek<InboxData>("/notifications").data;
    // Shown at once; the answer, or asking again, puts it right.
    if (before) cache.set("/notifications", applyRead(before, one.id, true));
    await markRead(one.id, true).catch(() => cache.invalidate("/notifications"));
  }
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
      {href ? <a class="inbox-open" href={href} onClick={() => unread && void setRead()}>{content}</a> : <div class="inbox-open">{content}</div>}
      {unread && <IconButton icon="check" label={t("Mark read: {title}", { title: one.title })} onClick={() => void setRead()} />}
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
