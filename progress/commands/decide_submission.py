"""Decide a review round."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress import events, outbox
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.review_guards import already_decided, require_reviewer
from progress.compiled import key_now
from progress.models import MilestoneProgress, Submission
from progress.states import SubmissionState, Verification

OUTCOMES = {
    SubmissionState.APPROVED: Verification.APPROVED,
    SubmissionState.CHANGES_REQUESTED: Verification.CHANGES_REQUESTED,
}


class ClaimNeeded(Conflict):
    """A decision needs the claim, so that two mentors do not write at once."""

    code = "claim-needed"
    title = "Claim this submission first"


class ClaimExpired(Conflict):
    """The claim ran out before the decision came."""

    code = "claim-expired"
    title = "Your claim has run out"


class FeedbackMissing(Refused):
    """A request for changes without a word helps nobody."""

    code = "feedback-missing"
    title = "Say what should change"


def decide_submission(
    *, person: User, submission: Submission, outcome: SubmissionState, feedback: str, now: datetime
) -> None:
    """Approve the round or request changes, with feedback (Markdown).

    Exactly one decision is made, whatever races. Raises OwnWork, NotTheirMentor, FeedbackMissing,
    AlreadyDecided (naming who was first), ClaimNeeded, ClaimExpired.
    """
    require_reviewer(person, submission)
    if outcome is SubmissionState.CHANGES_REQUESTED and not feedback.strip():
        detail = "The learner needs to know what to change, and why."
        raise FeedbackMissing(detail, errors=[FieldError("feedback", "missing", detail)])
    enrollment = submission.enrollment
    with transaction.atomic():
        enrollment.hold()
        if not submission.decide(outcome, mentor=person, feedback=feedback, now=now):
            submission.refresh_from_db()
            raise _refusal(submission, person, now)
        key = key_now(enrollment, submission.milestone_key)
        MilestoneProgress.of(enrollment, key).move_verification(OUTCOMES[outcome], now=now)
        outbox.record(
            events.Event(
                type=events.SUBMISSION_DECIDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=submission.pk,
                enrollment_id=enrollment.pk,
                data={
                    "milestone": key,
                    "round": submission.round,
                    "outcome": outcome.value,
                },
            )
        )
        if outcome is SubmissionState.APPROVED:
            finish_enrollment(enrollment=enrollment, now=now)


def _refusal(submission: Submission, person: User, now: datetime) -> Conflict:
    """Return why the guarded update found no row."""
    if submission.state != SubmissionState.WAITING:
        return already_decided(submission)
    if submission.claimed_by_id == person.pk:
        return ClaimExpired("Nobody else took it in the meantime: claim it again, then decide.")
    if submission.claimed_by and submission.holder_at(now):
        return ClaimNeeded(f"{submission.claimed_by.display_name} is reviewing it now.")
    return ClaimNeeded("Claim it, then decide.")
