import { renderHook, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useEnrollment, useIsMentor } from "./queries";
import { cache } from "./query";

const answers: Record<string, unknown[]> = {};

beforeEach(() => {
  vi.stubGlobal("fetch", async (request: Request) => {
    const results = answers[new URL(request.url).pathname];
    if (!results) throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify({ results, next: null, previous: null }), { headers: { "Content-Type": "application/json" } });
  });
});

afterEach(() => {
  cache.clear();
  for (const path of Object.keys(answers)) delete answers[path];
});

it("does not believe what was kept when it says that somebody has no way, or mentors nobody", async () => {
  cache.hydrate("/enrollments", []);
  cache.hydrate("/mentorships", []);
  answers["/api/v1/enrollments"] = [{ id: "e", state: "active" }];
  answers["/api/v1/mentorships"] = [{ my_part: "mentor", state: "active" }];
  const { result } = renderHook(() => ({ way: useEnrollment(), mentor: useIsMentor() }));
  expect(result.current.way.none).toBe(false);
  expect(result.current.mentor).toBeUndefined();
  await waitFor(() => expect(result.current.way.data?.id).toBe("e"));
  await waitFor(() => expect(result.current.mentor).toBe(true));
});

it("does believe it where no answer can be had", async () => {
  cache.hydrate("/enrollments", []);
  cache.hydrate("/mentorships", [{ my_part: "mentor", state: "active" }]);
  const { result } = renderHook(() => ({ way: useEnrollment(), mentor: useIsMentor() }));
  expect(result.current.mentor).toBe(true);
  await waitFor(() => expect(result.current.way.none).toBe(true));
  expect(result.current.way.problem?.isOffline).toBe(true);
});

it("stays with what it knew while that is asked again", async () => {
  for (const path of ["/enrollments", "/mentorships", "/cohorts"]) answers[`/api/v1${path}`] = [];
  let drawn: { none: boolean; mentor: boolean | undefined }[] = [];
  renderHook(() => drawn.push({ none: useEnrollment().none, mentor: useIsMentor() }));
  const known = { none: true, mentor: false };
  await waitFor(() => expect(drawn.at(-1)).toEqual(known));
  drawn = [];
  void cache.invalidate("/");
  await waitFor(() => expect(drawn.length).toBeGreaterThan(1)); // while asking, and with the answer
  await waitFor(() => expect(["/enrollments", "/mentorships", "/cohorts"].some((key) => cache.peek(key).stale)).toBe(false));
  for (const each of drawn) expect(each).toEqual(known);
});

it("does not believe, where it comes up anew, what a write has made old", async () => {
  for (const path of ["/enrollments", "/mentorships", "/cohorts"]) answers[`/api/v1${path}`] = [];
  const first = renderHook(() => useIsMentor());
  await waitFor(() => expect(first.result.current).toBe(false));
  first.unmount();
  await cache.invalidate("/");
  answers["/api/v1/mentorships"] = [{ my_part: "mentor", state: "active" }];
  const { result } = renderHook(() => useIsMentor());
  expect(result.current).toBeUndefined();
  await waitFor(() => expect(result.current).toBe(true));
});
