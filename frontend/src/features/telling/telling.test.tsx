import { fireEvent, render, waitFor } from "@testing-library/preact";
import { beforeEach, expect, it, vi } from "vitest";
import * as calls from "../../api/calls";
import { cache } from "../../api/query";
import type { KindOffer, Preferences, Snooze } from "../../api/types";
import { concerns } from "./Kinds";
import { TellingScreen } from "./TellingScreen";

vi.mock("../../api/calls");

const offer = (kind: KindOffer["kind"], audience: KindOffer["audience"], is_nudge: boolean): KindOffer => ({
  kind, audience, is_nudge, occasion: `When ${kind}`,
  channels: [
    { channel: "email", choice: "at_once", choices: is_nudge ? ["at_once", "digest", "off"] : ["at_once", "off"] },
    { channel: "push", choice: "off", choices: ["at_once", "off"] },
  ],
});
const DATA: Preferences = {
  by_email: true, nudges_by_email: true,
  push_shows_content: false, quiet_from: "22:00", quiet_until: "07:00", weekly_cap: 5, digest_weekday: 0,
  kinds: [offer("submission-decided", "learner", false), offer("review-waiting", "mentor", true), offer("comment-written", "anybody", false)],
};
const LEARNER = { learner: true, mentor: false, coordinator: false };

beforeEach(() => {
  cache.clear();
  vi.mocked(calls.preferences).mockResolvedValue(DATA);
  vi.mocked(calls.snoozes).mockResolvedValue([]);
});

it("shows the kinds that concern a person", () => {
  expect(DATA.kinds.filter((kind) => concerns(kind, LEARNER)).map((kind) => kind.kind)).toEqual(["submission-decided", "comment-written"]);
  expect(concerns(DATA.kinds[1] as KindOffer, { ...LEARNER, mentor: true })).toBe(true);
});

it("sends a choice at once, and shows what the answer says", async () => {
  const off: Preferences = { ...DATA, kinds: DATA.kinds.map((kind) => ({ ...kind, channels: kind.channels.map((way) => ({ ...way, choice: "off" as const })) })) };
  vi.mocked(calls.changePreferences).mockResolvedValue(off);
  const { findByLabelText, getAllByText } = render(<TellingScreen parts={LEARNER} />);
  fireEvent.change(await findByLabelText("Email: When submission-decided"), { target: { value: "off" } });
  expect(calls.changePreferences).toHaveBeenCalledWith({ choices: [{ kind: "submission-decided", channel: "email", choice: "off" }] });
  await waitFor(() => expect(getAllByText("Only in the inbox")).toHaveLength(2));
});

it("says that no mail comes where no mail is wanted", async () => {
  vi.mocked(calls.preferences).mockResolvedValue({ ...DATA, by_email: false });
  const { findByText, getByLabelText, queryByLabelText } = render(<TellingScreen parts={LEARNER} />);
  await findByText(/No mail comes, not even when a mentor answers/);
  expect((getByLabelText("Email: When submission-decided") as HTMLSelectElement).disabled).toBe(true);
  expect(queryByLabelText(/Reminders by email/)).toBeNull();
});

it("snoozes everything, and ends what is snoozed", async () => {
  const held: Snooze = { id: "1", kind: "", enrollment_id: null, milestone_key: "", until: "2026-12-01T10:00:00Z" };
  vi.mocked(calls.snooze).mockImplementation(() => {
    vi.mocked(calls.snoozes).mockResolvedValue([held]);
    return Promise.resolve(held);
  });
  const { findByText } = render(<TellingScreen parts={LEARNER} />);
  fireEvent.click(await findByText("3 days"));
  await findByText("Everything");
  expect(calls.snooze).toHaveBeenCalledWith({ days: 3 });
  vi.mocked(calls.endSnooze).mockResolvedValue(undefined as never);
  fireEvent.click(await findByText("End it"));
  await waitFor(() => expect(calls.endSnooze).toHaveBeenCalledWith("1"));
});
