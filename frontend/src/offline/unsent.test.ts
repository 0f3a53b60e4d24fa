import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { UnsentLog, type Unsent } from "./unsent";

const entry = (id: string): Unsent => ({
  id, enrollment_id: "e", milestone_key: "m", milestone_title: "Containerization", day: "2026-11-22", minutes: 45, note: "",
});
const away = () => Promise.reject(new TypeError("Failed to fetch"));

describe("log entries on their way", () => {
  let store: Storage;
  beforeEach(() => {
    localStorage.clear();
    store = localStorage;
  });

  it("sends at once and keeps nothing", async () => {
    const send = vi.fn(async () => undefined);
    const log = new UnsentLog("p", send, store);
    expect(await log.add(entry("1"))).toBe("sent");
    expect(log.list()).toEqual([]);
    // The title is for the screen; the server does not know it.
    expect(send).toHaveBeenCalledWith({ id: "1", enrollment_id: "e", milestone_key: "m", day: "2026-11-22", minutes: 45, note: "" });
  });

  it("is on the device before it is sent, so that a closed tab loses nothing", async () => {
    let seen: Unsent[] = [];
    const log: UnsentLog = new UnsentLog("p", async () => void (seen = log.list()), store);
    await log.add(entry("1"));
    expect(seen.map(({ id }) => id)).toEqual(["1"]);
  });

  it.each([new TypeError("Failed to fetch"), new Problem(503, "restarting", ""), new Problem(429, "slow-down", ""), new Problem(401, "not-signed-in", "")])(
    "keeps an entry when later may work: %s",
    async (failure) => {
      const log = new UnsentLog("p", () => Promise.reject(failure), store);
      expect(await log.add(entry("1"))).toBe("kept");
      expect(new UnsentLog("p", away, store).list()).toHaveLength(1);
    },
  );

  it("hands a refusal back to the form and keeps nothing", async () => {
    const log = new UnsentLog("p", () => Promise.reject(new Problem(400, "invalid", "A day has 24 hours.")), store);
    await expect(log.add(entry("1"))).rejects.toThrow("A day has 24 hours.");
    expect(log.list()).toEqual([]);
  });

  it("sends what waits in order, and stops when the way closes again", async () => {
    const log = new UnsentLog("p", away, store);
    for (const id of ["1", "2", "3"]) await log.add(entry(id));
    const sent: string[] = [];
    const back = new UnsentLog("p", async ({ id }) => {
      if (id === "3") throw new TypeError("Failed to fetch");
      sent.push(id);
    }, store);
    expect(await back.flush()).toBe(2);
    expect(sent).toEqual(["1", "2"]);
    expect(back.list().map(({ id }) => id)).toEqual(["3"]);
  });

  it("keeps what is refused later, with the reason, and does not let it block the rest", async () => {
    const log = new UnsentLog("p", away, store);
    await log.add(entry("1"));
    await log.add(entry("2"));
    const back = new UnsentLog("p", async ({ id }) => {
      if (id === "1") throw new Problem(409, "locked", "The milestone is locked.");
    }, store);
    expect(await back.flush()).toBe(1);
    expect(back.list()).toMatchObject([{ id: "1", refused: "The milestone is locked." }]);
    expect(await back.flush()).toBe(0);
    back.drop("1");
    expect(back.list()).toEqual([]);
  });

  it("sends each entry once when flushed twice at the same time", async () => {
    const log = new UnsentLog("p", away, store);
    await log.add(entry("1"));
    const send = vi.fn(async () => undefined);
    const back = new UnsentLog("p", send, store);
    await Promise.all([back.flush(), back.flush()]);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("keeps people's entries apart, and survives a spoiled store", async () => {
    await new UnsentLog("p", away, store).add(entry("1"));
    expect(new UnsentLog("q", away, store).list()).toEqual([]);
    store.setItem("waymark:unsent:p", "{not json");
    expect(new UnsentLog("p", away, store).list()).toEqual([]);
  });
});
