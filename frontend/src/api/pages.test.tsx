import { act, renderHook, waitFor } from "@testing-library/preact";
import { beforeEach, expect, it, vi } from "vitest";
import { usePages, type Page } from "./pages";
import { cache } from "./query";

interface Row { id: string; text: string }
const FIRST: Page<Row> = { results: [{ id: "3", text: "new" }, { id: "2", text: "new" }], next: "/list?cursor=two" };
const SECOND: Page<Row> = { results: [{ id: "2", text: "old" }, { id: "1", text: "old" }], next: null };

beforeEach(() => cache.clear());

async function twoPages(load: (next?: string) => Promise<Page<Row>>) {
  const { result } = renderHook(() => usePages<Row>("/list", load));
  await waitFor(() => expect(result.current.rows).toHaveLength(2));
  await act(async () => result.current.more?.());
  return result;
}

it("shows no row twice, and each as it was said last", async () => {
  const result = await twoPages((next) => Promise.resolve(next ? SECOND : FIRST));
  expect(result.current.rows).toEqual([...FIRST.results, SECOND.results[1]]);
  expect(result.current.more).toBeUndefined();
});

it("keeps what it has and says why no more came", async () => {
  const load = vi.fn((next?: string) => (next ? Promise.reject(new Error("gone")) : Promise.resolve(FIRST)));
  const result = await twoPages(load);
  expect(result.current.rows).toHaveLength(2);
  expect(result.current.trouble).toBeDefined();
  expect(result.current.more).toBeDefined();
});

it("changes rows of later pages where they stand, and begins at the first page again", async () => {
  const result = await twoPages((next) => Promise.resolve(next ? SECOND : FIRST));
  act(() => result.current.amend((row) => (row.id === "1" ? { ...row, text: "read" } : row)));
  expect(result.current.rows?.at(-1)).toEqual({ id: "1", text: "read" });
  act(() => result.current.again());
  expect(result.current.rows).toEqual(FIRST.results);
});
