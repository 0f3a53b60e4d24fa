import { render } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import type { VNode } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cache } from "../api/query";
import { Reset } from "../features/account/Reset";
import { SignIn } from "../features/account/SignIn";
import { SignUp } from "../features/account/SignUp";
import { Verify } from "../features/account/Verify";
import { Cohorts } from "../features/cohorts/Cohorts";
import { ForecastCard } from "../features/forecast/ForecastCard";
import { Inbox } from "../features/inbox/Inbox";
import { Queue } from "../features/queue/Queue";
import { WeekBars, weekSentence } from "../features/today/WeekBars";
import { speakFrom, type Catalogue } from "../i18n/language";
import { Difference } from "../ui/difference/Difference";
import { Entries } from "../ui/entries/Entries";
import { EvidenceItems } from "../ui/evidence/EvidenceItems";
import { FormatContext, formatFor } from "../ui/format/format";
import { Round } from "../ui/round/Round";
import { RuleTree } from "../ui/rule/RuleTree";
import { SnapshotFacts } from "../ui/snapshot/SnapshotFacts";

/*
 * A language that nobody speaks: every sentence stands in brackets. Whatever is outside of them is
 * hard-coded, or glued together. Texts of people and pathways stand here in ‹ ›.
 */
const PSEUDO = new Proxy({}, { get: (_, key) => `⟦${String(key).replace(/ @[a-z ]+$/, "")}⟧` }) as Catalogue;
/** Dates, and the lists and months of the language spoken, come without Latin letters. */
const format = formatFor({ locale: "zh", timeZone: "UTC" });
const SAME = /Waymark|SHA-256|PDF|English|Deutsch/g;

beforeEach(() => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network here")));
  speakFrom("zh", PSEUDO);
});
afterEach(() => {
  vi.unstubAllGlobals();
  cache.clear();
  speakFrom("en", {});
});

/** What is left of all that a screen shows and tells to readers, once its sentences are taken out. */
function leftOf(screen: VNode): string {
  const { container } = render(<LocationProvider><FormatContext.Provider value={format}>{screen}</FormatContext.Provider></LocationProvider>);
  const told = [...container.querySelectorAll("*")].flatMap((one) => ["aria-label", "placeholder", "title", "alt"].map((name) => one.getAttribute(name) ?? ""));
  let text = [container.textContent ?? "", ...told].join("\n");
  expect(text).toContain("⟦");
  text = text.replaceAll(/‹[^‹›]*›/g, "");
  for (let before = ""; before !== text; ) [before, text] = [text, text.replaceAll(/⟦[^⟦⟧]*⟧/g, "")];
  return text.replaceAll(SAME, "").match(/\p{Script=Latin}{2,}/gu)?.join(" ") ?? "";
}

const person = { id: "p", name: "‹Noor›" };
const files = { url: (id: string) => `/${id}`, load: () => Promise.reject(new Error("none")) };
const evidence = { id: "e", kind: "file" as const, title: "‹Notes›", url: "", text: "", file: { name: "‹notes.pdf›", size: 4_000_000, media_type: "application/pdf", sha256: "0".repeat(64) } };
const finish = { early: "2027-03-14", middle: "2027-04-10", late: "2027-05-28", beyond: false };

const SCREENS: Record<string, () => VNode> = {
  "the door": () => <><SignIn /><SignUp /><Reset /><Verify /></>,
  "a week": () => {
    const week = { minutes: 90, goal_minutes: 300, days: ["2026-11-23", "2026-11-24"].map((day, n) => ({ day, minutes: n * 90, paused: false })) };
    return <><WeekBars week={week as never} /><p>{weekSentence(week as never, "2026-11-24")}</p></>;
  },
  "a round": () => (
    <Round files={files} mine round={{
      round: 2, state: "changes_requested", message: "‹Please look.›", learner: person, evidence: [evidence], submitted_at: "2026-11-20T10:00:00Z", claim: null,
      change_requests: [{ id: "c", state: "open", text: "‹Add a test.›", criterion: "", evidence_id: null, answer: null, again_of: null } as never],
      decision: { outcome: "changes_requested", feedback: "‹Good so far.›", scores: [{ criterion: "k", title: "‹Tests›", score: 1, reason: "‹Few.›" }], mentor: person, decided_at: "2026-11-21T10:00:00Z" },
    }} />
  ),
  "evidence and what a link showed": () => (
    <>
      <EvidenceItems evidence={[evidence]} files={files} />
      <SnapshotFacts url="‹a›" snapshot={{ state: "taken", reason: "", fetched_at: "2026-11-20T10:00:00Z", final_url: "‹b›", status: 500, title: "", sha256: "0", is_truncated: true, commit: "1234567" }} />
    </>
  ),
  "entries": () => <Entries titled onVoid={() => undefined} entries={[{ id: "1", day: "2026-11-20", minutes: 70, note: "‹Read.›", milestone: { key: "m", title: "‹Maths›" }, source: "timer" }]} />,
  "a rule": () => (
    <RuleTree hrefOf={(key) => key} rule={{
      type: "rule", kind: "by_weight", title: "", sentence: "‹Three of four›", met: true, have: 3, need: 3, total: 4, weight: 1, required: false,
      parts: [{ type: "milestone", key: "m", title: "‹Maths›", effort_hours: 20, status: "locked", met: false, weight: 2, required: true, because: { type: "submission.submitted.v1", occurred_at: "2026-11-20T10:00:00Z" } }],
    }} />
  ),
  "a difference": () => (
    <Difference none="" of={{
      added: [{ key: "‹a›", title: "‹A›" }], removed: [], moved: [{ old: { key: "‹a›", title: "‹A›" }, new: { key: "‹b›", title: "‹A›" } }],
      merged: [{ old: [{ key: "‹a›", title: "‹A›" }, { key: "‹b›", title: "‹B›" }], new: { key: "‹c›", title: "‹C›" } }], split: [], changed: [], rules: [{ key: "‹s›", title: "‹S›" }],
    }} />
  ),
  "the inbox": () => {
    cache.set("/notifications", { unread: 1, next: null, results: [{ id: "n", title: "‹An answer›", body: "‹Look›", reason: "‹You handed in›", url: "/map", created_at: "2026-11-20T10:00:00Z", read_at: null }] });
    return <Inbox />;
  },
  "the cohorts": () => {
    cache.set("/cohorts", [{ id: "c", name: "‹Autumn›", pathway: { title: "‹ML›" }, starts_on: "2026-10-01", ends_on: "2027-02-01", learners: 12, mentors: 1, my_parts: ["mentor", "coordinator"], ended_at: null }]);
    return <Cohorts />;
  },
  "the queue": () => {
    cache.set("/review-queue/counts?", { total: 2, free: 1, mine: 1, others: 0, scopes: { all: 2, mine: 1, cohort: 1 }, shelves: { offered: 2, set_aside: 1, resting: 1 } });
    cache.set("/review-queue?{}", { next: null, results: [{ id: "q", learner: person, milestone: { key: "m", title: "‹Maths›", kind: "skill" }, round: 2, claim: null, submitted_at: "2026-11-20T10:00:00Z" }] });
    cache.set("/mentorships", []);
    cache.set("/pathways", []);
    return <Queue />;
  },
  "the forecast": () => {
    cache.set("/enrollments/e/forecast", {
      kind: "forecast", reason: null, sentence: "", today: "2026-11-22", finish, weeks: { early: 16, middle: 20, late: 27 }, planned_on: null, target: { on: "2027-04-01", chance: 40, weekly_minutes: 400 },
      options: [{ more_minutes: 60, weekly_minutes: 360, finish }], milestones_left: 7, left_out: [{ key: "d", title: "‹Degree›", effort_hours: 10, status: "available" }], goal_minutes: 300,
      basis: { weeks: [300, 240, 0], worked_weeks: 2, pace_minutes: 300, ratio: 1.2, compared_milestones: 6, estimated_minutes: 6000, minutes_left: 7200 },
    });
    return <ForecastCard enrollment="e" whose="their" />;
  },
};

it.each(Object.keys(SCREENS))("%s says nothing but sentences of the catalogue", (name) => {
  const screen = SCREENS[name]?.();
  expect(screen && leftOf(screen)).toBe("");
});
