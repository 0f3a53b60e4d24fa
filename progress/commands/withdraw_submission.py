"""Take a waiting submission back."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.guards import require_learner
from progress.commands.review_guards import already_decided
from progress.compiled import key_now
from progress.models import MilestoneProgress, Submission
from progress.states import SubmissionState, Verification


def withdraw_submission(*, person: User, submission: Submission, now: datetime) -> None:
    """Withdraw the round. Doing it again changes nothing.

    Raises NotYourEnrollment, AlreadyDecided.
    """
    require_learner(person, submission.enrollment)
    enrollment = submission.enrollment
    with transaction.atomic():
        enrollment.hold()
        if not submission.withdraw(now=now):
            submission.refresh_from_db()
            if submission.state == SubmissionState.WITHDRAWN:
                return
            raise already_decided(submission, person)
        key = key_now(enrollment, submission.milestone_key)
        MilestoneProgress.of(enrollment, key).move_verification(Verification.NONE, now=now)
        outbox.record(
            events.Event(
                type=events.SUBMISSION_WITHDRAWN,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=submission.pk,
                enrollment_id=submission.enrollment_id,
                data={"milestone": submission.milestone_key, "round": submission.round},
            )
        )
