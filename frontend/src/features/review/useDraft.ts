import { useEffect, useRef, useState } from "preact/hooks";
import { saveDraft } from "../../api/calls";
import { asProblem } from "../../api/problem";
import type { ReviewDraft, SubmissionDetail } from "../../api/types";
import { contentOf, isEmpty, keepHere, keptHere, same, type Content } from "./draft";

const PAUSE = 800;
const AGAIN = 15_000;

export type DraftState =
  | { kind: "nothing" | "typing" | "saving" | "offline" }
  | { kind: "saved"; at: string }
  | { kind: "changed"; other: ReviewDraft | null }
  | { kind: "refused"; message: string };

export interface Draft {
  content: Content;
  state: DraftState;
  /** The newest version that the server confirmed. */
  stored: ReviewDraft | null;
  change: (part: Partial<Content>) => void;
  /** Go on with this content over the other device's version, or over none. */
  settle: (content: Content, other: ReviewDraft | null) => void;
  /** Wait until what was typed is stored, or until it is known that it can't be now. */
  flush: () => Promise<void>;
  /** Nothing more is saved: it was released, handed over or thrown away. */
  stop: () => void;
}

/**
 * A draft that is saved as it is typed: on this device with every key, on the server after a short
 * pause, one save at a time. What another device saved meanwhile is never overwritten unseen.
 */
export function useDraft(one: SubmissionDetail): Draft {
  const kept = useRef(keptHere(one.id));
  const server = one.draft ?? null;
  const [content, setContent] = useState<Content>(() => kept.current?.content ?? contentOf(server));
  const [stored, setStored] = useState<ReviewDraft | null>(server);
  const [state, setState] = useState<DraftState>(() => (server ? { kind: "saved", at: server.saved_at } : { kind: "nothing" }));
  const now = useRef({ content, version: kept.current?.version ?? server?.version ?? 0, dirty: kept.current !== undefined, stopped: false });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<void> | undefined>(undefined);

  async function save(): Promise<void> {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    const { dirty, stopped, content: typed, version } = now.current;
    if (!dirty || stopped || !one.may.draft) return;
    setState({ kind: "saving" });
    running.current = saveDraft(one.id, { ...typed, version }).then(
      (draft) => {
        now.current.version = draft.version;
        setStored(draft);
        if (same(typed, now.current.content)) {
          now.current.dirty = false;
          keepHere(one.id, undefined);
          setState({ kind: "saved", at: draft.saved_at });
        } else {
          keepHere(one.id, { content: now.current.content, version: draft.version });
          later(PAUSE);
        }
      },
      (thrown: unknown) => {
        const problem = asProblem(thrown);
        if (problem.code === "draft-changed") setState({ kind: "changed", other: (problem.body["current"] as ReviewDraft | null) ?? null });
        else if (problem.isOffline || problem.status >= 500 || problem.status === 401 || problem.status === 429) {
          setState({ kind: "offline" });
          later(AGAIN);
        } else setState({ kind: "refused", message: problem.message });
      },
    );
    await running.current;
    running.current = undefined;
  }
  const later = (wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), wait);
  };

  function put(next: Content): void {
    now.current.content = next;
    now.current.dirty = true;
    setContent(next);
    keepHere(one.id, { content: next, version: now.current.version });
  }
  useEffect(() => {
    // What this device held back is sent first thing; the server says if it is out of date.
    if (now.current.dirty) later(0);
    const online = () => void save();
    addEventListener("online", online);
    return () => {
      removeEventListener("online", online);
      void save();
    };
  }, [one.id]);
  useEffect(() => {
    // Another device went on, and nothing was typed here since: follow it.
    if (now.current.dirty || now.current.stopped || !server || server.version <= now.current.version) return;
    now.current = { ...now.current, content: contentOf(server), version: server.version };
    setContent(now.current.content);
    setStored(server);
    setState({ kind: "saved", at: server.saved_at });
  }, [server?.version]);

  return {
    content,
    state,
    stored,
    change(part) {
      const next = { ...now.current.content, ...part };
      if (same(next, now.current.content)) return;
      put(next);
      if (state.kind === "changed") return;
      setState({ kind: "typing" });
      later(isEmpty(next) && now.current.version === 0 ? AGAIN : PAUSE);
    },
    settle(next, other) {
      now.current.version = other?.version ?? 0;
      put(next);
      void save();
    },
    async flush() {
      await save();
    },
    stop() {
      clearTimeout(timer.current);
      now.current.stopped = true;
      now.current.dirty = false;
      keepHere(one.id, undefined);
    },
  };
}
