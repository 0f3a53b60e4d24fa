"""Refusals that the commands of a review share."""

from accounts.models import User
from backend.errors import Conflict, Forbidden
from progress.models import Enrollment, Submission
from progress.states import SubmissionState


class OwnWork(Forbidden):
    """Nobody reviews their own work, also not a mentor or an admin."""

    code = "own-work"
    title = "You can't review your own work"


class NotTheirMentor(Forbidden):
    """Only the learner's mentors review."""

    code = "not-their-mentor"
    title = "Only the learner's mentors review this"


class AlreadyDecided(Conflict):
    """Somebody was first; what they decided stands."""

    code = "already-decided"
    title = "This round is closed"


def mentors(person: User, enrollment: Enrollment) -> bool:
    """Whether `person` mentors the learner now, or their cohort (one query); nobody their own."""
    if enrollment.learner_id == person.pk:
        return False
    mine = Enrollment.objects.reviewable_by(person)
    return bool(mine.filter(pk=enrollment.pk).exists())


def require_reviewer(person: User, submission: Submission) -> None:
    """Pass if `person` mentors the submission's learner now, or their cohort.

    Raises OwnWork, NotTheirMentor.
    """
    if submission.enrollment.learner_id == person.pk:
        raise OwnWork("Another mentor has to look at it.")
    if not mentors(person, submission.enrollment):
        raise NotTheirMentor("You can see it, but you do not mentor this learner.")


def already_decided(submission: Submission) -> AlreadyDecided:
    """Return the conflict that names who was first, for a submission that is not waiting."""
    if submission.state == SubmissionState.WITHDRAWN:
        return AlreadyDecided("The learner withdrew it.")
    what = "approved it" if submission.state == SubmissionState.APPROVED else "asked for changes"
    who = submission.decided_by.display_name if submission.decided_by else "Somebody"
    return AlreadyDecided(f"{who} {what} at {submission.decided_at:%Y-%m-%d %H:%M} UTC.")
