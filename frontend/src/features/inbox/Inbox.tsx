import type { ComponentChildren } from "preact";
import { markAllRead, markRead, notifications } from "../../api/calls";
import { usePages } from "../../api/pages";
import { asProblem } from "../../api/problem";
import { INBOX } from "../../api/queries";
import { cache } from "../../api/query";
import type { Inbox as InboxData, Notification } from "../../api/types";
import { t } from "../../i18n/t";
import { IconButton } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { More } from "../../ui/more/More";
import { Screen } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import "./inbox.css";

/** `notice` stands first and says what is wrong with the ways to a person. */
export function Inbox({ notice }: { notice?: ComponentChildren }) {
  const pages = usePages<Notification, InboxData>(INBOX, notifications);
  const { first, rows, problem } = pages;
  if (!first || !rows) return <Screen title={t("Inbox")}>{problem ? <Trouble problem={problem} retry={pages.retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  async function readAll() {
    await markAllRead().catch((thrown: unknown) => toast(asProblem(thrown).message));
    pages.again();
  }
  async function setRead(id: string) {
    const before = cache.peek<InboxData>(INBOX).data;
    // Shown at once; the answer, or asking again, puts it right.
    if (before) cache.set(INBOX, applyRead(before, id, true));
    pages.amend((one) => asRead(one, id, true));
    await markRead(id, true).catch(() => undefined);
    await cache.invalidate(INBOX);
  }
  return (
    <Screen title={t("Inbox")} beside={first.unread > 0 && <button class="link" onClick={readAll}>{t("Mark all read")}</button>}>
      <OldData problem={problem} />
      {notice}
      {rows.length === 0 ? (
        <Empty title={t("Nothing new")}>{t("When a mentor answers, or somebody hands something in to you, you read it here.")}</Empty>
      ) : (
        <ul class="inbox">{rows.map((one) => <Item key={one.id} one={one} setRead={() => void setRead(one.id)} />)}</ul>
      )}
      <More pages={pages} label={t("Show older")} />
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

const asRead = (one: Notification, id: string, read: boolean): Notification =>
  one.id === id ? { ...one, read_at: read ? (one.read_at ?? new Date().toISOString()) : null } : one;

/** The inbox with one notification read or unread, its count kept right. */
export function applyRead(inbox: InboxData, id: string, read: boolean): InboxData {
  const results = inbox.results.map((one) => asRead(one, id, read));
  const was = inbox.results.find((one) => one.id === id);
  const change = was && (was.read_at === null) === read ? (read ? -1 : 1) : 0;
  return { ...inbox, results, unread: Math.max(0, inbox.unread + change) };
}
