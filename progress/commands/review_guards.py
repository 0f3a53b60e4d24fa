"""Refusals that the commands of a review share."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Forbidden
from backend.words import moment_in_words
from progress.models import Enrollment, Submission
from progress.states import SubmissionState


class OwnWork(Forbidden):
    """Nobody reviews their own work, also not a mentor or an admin."""

    code = "own-work"
    title = gettext_lazy("You can't review your own work")


class NotTheirMentor(Forbidden):
    """Only the learner's mentors review."""

    code = "not-their-mentor"
    title = gettext_lazy("Only the learner's mentors review this")


class AlreadyDecided(Conflict):
    """Somebody was first; what they decided stands."""

    code = "already-decided"
    title = gettext_lazy("This round is closed")


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
        raise OwnWork(_("Another mentor has to look at it."))
    if not mentors(person, submission.enrollment):
        raise NotTheirMentor(_("You can see it, but you do not mentor this learner."))


def already_decided(submission: Submission) -> AlreadyDecided:
    """Return the conflict that names who was first, for a submission that is not waiting."""
    if submission.state == SubmissionState.WITHDRAWN:
        return AlreadyDecided(_("The learner withdrew it."))
    said = (
        _("%(mentor)s approved it on %(when)s UTC.")
        if submission.state == SubmissionState.APPROVED
        else _("%(mentor)s asked for changes on %(when)s UTC.")
    )
    at = submission.decided_at
    return AlreadyDecided(
        said
        % {
            "mentor": submission.decided_by.display_name
            if submission.decided_by
            else _("Somebody"),
            "when": moment_in_words(at) if at else "",
        }
    )
