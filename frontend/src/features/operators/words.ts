import type { LedgerSummary } from "../../api/types";
import { plural, t } from "../../i18n/t";

/** What a kind of telling is about; one that is new here shows its own label. */
export function kindName(kind: string): string {
  switch (kind) {
    case "account-message": return t("Account mail");
    case "announcement-made": return t("Announcement");
    case "cohort-left": return t("Somebody left a cohort");
    case "comment-written": return t("Comment");
    case "invitation-created": return t("Invitation");
    case "link-died": return t("Dead link");
    case "mentorship-ended": return t("Mentorship ended");
    case "mentorship-started": return t("Mentorship started");
    case "review-waiting": return t("Reminder to review");
    case "submission-decided": return t("Decision");
    case "submission-handed-back": return t("Review handed back");
    case "submission-submitted": return t("Submission");
    default: return kind;
  }
}

export function channelName(channel: string): string {
  return channel === "email" ? t("Email") : channel === "push" ? t("Push") : channel;
}

export function stateName(state: string): string {
  return state === "failed" ? t("Failed") : state === "unconfirmed" ? t("Unconfirmed") : state;
}

/** Why something was left unsent; one that is new here shows its own label. */
export function reasonName(reason: string): string {
  switch (reason) {
    case "account-closed": return t("the account is closed");
    case "invitation-no-longer-open": return t("the invitation was no longer open");
    case "taken-back": return t("it was taken back");
    case "read-already": return t("it was read already");
    case "cohort-ended": return t("the cohort had ended");
    case "no-longer-member": return t("they had left the cohort");
    case "no-longer-mentor": return t("they mentored no longer");
    case "answers-again": return t("the link answered again");
    case "weekly-cap": return t("they had enough reminders that week");
    case "nudges-by-email-off": return t("they want no reminders by mail");
    default: return reason.replaceAll("-", " ");
  }
}

/** How late what goes out is: nothing to worry about under five minutes. */
export function lateness(oldest: LedgerSummary["oldest_due_at"], now: Date = new Date()): { late: boolean; words: string } {
  if (oldest === null) return { late: false, words: t("Nothing waits to go out.") };
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(oldest)) / 60_000));
  if (minutes < 1) return { late: false, words: t("What is due goes out right now.") };
  if (minutes < 60) return { late: minutes >= 5, words: plural(minutes, "The oldest one has waited for {n} minute.", "The oldest one has waited for {n} minutes.") };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { late: true, words: plural(hours, "The oldest one has waited for {n} hour.", "The oldest one has waited for {n} hours.") };
  return { late: true, words: plural(Math.floor(hours / 24), "The oldest one has waited for {n} day.", "The oldest one has waited for {n} days.") };
}
