import type { QueryCache } from "../api/query";

/** The few reads kept on the device, so that the app opens at once and without a network. */
const KEPT = [/^\/me$/, /^\/enrollments$/, /^\/enrollments\/[^/]+\/map$/, /^\/mentorships$/, /^\/timer$/, /^\/log-entries\?/];
const STORE = "waymark:kept";

type Kept = Record<string, { data: unknown; at: number }>;

function read(): Kept {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "{}") as Kept;
  } catch {
    return {};
  }
}

/** Show what was kept until newer data comes, and keep what comes. */
export function keepOnDevice(cache: QueryCache): void {
  for (const [key, { data }] of Object.entries(read())) cache.hydrate(key, data);
  cache.onData = (key, data, at) => {
    if (!KEPT.some((pattern) => pattern.test(key))) return;
    try {
      localStorage.setItem(STORE, JSON.stringify({ ...read(), [key]: { data, at } }));
    } catch {
      // A full or forbidden store only costs the quick start.
    }
  };
}

/** When the newest kept answer of a key came (ms since the epoch), or undefined. */
export function keptAt(key: string): number | undefined {
  return read()[key]?.at;
}

/** On signing out nothing of a person stays, but what was never sent (see unsent.ts). */
export function forgetKept(): void {
  localStorage.removeItem(STORE);
}
