"""Every kind of telling. A new one: its file here, two templates, a line below, its tests."""

from collections.abc import Sequence
from types import MappingProxyType

from notifications.catalogue.account_message import AccountMessage
from notifications.catalogue.announcement_made import AnnouncementMade
from notifications.catalogue.changes_unanswered import ChangesUnanswered
from notifications.catalogue.cohort_digest import CohortDigest
from notifications.catalogue.cohort_left import CohortLeft
from notifications.catalogue.comment_written import CommentWritten
from notifications.catalogue.edition_new import EditionNew
from notifications.catalogue.goal_at_risk import GoalAtRisk
from notifications.catalogue.invitation_created import InvitationCreated
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.catalogue.learner_digest import LearnerDigest
from notifications.catalogue.link_died import LinkDied
from notifications.catalogue.mentee_quiet import MenteeQuiet
from notifications.catalogue.mentor_digest import MentorDigest
from notifications.catalogue.mentorship_ended import MentorshipEnded
from notifications.catalogue.mentorship_started import MentorshipStarted
from notifications.catalogue.probe_down import ProbeDown
from notifications.catalogue.quiet import Quiet
from notifications.catalogue.review_late import ReviewLate
from notifications.catalogue.review_waiting import ReviewWaiting
from notifications.catalogue.ruling_made import MilestoneRevoked, MilestoneWaived
from notifications.catalogue.second_opinion_asked import SecondOpinionAsked
from notifications.catalogue.second_opinion_given import SecondOpinionGiven
from notifications.catalogue.submission_decided import SubmissionDecided
from notifications.catalogue.submission_handed_back import SubmissionHandedBack
from notifications.catalogue.submission_handed_over import SubmissionHandedOver
from notifications.catalogue.submission_submitted import SubmissionSubmitted
from notifications.catalogue.target_near import TargetNear
from notifications.catalogue.target_passed import TargetPassed

__all__ = [
    "KINDS",
    "Data",
    "Kind",
    "Names",
    "Telling",
    "Words",
    "kinds_taken_back_by",
    "kinds_told_of",
]

KINDS = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            AccountMessage(),
            ChangesUnanswered(),
            CohortDigest(),
            EditionNew(),
            GoalAtRisk(),
            LearnerDigest(),
            MenteeQuiet(),
            MentorDigest(),
            ProbeDown(),
            TargetNear(),
            TargetPassed(),
            AnnouncementMade(),
            CohortLeft(),
            CommentWritten(),
            InvitationCreated(),
            MentorshipEnded(),
            LinkDied(),
            MentorshipStarted(),
            Quiet(),
            MilestoneRevoked(),
            MilestoneWaived(),
            ReviewLate(),
            ReviewWaiting(),
            SecondOpinionAsked(),
            SecondOpinionGiven(),
            SubmissionDecided(),
            SubmissionHandedBack(),
            SubmissionHandedOver(),
            SubmissionSubmitted(),
        )
    }
)


def kinds_told_of(event_type: str) -> Sequence[Kind]:
    """Return the kinds that an event of this type causes."""
    return [kind for kind in KINDS.values() if event_type and kind.event_type == event_type]


def kinds_taken_back_by(event_type: str) -> Sequence[Kind]:
    """Return the kinds that an event of this type takes back."""
    return [kind for kind in KINDS.values() if event_type and kind.taken_back_by == event_type]
