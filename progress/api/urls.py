"""URLs of the API about progress."""

from django.urls import path

from progress.api.views import (
    cohorts,
    enrollments,
    exchange,
    forecast,
    guidance,
    invitations,
    pathways,
    pauses,
    people,
    reviews,
    rhythm,
    terms,
    upgrades,
    work,
)

urlpatterns = [
    path("pathways", pathways.PathwayListView.as_view(), name="pathways"),
    path("pathways/<slug:slug>", pathways.PathwayView.as_view(), name="pathway"),
    path("pathways/<slug:slug>/editions", pathways.EditionListView.as_view(), name="editions"),
    path(
        "pathways/<slug:slug>/editions/preview",
        upgrades.PreviewView.as_view(),
        name="edition-preview",
    ),
    path(
        "pathways/<slug:slug>/editions/<int:number>",
        pathways.EditionView.as_view(),
        name="edition",
    ),
    path(
        "pathways/<slug:slug>/editions/<int:number>/document",
        exchange.DocumentView.as_view(),
        name="edition-document",
    ),
    path(
        "pathways/<slug:slug>/editions/<int:number>/case",
        exchange.CaseView.as_view(),
        name="edition-case",
    ),
    path(
        "pathways/<slug:slug>/editions/<int:number>/difference/<int:other>",
        exchange.DifferenceView.as_view(),
        name="edition-difference",
    ),
    path("document-checks", exchange.DocumentCheckView.as_view(), name="document-checks"),
    path("case-drafts", exchange.CaseDraftView.as_view(), name="case-drafts"),
    path("enrollments", enrollments.EnrollmentListView.as_view(), name="enrollments"),
    path("enrollments/<uuid:id>", enrollments.EnrollmentView.as_view(), name="enrollment"),
    path("enrollments/<uuid:id>/map", enrollments.MapView.as_view(), name="map"),
    path(
        "enrollments/<uuid:id>/explanation",
        guidance.ExplanationView.as_view(),
        name="explanation",
    ),
    path("enrollments/<uuid:id>/forecast", forecast.ForecastView.as_view(), name="forecast"),
    path("enrollments/<uuid:id>/readiness", guidance.ReadinessView.as_view(), name="readiness"),
    path(
        "enrollments/<uuid:id>/track-options",
        guidance.TrackOptionsView.as_view(),
        name="track-options",
    ),
    path("enrollments/<uuid:id>/rhythm", rhythm.RhythmView.as_view(), name="rhythm"),
    path("enrollments/<uuid:id>/pauses", pauses.PauseListView.as_view(), name="pauses"),
    path(
        "enrollments/<uuid:id>/pauses/<uuid:pause_id>",
        pauses.PauseView.as_view(),
        name="pause",
    ),
    path("enrollments/<uuid:id>/resumption", pauses.ResumptionView.as_view(), name="resumption"),
    path("enrollments/<uuid:id>/upgrade", upgrades.UpgradeView.as_view(), name="upgrade"),
    path(
        "enrollments/<uuid:id>/upgrade/answer",
        upgrades.UpgradeAnswerView.as_view(),
        name="upgrade-answer",
    ),
    path(
        "enrollments/<uuid:id>/milestones/<slug:key>",
        enrollments.MilestoneView.as_view(),
        name="milestone",
    ),
    path(
        "enrollments/<uuid:id>/milestones/<slug:key>/completion",
        enrollments.CompletionView.as_view(),
        name="completion",
    ),
    path("log-entries", work.LogEntryListView.as_view(), name="log-entries"),
    path("log-voids", work.LogVoidListView.as_view(), name="log-voids"),
    path("evidence", work.EvidenceListView.as_view(), name="evidence-list"),
    path("evidence/<uuid:id>", work.EvidenceView.as_view(), name="evidence"),
    path("submissions", reviews.SubmissionListView.as_view(), name="submissions"),
    path("submissions/<uuid:id>", reviews.SubmissionView.as_view(), name="submission"),
    path("submissions/<uuid:id>/withdrawal", reviews.WithdrawalView.as_view(), name="withdrawal"),
    path("submissions/<uuid:id>/claim", reviews.ClaimView.as_view(), name="claim"),
    path("submissions/<uuid:id>/decision", reviews.DecisionView.as_view(), name="decision"),
    path("review-queue", reviews.ReviewQueueView.as_view(), name="review-queue"),
    path("mentorships", people.MentorshipListView.as_view(), name="mentorships"),
    path("mentorships/<uuid:id>", people.MentorshipView.as_view(), name="mentorship"),
    path("mentor-profile", terms.MentorProfileView.as_view(), name="mentor-profile"),
    path("leaves", terms.LeaveListView.as_view(), name="leaves"),
    path("leaves/<uuid:id>", terms.LeaveView.as_view(), name="leave"),
    path("cohorts", cohorts.CohortListView.as_view(), name="cohorts"),
    path("cohorts/<uuid:id>", cohorts.CohortView.as_view(), name="cohort"),
    path(
        "cohorts/<uuid:id>/members", cohorts.CohortMemberListView.as_view(), name="cohort-members"
    ),
    path(
        "cohorts/<uuid:id>/members/<uuid:member>",
        cohorts.CohortMemberView.as_view(),
        name="cohort-member",
    ),
    path("invitations", invitations.InvitationListView.as_view(), name="invitations"),
    path("invitations/<uuid:id>", invitations.InvitationView.as_view(), name="invitation"),
    path(
        "invitations/by-token/<str:token>",
        invitations.ReceivedInvitationView.as_view(),
        name="received-invitation",
    ),
    path(
        "invitations/by-token/<str:token>/acceptance",
        invitations.AcceptanceView.as_view(),
        name="acceptance",
    ),
]
