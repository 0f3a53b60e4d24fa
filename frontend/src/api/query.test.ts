import { describe, expect, it, vi } from "vitest";
import { Problem } from "./problem";
import { QueryCache } from "./query";

/** A clock one can set, and an answer one can give when it suits. */
function setUp() {
  let now = 1_000_000;
  const cache = new QueryCache(15_000, () => now);
  return { cache, pass: (ms: number) => (now += ms) };
}

describe("the query cache", () => {
  it("asks once for many followers and tells them all", async () => {
    const { cache } = setUp();
    const load = vi.fn(async () => "answer");
    const told = [vi.fn(), vi.fn()];
    told.forEach((tell) => cache.follow("/a", load, tell));
    await cache.refresh("/a");
    expect(load).toHaveBeenCalledTimes(1);
    expect(cache.peek("/a")).toMatchObject({ data: "answer", loading: false, problem: undefined });
    told.forEach((tell) => expect(tell).toHaveBeenCalled());
  });

  it("takes a fresh answer as it is, and asks again for an old one while showing it", async () => {
    const { cache, pass } = setUp();
    const load = vi.fn(async () => "one");
    cache.follow("/a", load, () => undefined);
    await cache.refresh("/a");
    pass(1_000);
    cache.follow("/a", load, () => undefined);
    expect(load).toHaveBeenCalledTimes(1);
    pass(60_000);
    cache.follow("/a", load, () => undefined);
    expect(load).toHaveBeenCalledTimes(2);
    expect(cache.peek("/a")).toMatchObject({ data: "one", loading: true });
  });

  it("keeps the data beside a later failure", async () => {
    const { cache } = setUp();
    const load = vi.fn().mockResolvedValueOnce("kept").mockRejectedValueOnce(new TypeError("Failed to fetch"));
    cache.follow("/a", load, () => undefined);
    await cache.refresh("/a");
    await cache.refresh("/a");
    const { data, problem } = cache.peek<string>("/a");
    expect(data).toBe("kept");
    expect(problem).toBeInstanceOf(Problem);
    expect(problem?.isOffline).toBe(true);
  });

  it("does not let a slow answer overwrite what a write put in", async () => {
    const { cache } = setUp();
    let give: (value: string) => void = () => undefined;
    cache.follow("/a", () => new Promise<string>((resolve) => (give = resolve)), () => undefined);
    const running = cache.refresh("/a");
    cache.set("/a", "written");
    give("older");
    await running;
    expect(cache.peek("/a").data).toBe("written");
  });

  it("asks again for what is on screen when a prefix is invalidated, later for the rest", async () => {
    const { cache } = setUp();
    const shown = vi.fn(async () => 1);
    const hidden = vi.fn(async () => 2);
    cache.follow("/enrollments/1/map", shown, () => undefined);
    const leave = cache.follow("/enrollments/1/milestones/x", hidden, () => undefined);
    await Promise.all([cache.refresh("/enrollments/1/map"), cache.refresh("/enrollments/1/milestones/x")]);
    leave();
    await cache.invalidate("/enrollments/1/");
    expect(shown).toHaveBeenCalledTimes(2);
    expect(hidden).toHaveBeenCalledTimes(1);
    cache.follow("/enrollments/1/milestones/x", hidden, () => undefined);
    expect(hidden).toHaveBeenCalledTimes(2);
  });

  it("shows what was kept from before, but counts it as old, and never over a real answer", async () => {
    const { cache } = setUp();
    cache.hydrate("/me", "kept");
    expect(cache.peek("/me").data).toBe("kept");
    const load = vi.fn(async () => "new");
    cache.follow("/me", load, () => undefined);
    expect(load).toHaveBeenCalledTimes(1);
    await cache.refresh("/me");
    cache.hydrate("/me", "kept");
    expect(cache.peek("/me").data).toBe("new");
  });

  it("forgets everything, answers on their way included", async () => {
    const { cache } = setUp();
    let give: (value: string) => void = () => undefined;
    cache.follow("/me", () => new Promise<string>((resolve) => (give = resolve)), () => undefined);
    const running = cache.refresh("/me");
    cache.clear();
    give("somebody else");
    await running;
    expect(cache.peek("/me").data).toBeUndefined();
  });

  it("does not wait for an answer that a write has made old", async () => {
    const { cache } = setUp();
    const gives: ((value: string) => void)[] = [];
    cache.follow("/a", () => new Promise<string>((resolve) => gives.push(resolve)), () => undefined);
    const invalidated = cache.invalidate("/a");
    expect(gives).toHaveLength(2);
    gives[1]?.("new");
    await invalidated;
    gives[0]?.("old");
    await Promise.resolve();
    expect(cache.peek("/a")).toMatchObject({ data: "new", loading: false, stale: false });
  });

  it("asks anew after it forgot, whatever is on its way", async () => {
    const { cache } = setUp();
    const gives: ((value: string) => void)[] = [];
    cache.follow("/me", () => new Promise<string>((resolve) => gives.push(resolve)), () => undefined);
    cache.clear();
    const refreshed = cache.refresh("/me");
    gives[0]?.("somebody else");
    gives[1]?.("me");
    await refreshed;
    expect(cache.peek("/me").data).toBe("me");
  });

  it("asks again after a question that could not even be put", async () => {
    const { cache } = setUp();
    const load = vi.fn((): Promise<string> => Promise.resolve("answer")).mockImplementationOnce(() => { throw new TypeError("bad address"); });
    cache.follow("/a", load, () => undefined);
    await cache.refresh("/a");
    await cache.refresh("/a");
    expect(cache.peek("/a")).toMatchObject({ data: "answer", problem: undefined });
  });

  it("says that what it shows is stale from a write until the answer", async () => {
    const { cache } = setUp();
    const leave = cache.follow("/a", async () => 1, () => undefined);
    await cache.refresh("/a");
    leave();
    await cache.invalidate("/a");
    expect(cache.peek("/a")).toMatchObject({ data: 1, at: 1_000_000, stale: true, loading: false });
    await cache.refresh("/a");
    expect(cache.peek("/a").stale).toBe(false);
  });
});
