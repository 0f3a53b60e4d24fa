import type { LedgerSummary } from "../../api/types";
import { plural, t } from "../../i18n/t";

const KINDS = (): Record<string, string> => ({
  "account-message": t("Account mail"),
  "announcement-made": t("Announcement"),
  "changes-unanswered": t("Reminder of changes"),
  "cohort-digest": t("A cohort’s week"),
  "cohort-left": t("Somebody left a cohort"),
  "comment-written": t("Comment"),
  "edition-new": t("New edition"),
  "goal-at-risk": t("Reminder of the weekly goal"),
  "invitation-created": t("Invitation"),
  "learner-digest": t("A learner’s week"),
  "link-died": t("Dead link"),
  "mentee-quiet": t("A learner is quiet"),
  "mentor-digest": t("A mentor’s week"),
  "mentorship-ended": t("Mentorship ended"),
  "mentorship-started": t("Mentorship started"),
  "milestone-revoked": t("Approval revoked"),
  "milestone-waived": t("Milestone waived"),
  "probe-down": t("Deployment does not answer"),
  quiet: t("Reminder after a silence"),
  "review-late": t("Review is late"),
  "review-waiting": t("Reminder to review"),
  "second-opinion-asked": t("Second opinion asked for"),
  "second-opinion-given": t("Second opinion given"),
  "submission-decided": t("Decision"),
  "submission-handed-back": t("Review handed back"),
  "submission-handed-over": t("Review handed over"),
  "submission-submitted": t("Submission"),
  "target-near": t("Target date is near"),
  "target-passed": t("Target date has passed"),
});

/** What a kind of telling is about; one that is new here shows its own label. */
export const kindName = (kind: string): string => KINDS()[kind] ?? kind;

export function channelName(channel: string): string {
  return channel === "email" ? t("Email") : channel === "push" ? t("Push") : channel;
}

export function stateName(state: string): string {
  return state === "failed" ? t("Failed") : state === "unconfirmed" ? t("Unconfirmed") : state;
}

const REASONS = (): Record<string, string> => ({
  "account-closed": t("the account is closed"),
  answered: t("it was answered before"),
  "answers-again": t("the link answered again"),
  "cohort-ended": t("the cohort had ended"),
  "goal-not-at-risk": t("the goal was in reach again"),
  "handed-over": t("another mentor has it now"),
  "heard-again": t("they were heard of again"),
  "in-digest": t("the weekly digest has it"),
  "invitation-no-longer-open": t("the invitation was no longer open"),
  "kind-off": t("they chose not to get this kind"),
  "no-longer-member": t("they had left the cohort"),
  "no-longer-mentor": t("they mentored no longer"),
  "no-longer-true": t("it was no longer true"),
  "no-longer-waiting": t("the review waited no longer"),
  "nudges-by-email-off": t("they want no reminders by mail"),
  paused: t("they were on a pause"),
  "read-already": t("it was read already"),
  stale: t("it was too old to be news"),
  "taken-back": t("it was taken back"),
  unsubscribed: t("they unsubscribed"),
  "up-again": t("the deployment answered again"),
  "week-over": t("the week was over"),
  "weekly-cap": t("they had enough reminders that week"),
});

/** Why something was left unsent; one that is new here shows its own label. */
export const reasonName = (reason: string): string => REASONS()[reason] ?? reason.replaceAll("-", " ");

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
