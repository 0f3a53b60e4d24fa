import { renderHook, waitFor } from "@testing-library/preact";
import { beforeEach, expect, it, vi } from "vitest";
import { cache } from "./query";
import { useReadHere } from "./useReadHere";

const HERE = "/cohorts/c";
let inbox: { id: string; kind: string; url: string; read_at: string | null }[];
let patched: string[];
let asked: number;

beforeEach(() => {
  cache.clear();
  patched = [];
  asked = 0;
  inbox = [
    { id: "here", kind: "announcement-made", url: HERE, read_at: null },
    { id: "other-kind", kind: "cohort-digest", url: HERE, read_at: null },
    { id: "other-page", kind: "announcement-made", url: "/cohorts/d", read_at: null },
    { id: "read", kind: "announcement-made", url: HERE, read_at: "2026-11-20T10:00:00Z" },
  ];
  vi.stubGlobal("fetch", async (request: Request) => {
    const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
    if (request.method === "GET") {
      asked += 1;
      return json({ results: inbox, next: null, unread: inbox.filter((one) => !one.read_at).length });
    }
    const id = new URL(request.url).pathname.split("/").pop() ?? "";
    patched.push(id);
    inbox = inbox.map((one) => (one.id === id ? { ...one, read_at: "2026-11-21T10:00:00Z" } : one));
    return json(inbox.find((one) => one.id === id));
  });
});

it("marks what led to this page, and nothing else", async () => {
  renderHook(() => useReadHere(HERE, "announcement-made"));
  await waitFor(() => expect(cache.peek<{ unread: number }>("/notifications").data?.unread).toBe(2));
  expect(patched).toEqual(["here"]);
});

it("marks every kind where the page is about one thing", async () => {
  renderHook(() => useReadHere(HERE));
  await waitFor(() => expect(cache.peek<{ unread: number }>("/notifications").data?.unread).toBe(1));
  expect(patched).toEqual(["here", "other-kind"]);
});

it("asks nothing for who is not signed in", async () => {
  renderHook(() => useReadHere(null));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toBe(0);
});
