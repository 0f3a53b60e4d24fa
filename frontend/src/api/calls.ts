import { answer, api } from "./http";
import { cursorOf } from "./pages";
import type { components, operations } from "./schema";
import type * as t from "./types";

/** Every call the client makes to the API, by its words. All throw a Problem. */

type Schemas = components["schemas"];
type Page<T> = { results: T[]; next?: string | null };

/** All rows of a list; `read` asks for one page by its cursor. */
async function all<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const results: T[] = [];
  let cursor: string | undefined;
  // A page is some dozens of rows; ten pages are more than a person reads.
  for (let page = 0; page < 10; page += 1) {
    const { results: rows, next } = await read(cursor);
    results.push(...rows);
    cursor = next ? (new URL(next, location.origin).searchParams.get("cursor") ?? undefined) : undefined;
    if (cursor === undefined) break;
  }
  return results;
}

const v1 = <Path extends string>(path: Path) => `/api/v1${path}` as const;
const byId = (id: string) => ({ params: { path: { id } } });
const byKey = (id: string, key: string) => ({ params: { path: { id, key } } });
const byToken = (token: string) => ({ params: { path: { token } } });

export const me = () => answer(api.GET(v1("/me")));
export const changeMe = (body: Schemas["PatchedMeInputRequest"]) => answer(api.PATCH(v1("/me"), { body }));

export const pathways = () => all((cursor) => answer(api.GET(v1("/pathways"), { params: { query: { cursor } } })));
/** Those that one writes. */
export const ownPathways = () =>
  all((cursor) => answer(api.GET(v1("/pathways"), { params: { query: { cursor, mine: true } } })));
export const createPathway = (body: Schemas["NewPathwayInputRequest"]) => answer(api.POST(v1("/pathways"), { body }));
export const changePathway = (slug: string, body: Schemas["PatchedPathwayChangeInputRequest"]) =>
  answer(api.PATCH(v1("/pathways/{slug}"), { params: { path: { slug } }, body }));
export const publishEdition = (slug: string, body: Schemas["NewEditionInputRequest"]) =>
  answer(api.POST(v1("/pathways/{slug}/editions"), { params: { path: { slug } }, body }));
export const editionDocument = (slug: string, number: number) =>
  answer(api.GET(v1("/pathways/{slug}/editions/{number}/document"), { params: { path: { slug, number } } }));
export const previewEdition = (slug: string, document: string) =>
  answer(api.POST(v1("/pathways/{slug}/editions/preview"), { params: { path: { slug } }, body: { document } }));
/** For its authors: where mentors who judged the same round differ. */
export const rubricSigns = (slug: string) => answer(api.GET(v1("/pathways/{slug}/second-opinions"), { params: { path: { slug } } }));
export const edition = (slug: string, number: number) =>
  answer(api.GET(v1("/pathways/{slug}/editions/{number}"), { params: { path: { slug, number } } }));

export const enrollments = (learner?: string) =>
  all((cursor) => answer(api.GET(v1("/enrollments"), { params: { query: { cursor, learner } } })));
export const enroll = (body: Schemas["EnrollInputRequest"]) => answer(api.POST(v1("/enrollments"), { body }));
export const changeEnrollment = (id: string, body: Schemas["PatchedEnrollmentChangeInputRequest"]) =>
  answer(api.PATCH(v1("/enrollments/{id}"), { ...byId(id), body }));
export const learnerMap = (id: string) => answer(api.GET(v1("/enrollments/{id}/map"), byId(id)));

export const rhythm = (id: string, year?: number) =>
  answer(api.GET(v1("/enrollments/{id}/rhythm"), { params: { path: { id }, query: { year } } }));
export const pauses = (id: string) =>
  all((cursor) => answer(api.GET(v1("/enrollments/{id}/pauses"), { params: { path: { id }, query: { cursor } } })));
const byPause = (id: string, pause_id: string) => ({ params: { path: { id, pause_id } } });
export const planPause = (id: string, body: Schemas["PauseInputRequest"]) => answer(api.POST(v1("/enrollments/{id}/pauses"), { ...byId(id), body }));
export const changePause = (id: string, pause: string, body: Schemas["PauseChangeInputRequest"]) =>
  answer(api.PUT(v1("/enrollments/{id}/pauses/{pause_id}"), { ...byPause(id, pause), body }));
export const removePause = (id: string, pause: string) => answer(api.DELETE(v1("/enrollments/{id}/pauses/{pause_id}"), byPause(id, pause)));
/** End the pause of today; who is not paused stays so. */
export const resume = (id: string) => answer(api.PUT(v1("/enrollments/{id}/resumption"), byId(id)));

export const explanation = (id: string) => answer(api.GET(v1("/enrollments/{id}/explanation"), byId(id)));
export const readiness = (id: string) => answer(api.GET(v1("/enrollments/{id}/readiness"), byId(id)));
export const forecast = (id: string) => answer(api.GET(v1("/enrollments/{id}/forecast"), byId(id)));
export const trackOptions = (id: string) => answer(api.GET(v1("/enrollments/{id}/track-options"), byId(id)));

export const upgrade = (id: string) => answer(api.GET(v1("/enrollments/{id}/upgrade"), byId(id)));
export const takeUpgrade = (id: string, body: Schemas["UpgradeInputRequest"]) => answer(api.POST(v1("/enrollments/{id}/upgrade"), { ...byId(id), body }));
export const takeBackUpgrade = (id: string) => answer(api.DELETE(v1("/enrollments/{id}/upgrade"), byId(id)));
export const answerUpgrade = (id: string, answered: NonNullable<t.Upgrade["answer"]>) =>
  answer(api.PUT(v1("/enrollments/{id}/upgrade/answer"), { ...byId(id), body: { answer: answered } }));

export const milestone = (id: string, key: string) => answer(api.GET(v1("/enrollments/{id}/milestones/{key}"), byKey(id, key)));
export const milestonePromise = (id: string, key: string) => answer(api.GET(v1("/enrollments/{id}/milestones/{key}/promise"), byKey(id, key)));
export const complete = (id: string, key: string) => answer(api.PUT(v1("/enrollments/{id}/milestones/{key}/completion"), byKey(id, key)));
export const reopen = (id: string, key: string) => answer(api.DELETE(v1("/enrollments/{id}/milestones/{key}/completion"), byKey(id, key)));

/** The newest page only: for guessing, not for counting. */
export const logEntries = (enrollment: string, milestone?: string): Promise<t.LogEntry[]> =>
  answer(api.GET(v1("/log-entries"), { params: { query: { enrollment, milestone } } })).then((page) => page.results);
/** What this device did, in one request; each command is answered by itself, in its order. */
export const sendBatch = (enrollment_id: string, commands: t.Command[]): Promise<t.Answered[]> =>
  answer(api.POST(v1("/log-entries/batch"), { body: { enrollment_id, commands } })).then(({ results }) => results);

export const timer = () => answer(api.GET(v1("/timer")));
export const startTimer = (body: Schemas["TimerInputRequest"]) => answer(api.PUT(v1("/timer"), { body }));
export const discardTimer = () => answer(api.DELETE(v1("/timer")));
export const stopTimer = (body: Schemas["TimerEntryInputRequest"]) => answer(api.POST(v1("/timer/entry"), { body }));

export interface TimelineAsked { group?: t.TimelineGroup; milestone?: string }
/** A page of what happened, the latest first; `next` is what the page before said. */
export const timeline = (id: string, asked: TimelineAsked, next?: string) => {
  const cursor = next ? (new URL(next, location.origin).searchParams.get("cursor") ?? undefined) : undefined;
  return answer(api.GET(v1("/enrollments/{id}/timeline"), { params: { path: { id }, query: { ...asked, cursor } } }));
};

/** A file goes as it is: its encoding is the server's to read. */
const asFile = (file: Blob) => ({ body: file as never, bodySerializer: (body: unknown) => body as Blob, headers: { "Content-Type": "text/csv" } });
export const previewImport = (id: string, file: Blob) => answer(api.POST(v1("/enrollments/{id}/import-previews"), { ...byId(id), ...asFile(file) }));
export const importLog = (id: string, { file, id: importId, skipRefused }: { file: Blob; id: string; skipRefused: boolean }) =>
  answer(api.POST(v1("/enrollments/{id}/imports"), { params: { path: { id }, query: { id: importId, skip_refused: skipRefused } }, ...asFile(file) }));
export const logImports = (id: string) =>
  all((cursor) => answer(api.GET(v1("/enrollments/{id}/imports"), { params: { path: { id }, query: { cursor } } })));
export const undoImport = (id: string) => answer(api.DELETE(v1("/imports/{id}"), byId(id)));

export const serve = (id: string, key: string) => answer(api.PUT(v1("/evidence/{id}/milestones/{key}"), byKey(id, key)));
export const serveNoLonger = (id: string, key: string) => answer(api.DELETE(v1("/evidence/{id}/milestones/{key}"), byKey(id, key)));
export const removeEvidence = (id: string) => answer(api.DELETE(v1("/evidence/{id}"), byId(id)));

export const checkLinkAgain = (id: string) => answer(api.PUT(v1("/evidence/{id}/check"), byId(id)));
export const setProbe = (id: string, key: string, body: Schemas["ProbeInputRequest"]) =>
  answer(api.PUT(v1("/enrollments/{id}/milestones/{key}/probe"), { ...byKey(id, key), body }));
export const dropProbe = (id: string, key: string) => answer(api.DELETE(v1("/enrollments/{id}/milestones/{key}/probe"), byKey(id, key)));

export const submit = (body: Schemas["SubmissionInputRequest"]) => answer(api.POST(v1("/submissions"), { body }));
export const submission = (id: string) => answer(api.GET(v1("/submissions/{id}"), byId(id)));
export const withdraw = (id: string) => answer(api.POST(v1("/submissions/{id}/withdrawal"), byId(id)));
export const claim = (id: string) => answer(api.PUT(v1("/submissions/{id}/claim"), byId(id)));
export const release = (id: string) => answer(api.DELETE(v1("/submissions/{id}/claim"), byId(id)));
export const decide = (id: string, body: Schemas["DecisionInputRequest"]) =>
  answer(api.POST(v1("/submissions/{id}/decision"), { ...byId(id), body }));
export const askSecondOpinion = (id: string) => answer(api.POST(v1("/submissions/{id}/second-opinion"), byId(id)));
export const withdrawSecondOpinion = (id: string) => answer(api.DELETE(v1("/submissions/{id}/second-opinion"), byId(id)));
export const claimSecondOpinion = (id: string) => answer(api.PUT(v1("/submissions/{id}/second-opinion/claim"), byId(id)));
export const releaseSecondOpinion = (id: string) => answer(api.DELETE(v1("/submissions/{id}/second-opinion/claim"), byId(id)));
export const giveSecondOpinion = (id: string, body: Schemas["SecondOpinionInputRequest"]) =>
  answer(api.POST(v1("/submissions/{id}/second-opinion/decision"), { ...byId(id), body }));
export const waive = (id: string, key: string, body: Schemas["RulingInputRequest"]) =>
  answer(api.POST(v1("/enrollments/{id}/milestones/{key}/waiver"), { ...byKey(id, key), body }));
export const revoke = (id: string, key: string, body: Schemas["RulingInputRequest"]) =>
  answer(api.POST(v1("/enrollments/{id}/milestones/{key}/revocation"), { ...byKey(id, key), body }));
export const saveDraft = (id: string, body: Schemas["ReviewDraftInputRequest"]) => answer(api.PUT(v1("/submissions/{id}/draft"), { ...byId(id), body }));
export const throwDraftAway = (id: string) => answer(api.DELETE(v1("/submissions/{id}/draft"), byId(id)));
export const handOverDraft = (id: string, body: Schemas["CommentInputRequest"]) => answer(api.POST(v1("/submissions/{id}/draft/comment"), { ...byId(id), body }));
export const answerItem = (id: string, body: Schemas["AnswerInputRequest"]) => answer(api.PUT(v1("/change-requests/{id}/answer"), { ...byId(id), body }));

/** A page of a conversation, the newest first. */
export const comments = (id: string, key: string, cursor?: string) =>
  answer(api.GET(v1("/enrollments/{id}/milestones/{key}/comments"), { params: { path: { id, key }, query: { cursor } } }));
export const writeComment = (id: string, key: string, body: Schemas["CommentInputRequest"]) =>
  answer(api.POST(v1("/enrollments/{id}/milestones/{key}/comments"), { ...byKey(id, key), body }));
export const takeCommentBack = (id: string) => answer(api.DELETE(v1("/comments/{id}"), byId(id)));
export const savedComments = () => all((cursor) => answer(api.GET(v1("/saved-comments"), { params: { query: { cursor } } })));
export const keepComment = (body: Schemas["SavedCommentInputRequest"]) => answer(api.POST(v1("/saved-comments"), { body }));
export const changeSavedComment = (id: string, body: Schemas["PatchedSavedCommentChangeInputRequest"]) =>
  answer(api.PATCH(v1("/saved-comments/{id}"), { ...byId(id), body }));
export const removeSavedComment = (id: string) => answer(api.DELETE(v1("/saved-comments/{id}"), byId(id)));

export type QueueAsked = NonNullable<operations["review_queue_counts"]["parameters"]["query"]>;
/** A page of what waits, the longest wait first; `next` is what the page before said. */
export const reviewQueue = (asked: QueueAsked, next?: string) => {
  const cursor = next ? (new URL(next, location.origin).searchParams.get("cursor") ?? undefined) : undefined;
  return answer(api.GET(v1("/review-queue"), { params: { query: { ...asked, cursor } } }));
};
export const queueCounts = (asked: QueueAsked) => answer(api.GET(v1("/review-queue/counts"), { params: { query: asked } }));

export const mentorships = () => all((cursor) => answer(api.GET(v1("/mentorships"), { params: { query: { cursor } } })));
export const endMentorship = (id: string) => answer(api.DELETE(v1("/mentorships/{id}"), byId(id)));
export const mentorProfile = () => answer(api.GET(v1("/mentor-profile")));
export const setMentorProfile = (body: Schemas["MentorProfileInputRequest"]) => answer(api.PUT(v1("/mentor-profile"), { body }));
export const leaves = () => all((cursor) => answer(api.GET(v1("/leaves"), { params: { query: { cursor } } })));
export const takeLeave = (body: Schemas["LeaveInputRequest"]) => answer(api.POST(v1("/leaves"), { body }));
export const cancelLeave = (id: string) => answer(api.DELETE(v1("/leaves/{id}"), byId(id)));
export const cohorts = () => all((cursor) => answer(api.GET(v1("/cohorts"), { params: { query: { cursor } } })));
export const cohort = (id: string) => answer(api.GET(v1("/cohorts/{id}"), byId(id)));
export const cohortReport = (id: string) => answer(api.GET(v1("/cohorts/{id}/progress"), byId(id)));
export const risk = (id: string) => answer(api.GET(v1("/enrollments/{id}/risk"), byId(id)));
export const createCohort = (body: Schemas["CohortInputRequest"]) => answer(api.POST(v1("/cohorts"), { body }));
export const changeCohort = (id: string, body: Schemas["PatchedCohortChangeInputRequest"]) => answer(api.PATCH(v1("/cohorts/{id}"), { ...byId(id), body }));
export const endCohort = (id: string) => answer(api.DELETE(v1("/cohorts/{id}"), byId(id)));
export const cohortMembers = (id: string) =>
  all((cursor) => answer(api.GET(v1("/cohorts/{id}/members"), { params: { path: { id }, query: { cursor, limit: 100 } } })));
export const leaveCohort = (id: string, member: string) => answer(api.DELETE(v1("/cohorts/{id}/members/{member}"), { params: { path: { id, member } } }));
export const cohortInvitations = (cohort: string) =>
  all((cursor) => answer(api.GET(v1("/invitations"), { params: { query: { cursor, cohort } } })));
/** A page of invitations into a cohort, the newest first; without a state, whatever became of them. */
export const invitationsInto = (cohort: string, state?: t.Invitation["state"], next?: string) =>
  answer(api.GET(v1("/invitations"), { params: { query: { cohort, state, cursor: cursorOf(next) } } }));
export const previewList = (id: string, file: Blob, part: t.CohortPart) =>
  answer(api.POST(v1("/cohorts/{id}/invitation-previews"), { params: { path: { id }, query: { part } }, ...asFile(file) }));
export const inviteList = (id: string, file: Blob, query: { id: string; part: t.CohortPart; message: string; days: number; skip_refused: boolean }) =>
  answer(api.POST(v1("/cohorts/{id}/invitation-lists"), { params: { path: { id }, query }, ...asFile(file) }));
export const invitationLists = (id: string) =>
  all((cursor) => answer(api.GET(v1("/cohorts/{id}/invitation-lists"), { params: { path: { id }, query: { cursor } } })));
export const revokeList = (id: string) => answer(api.DELETE(v1("/invitation-lists/{id}"), byId(id)));
/** A page of what was announced, the newest first. */
export const announcements = (id: string, next?: string) =>
  answer(api.GET(v1("/cohorts/{id}/announcements"), { params: { path: { id }, query: { cursor: cursorOf(next), limit: next ? 20 : 5 } } }));
export const announce = (id: string, body: Schemas["AnnouncementInputRequest"]) => answer(api.POST(v1("/cohorts/{id}/announcements"), { ...byId(id), body }));
export const withdrawAnnouncement = (id: string) => answer(api.DELETE(v1("/announcements/{id}"), byId(id)));
export const invitations = () => all((cursor) => answer(api.GET(v1("/invitations"), { params: { query: { cursor } } })));
export const invite = (body: Pick<Schemas["InvitationInputRequest"], "part"> & Partial<Schemas["InvitationInputRequest"]>) =>
  answer(api.POST(v1("/invitations"), { body: { max_uses: 1, days: 14, message: "", ...body } }));
export const revokeInvitation = (id: string) => answer(api.DELETE(v1("/invitations/{id}"), byId(id)));
export const invitationByToken = (token: string) => answer(api.GET(v1("/invitations/by-token/{token}"), byToken(token)));
export const acceptInvitation = (token: string) =>
  answer(api.PUT(v1("/invitations/by-token/{token}/acceptance"), byToken(token)));

/** A page, the newest first (`next` is where the one before it says to go on), with the number of all unread ones. */
export const notifications = (next?: string) => {
  const cursor = next ? (new URL(next, location.origin).searchParams.get("cursor") ?? undefined) : undefined;
  return answer(api.GET(v1("/notifications"), { params: { query: { cursor } } }));
};
/** Outlives the page: who opens a notification is on the way to another one. */
export const markRead = (id: string, read: boolean) => answer(api.PATCH(v1("/notifications/{id}"), { ...byId(id), body: { read }, keepalive: true }));
export const markAllRead = () => answer(api.PUT(v1("/notifications/all-read")));
export const preferences = () => answer(api.GET(v1("/notification-preferences")));
export const changePreferences = (body: Schemas["PatchedPreferencesInputRequest"]) =>
  answer(api.PATCH(v1("/notification-preferences"), { body }));
export const snoozes = () => answer(api.GET(v1("/snoozes")));
export const snooze = (body: Schemas["SnoozeInputRequest"]) => answer(api.POST(v1("/snoozes"), { body }));
export const nudgesPreview = () => answer(api.GET(v1("/nudges/preview")));
export const suppressions = () => answer(api.GET(v1("/mail-suppressions")));
export const liftSuppression = (id: string) => answer(api.DELETE(v1("/mail-suppressions/{id}"), byId(id)));
export const endSnooze = (id: string) => answer(api.DELETE(v1("/snoozes/{id}"), byId(id)));

export const pushKey = () => answer(api.GET(v1("/push-subscriptions/key")));
export const pushSubscriptions = () => answer(api.GET(v1("/push-subscriptions")));
export const subscribePush = (body: Schemas["PushSubscriptionInputRequest"]) => answer(api.POST(v1("/push-subscriptions"), { body }));
export const stopPush = (id: string) => answer(api.DELETE(v1("/push-subscriptions/{id}"), byId(id)));

export const calendarFeeds = () => answer(api.GET(v1("/calendar-feeds")));
export const openCalendarFeed = (label: string) => answer(api.POST(v1("/calendar-feeds"), { body: { label } }));
export const revokeCalendarFeed = (id: string) => answer(api.DELETE(v1("/calendar-feeds/{id}"), byId(id)));
export const plannedSessions = (id: string) => answer(api.GET(v1("/enrollments/{id}/sessions"), byId(id)));
export const planSessions = (id: string, sessions: t.PlannedSession[]) =>
  answer(api.PUT(v1("/enrollments/{id}/sessions"), { ...byId(id), body: { sessions } }));

export const apps = () => all((cursor) => answer(api.GET(v1("/apps"), { params: { query: { cursor } } })));
export const addApp = (body: Schemas["AppInputRequest"]) => answer(api.POST(v1("/apps"), { body }));
export const removeApp = (id: string) => answer(api.DELETE(v1("/apps/{id}"), byId(id)));
export const connectedApps = () => all((cursor) => answer(api.GET(v1("/connected-apps"), { params: { query: { cursor } } })));
export const disconnect = (id: string) => answer(api.DELETE(v1("/connected-apps/{id}"), byId(id)));

export type UndeliveredAsked = NonNullable<operations["deliveries_undelivered"]["parameters"]["query"]>;
/** A page of what did not arrive, the newest first; for operators. */
export const undelivered = (asked: UndeliveredAsked, next?: string) =>
  answer(api.GET(v1("/deliveries/undelivered"), { params: { query: { ...asked, cursor: cursorOf(next) } } }));
export const redeliver = (id: string) => answer(api.POST(v1("/deliveries/{id}/redelivery"), byId(id)));
export const deliveriesSummary = () => answer(api.GET(v1("/deliveries/summary")));
