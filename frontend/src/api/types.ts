import type { components } from "./schema";

/** The shapes the client reads, by the words of the API; all from docs/openapi.yaml. */
type Schemas = components["schemas"];

export type Outcome = Schemas["Outcome"];

export type Me = Schemas["MeOutput"];
export type Pathway = Schemas["PathwayOutput"];
export type Edition = Schemas["EditionOutput"];
export type Visibility = Schemas["Visibility"];
export type Difference = Schemas["DifferenceOutput"];
export type Preview = Schemas["PreviewOutput"];
export type Upgrade = Schemas["UpgradeOutput"];
export type Enrollment = Schemas["EnrollmentOutput"];
export type LearnerMap = Schemas["MapOutput"];
export type MapStage = Schemas["MapStageOutput"];
export type MapMilestone = Schemas["MapMilestoneOutput"];
export type Pause = Schemas["PauseOutput"];
export type Rhythm = Schemas["RhythmOutput"];
export type RhythmWeek = Schemas["RhythmWeekOutput"];
export type NextStep = Schemas["SuggestionOutput"];
export type Week = Schemas["WeekOutput"];
export type WayMilestone = Schemas["WayMilestoneOutput"];
export type Explanation = Schemas["ExplanationOutput"];
export type ExplainedStage = Schemas["ExplainedStageOutput"];
export type ExplainedRule = Schemas["ExplainedRuleOutput"];
export type ExplainedPart = Schemas["ExplainedPart"];
export type Missing = Schemas["MissingOutput"];
export type RoleReadiness = Schemas["RoleReadinessOutput"];
export type Forecast = Schemas["ForecastOutput"];
export type TrackOption = Schemas["TrackOptionOutput"];
export type MilestonePage = Schemas["MilestonePageOutput"];
export type LogEntry = Schemas["LogEntryOutput"];
export type NewLogEntry = Schemas["LogEntryInputRequest"];
export type TimelineEvent = Schemas["TimelineEventOutput"];
export type TimelineGroup = Schemas["TimelineGroup"];
export type ImportPreview = Schemas["ImportPreviewOutput"];
export type ImportRow = Schemas["ImportRowOutput"];
export type LogImport = Schemas["LogImportOutput"];
export type Evidence = Schemas["EvidenceOutput"];
export type Submission = Schemas["SubmissionOutput"];
export type SubmissionDetail = Schemas["SubmissionPageOutput"];
export type Mentorship = Schemas["MentorshipOutput"];
export type Invitation = Schemas["InvitationOutput"];
export type Accepted = Schemas["AcceptedOutput"];
export type Cohort = Schemas["CohortOutput"];
export type CohortMember = Schemas["CohortMemberOutput"];
export type CohortPart = Schemas["CohortPart"];
export type MentorTerms = Schemas["MentorProfileOutput"];
export type Leave = Schemas["LeaveOutput"];
export type MilestoneKind = Schemas["MilestoneKind"];
export type ReceivedInvitation = Schemas["ReceivedInvitationOutput"];

export type Notification = Schemas["NotificationOutput"];
export type Inbox = Schemas["PaginatedNotificationOutputList"];
export type Preferences = Schemas["PreferencesOutput"];
export type Scope = Schemas["AppInputRequest"]["scopes"][number];
export type RegisteredApp = Schemas["RegisteredAppOutput"];
