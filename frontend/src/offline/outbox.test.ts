import { beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import type { Answered, Command } from "../api/types";
import { Outbox, type Waiting } from "./outbox";

const entry = (id: string, enrollment = "e"): Waiting => ({
  enrollment_id: enrollment, title: "Containerization",
  command: { type: "log", id, milestone_key: "m", day: "2026-11-22", minutes: 45, note: `Line ${id}.` },
});
const done = (commands: Command[]): Answered[] => commands.map(({ id }) => ({ id, outcome: "created", problem: null }));
const refused = (id: string, status = 422): Answered => ({
  id, outcome: "refused", problem: { code: "day-full", status, title: "A day has only 24 hours", detail: "40 are left.", errors: [] },
});
const away = () => Promise.reject(new TypeError("Failed to fetch"));
const ids = (box: Outbox) => box.list().map(({ command }) => command.id);

describe("commands on their way", () => {
  let store: Storage;
  beforeEach(() => {
    localStorage.clear();
    store = localStorage;
  });

  it("is on the device before it is sent, and leaves it on an answer", async () => {
    let seen: string[] = [];
    const box: Outbox = new Outbox("p", async (_, commands) => { seen = ids(box); return done(commands); }, store);
    expect(await box.add(entry("1"))).toBe("sent");
    expect(seen).toEqual(["1"]);
    expect(box.list()).toEqual([]);
  });

  it.each([new TypeError("Failed to fetch"), new Problem(503, "restarting", ""), new Problem(429, "slow-down", ""), new Problem(401, "not-signed-in", "")])(
    "keeps a command when later may work: %s",
    async (failure) => {
      expect(await new Outbox("p", () => Promise.reject(failure), store).add(entry("1"))).toBe("kept");
      expect(ids(new Outbox("p", away, store))).toEqual(["1"]);
    },
  );

  it("hands a refusal back to the form and keeps nothing", async () => {
    const box = new Outbox("p", async () => [refused("1")], store);
    await expect(box.add(entry("1"))).rejects.toThrow("40 are left.");
    expect(box.list()).toEqual([]);
  });

  it("sends what waits in batches of a hundred, one enrollment at a time", async () => {
    const box = new Outbox("p", away, store);
    for (let number = 0; number < 120; number += 1) box.put(entry(String(number), number < 110 ? "e" : "f"));
    const sizes: [string, number][] = [];
    const back = new Outbox("p", async (enrollment, commands) => { sizes.push([enrollment, commands.length]); return done(commands); }, store);
    expect(await back.flush()).toBe(120);
    expect(sizes).toEqual([["e", 100], ["e", 10], ["f", 10]]);
    expect(back.list()).toEqual([]);
  });

  it("keeps what is refused, word for word, and does not let it hold up the rest", async () => {
    const box = new Outbox("p", async (_, commands) => commands.map(({ id }) => (id === "1" ? refused(id) : done([commands[1] as Command])[0] as Answered)), store);
    box.put(entry("1"));
    box.put(entry("2"));
    expect(await box.flush()).toBe(1);
    expect(box.list()).toEqual([{ ...entry("1"), refused: { code: "day-full", detail: "40 are left.", status: 422 } }]);
    expect(await box.flush()).toBe(0);
    box.drop("1");
    expect(box.list()).toEqual([]);
  });

  it("tries a conflict again, since it may be over", async () => {
    const box = new Outbox("p", async () => [refused("1", 409)], store);
    box.put(entry("1"));
    await box.flush();
    const back = new Outbox("p", async (_, commands) => done(commands), store);
    expect(await back.flush()).toBe(1);
  });

  it("leaves alone what a person changed while it was on its way", async () => {
    const box: Outbox = new Outbox("p", async () => { box.drop("1"); return [refused("1")]; }, store);
    box.put(entry("1"));
    await box.flush();
    expect(box.list()).toEqual([]);
  });

  it("sends once when flushed twice at the same time", async () => {
    const send = vi.fn(async (_: string, commands: Command[]) => done(commands));
    const box = new Outbox("p", send, store);
    box.put(entry("1"));
    await Promise.all([box.flush(), box.flush()]);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("takes over what an older client left, and survives a spoiled store", async () => {
    store.setItem("waymark:unsent:p", JSON.stringify([{ id: "1", enrollment_id: "e", milestone_key: "m", milestone_title: "T", day: "2026-11-22", minutes: 5, note: "Old." }]));
    const box = new Outbox("p", async (_, commands) => done(commands), store);
    expect(box.list()).toMatchObject([{ title: "T", command: { type: "log", id: "1", note: "Old." } }]);
    expect(await box.flush()).toBe(1);
    expect(new Outbox("p", away, store).list()).toEqual([]);
    store.setItem("waymark:outbox:p", "{not json");
    expect(box.list()).toEqual([]);
    expect(new Outbox("q", away, store).list()).toEqual([]);
  });
});
