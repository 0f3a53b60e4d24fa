import { useEffect } from "preact/hooks";
import { markRead } from "./calls";
import { INBOX, useInbox } from "./queries";
import { cache } from "./query";

/**
 * Who has a page before them has read what led there: what is unread in the inbox with exactly this
 * address is marked so. `url` of null asks nothing, for who is not signed in. With `kind`, only
 * notifications of that kind: on a page of many things, the others may still be unseen.
 */
export function useReadHere(url: string | null, kind?: string): void {
  const { data } = useInbox(url !== null);
  const unread = data?.results.filter((one) => one.url === url && (!kind || one.kind === kind) && one.read_at === null).map((one) => one.id).join() ?? "";
  useEffect(() => {
    if (!unread) return;
    // What could not be marked stays unread, and is tried again the next time.
    void Promise.all(unread.split(",").map((id) => markRead(id, true).catch(() => undefined))).then(() => cache.invalidate(INBOX));
  }, [unread]);
}
