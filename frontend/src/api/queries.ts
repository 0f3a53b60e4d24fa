import { useRef } from "preact/hooks";
import * as calls from "./calls";
import { cache, useQuery, type Snapshot } from "./query";
import type { MilestonePage } from "./types";

/** The reads that several screens share. A key is the path, so that a write can name what it changed. */

export const useMe = () => useQuery("/me", calls.me);
export const useMentorships = () => useQuery("/mentorships", calls.mentorships);
export const useCohorts = () => useQuery("/cohorts", calls.cohorts);
export const useMentorTerms = (mentor: boolean) => useQuery(mentor ? "/mentor-profile" : null, calls.mentorProfile);
/** The first page of it: the frame counts by the same answer. */
export const INBOX = "/notifications";
export const useInbox = (wanted = true) => useQuery(wanted ? INBOX : null, () => calls.notifications());
export const useSuppressions = () => useQuery("/mail-suppressions", calls.suppressions);
/** How much waits for one's review; without a question, what is offered. */
export const useQueueCounts = (mentor: boolean, asked: calls.QueueAsked = {}) =>
  useQuery(mentor ? `/review-queue/counts?${new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)]))}` : null, () => calls.queueCounts(asked));
export const useSavedComments = (wanted: boolean) => useQuery(wanted ? "/saved-comments" : null, calls.savedComments);
export const useConversation = (enrollment: string, key: string) =>
  useQuery(`/enrollments/${enrollment}/milestones/${key}/comments`, () => calls.comments(enrollment, key));
export const useTimer = (learner: boolean) => useQuery(learner ? "/timer" : null, calls.timer);
export const usePathways = () => useQuery("/pathways", calls.pathways);
export const useOwnPathways = () => useQuery("/pathways?mine", calls.ownPathways);
export const useEnrollments = () => useQuery("/enrollments", () => calls.enrollments());

export const useEdition = (slug: string | undefined, number: number | undefined) =>
  useQuery(slug && number ? `/pathways/${slug}/editions/${number}` : null, () => calls.edition(slug ?? "", number ?? 0));

export const useMap = (enrollment: string | undefined) =>
  useQuery(enrollment ? `/enrollments/${enrollment}/map` : null, () => calls.learnerMap(enrollment ?? ""));

/** Without a year: the last 53 weeks. */
export const useRhythm = (enrollment: string, year?: number) =>
  useQuery(`/enrollments/${enrollment}/rhythm${year ? `?year=${year}` : ""}`, () => calls.rhythm(enrollment, year));

export const usePauses = (enrollment: string) => useQuery(`/enrollments/${enrollment}/pauses`, () => calls.pauses(enrollment));

export const useExplanation = (enrollment: string | undefined) =>
  useQuery(enrollment ? `/enrollments/${enrollment}/explanation` : null, () => calls.explanation(enrollment ?? ""));

export const useReadiness = (enrollment: string) => useQuery(`/enrollments/${enrollment}/readiness`, () => calls.readiness(enrollment));

export const useForecast = (enrollment: string) => useQuery(`/enrollments/${enrollment}/forecast`, () => calls.forecast(enrollment));

export const useTrackOptions = (enrollment: string) =>
  useQuery(`/enrollments/${enrollment}/track-options`, () => calls.trackOptions(enrollment));

export const useUpgrade = (enrollment: string) => useQuery(`/enrollments/${enrollment}/upgrade`, () => calls.upgrade(enrollment));

export const useMilestone = (enrollment: string | undefined, key: string) =>
  useQuery(enrollment ? `/enrollments/${enrollment}/milestones/${key}` : null, () =>
    calls.milestone(enrollment ?? "", key),
  );

/** When an answer may come; it is of now, so a milestone asks for it where it shows it. */
export const usePromise = (enrollment: string, key: string) =>
  useQuery(`/enrollments/${enrollment}/milestones/${key}/promise`, () => calls.milestonePromise(enrollment, key));

/**
 * What was kept on the device may show something at once, but that something is missing is only
 * believed from an answer of now, or where none can be had: people are led elsewhere by it.
 */
const isCurrent = ({ at, stale, problem }: Snapshot<unknown>) => (at > 0 && !stale) || problem !== undefined;

/** What is known, or was when last it was: while it is asked again, nobody is led away from what they do. */
function useKnown<T>(known: T | undefined): T | undefined {
  const last = useRef<T>();
  if (known !== undefined) last.current = known;
  return last.current;
}

/** The enrollment a person is on: the newest that is active, else the newest. */
export function useEnrollment() {
  const all = useEnrollments();
  const data = all.data?.find((enrollment) => enrollment.state === "active" || enrollment.state === "paused") ?? all.data?.[0];
  const none = useKnown(data || isCurrent(all) ? all.data?.length === 0 : undefined);
  return { ...all, data, none: none ?? false };
}

/** The enrollment of a learner one may see: the newest that is active, else the newest. */
export function useEnrollmentOf(learner: string) {
  const all = useQuery(`/enrollments?learner=${learner}`, () => calls.enrollments(learner));
  return { ...all, data: all.data?.find((one) => one.state === "active" || one.state === "paused") ?? all.data?.[0], none: all.data?.length === 0 };
}

/** Whether this person mentors somebody, directly or in a cohort; undefined while it is not known. */
export function useIsMentor(): boolean | undefined {
  const all = useMentorships();
  const cohorts = useCohorts();
  const is =
    all.data?.some((one) => one.my_part === "mentor" && one.state === "active") ||
    cohorts.data?.some((one) => one.my_parts.includes("mentor") && one.ended_at === null);
  return useKnown(is || (isCurrent(all) && isCurrent(cohorts)) ? Boolean(is) : undefined);
}

/** After a write on a learner's way: what it touched is asked again. */
export function wayChanged(enrollment: string): Promise<void> {
  return cache.invalidate(`/enrollments/${enrollment}/`, "/log-entries");
}

/** After a write on a pause: the way, and what the enrollment is now. */
export async function pausesChanged(enrollment: string): Promise<void> {
  await Promise.all([wayChanged(enrollment), cache.invalidate("/enrollments")]);
}

/** A write on a milestone answers with the milestone: show it at once, ask again for what follows from it. */
export function milestoneChanged(page: MilestonePage): Promise<void> {
  const way = `/enrollments/${page.enrollment_id}`;
  cache.set(`${way}/milestones/${page.milestone.key}`, page);
  return cache.invalidate(`${way}/map`, `${way}/explanation`, `${way}/readiness`, `${way}/forecast`, `${way}/track-options`);
}

/** After a write in a review: the submission, the queue, and the learner's pages. */
export function reviewChanged(submission: string): Promise<void> {
  return cache.invalidate(`/submissions/${submission}`, "/review-queue", "/enrollments/", "/notifications");
}
