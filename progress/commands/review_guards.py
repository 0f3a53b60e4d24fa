"""Refusals that the commands of a review share."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Forbidden
from backend.words import moment_in_words
from progress.models import Enrollment, SecondOpinion, Submission
from progress.models.claim import Claimable
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


def hold_mentors(people: Collection[uuid.UUID] | QuerySet[Any]) -> None:
    """Lock these people's rows until the transaction ends: who takes a review, and who is let go.

    Whoever gives a mentor a round, and whoever ends their right to it, takes turns here. Else a
    claim that was begun a moment before a mentorship ended could outlive it. Always before rounds.
    """
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    list(rows.values_list("pk", flat=True))


def require_mentor(person: User, enrollment: Enrollment) -> None:
    """Pass if `person` mentors the learner of `enrollment` now, or their cohort.

    Raises OwnWork, NotTheirMentor.
    """
    if enrollment.learner_id == person.pk:
        raise OwnWork(_("Another mentor has to look at it."))
    if not mentors(person, enrollment):
        raise NotTheirMentor(_("You can see it, but you do not mentor this learner."))


def require_reviewer(person: User, submission: Submission) -> None:
    """The same for a round: pass, or raise OwnWork, NotTheirMentor."""
    require_mentor(person, submission.enrollment)


def held_by(person: User, *, now: datetime, beside: Claimable) -> int:
    """Return how many claims `person` holds at `now`, but for one on `beside` (two queries).

    Needs the person held (`hold_mentors`), or two devices could both take the last one allowed.
    """
    return sum(
        kind.objects.claims_of(person, now=now).exclude(pk=beside.pk).count()
        for kind in (Submission, SecondOpinion)
    )


def already_decided(submission: Submission, person: User) -> AlreadyDecided:
    """Return the conflict that names who was first, for a submission that is not waiting.

    To whoever may give a second opinion on it, it doesn't say what was decided.
    """
    if SecondOpinion.objects.reviewable_by(person).filter(submission=submission).exists():
        return AlreadyDecided(_("It was decided. A second opinion is asked for: you can give it."))
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
