import { fireEvent, render, waitFor } from "@testing-library/preact";
import { beforeEach, expect, it, vi } from "vitest";
import * as calls from "../../api/calls";
import { cache } from "../../api/query";
import type { Suppression } from "../../api/types";
import { MailboxHint, MailboxNotice } from "./Mailbox";

vi.mock("../../api/calls");

const BOUNCED: Suppression = { id: "1", address: "noor@example.org", reason: "bounced", detail: "550 no such user", since: "2026-03-03T12:00:00Z" };

beforeEach(() => {
  cache.clear();
  vi.mocked(calls.suppressions).mockResolvedValue([BOUNCED]);
});

it("says what came back, when, and in whose words", async () => {
  const { findByText, getByText } = render(<MailboxNotice />);
  expect((await findByText(/Mail to noor@example.org came back on/)).textContent).toContain("3");
  getByText("Its mail server said: 550 no such user");
});

it("tries again, and is gone then", async () => {
  vi.mocked(calls.liftSuppression).mockImplementation(() => {
    vi.mocked(calls.suppressions).mockResolvedValue([]);
    return Promise.resolve(undefined as never);
  });
  const { findByText, container } = render(<MailboxNotice />);
  fireEvent.click(await findByText("Try again"));
  await waitFor(() => expect(container.textContent).toBe(""));
  expect(calls.liftSuppression).toHaveBeenCalledWith("1");
});

it.each([
  ["complained", /marked as spam/],
  ["unsubscribed", /stopped from within a mail/],
] as const)("tells what somebody did: %s", async (reason, said) => {
  vi.mocked(calls.suppressions).mockResolvedValue([{ ...BOUNCED, reason, detail: "" }]);
  const { findByText, getByText, queryByText } = render(<MailboxNotice />);
  await findByText(said);
  getByText("Send me mail again");
  expect(queryByText(/mail server said/)).toBeNull();
});

it("hints in the inbox, and says nothing while mail arrives", async () => {
  const { findByText, unmount } = render(<MailboxHint />);
  await findByText(/Mail to you came back/);
  unmount();
  cache.clear();
  vi.mocked(calls.suppressions).mockResolvedValue([]);
  const { container } = render(<><MailboxHint /><MailboxNotice /></>);
  await waitFor(() => expect(cache.peek("/mail-suppressions").data).toEqual([]));
  expect(container.textContent).toBe("");
});
