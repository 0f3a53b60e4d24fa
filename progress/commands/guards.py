"""Refusals that several commands share."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Forbidden, Refused
from progress.compiled import compiled
from progress.document import Milestone
from progress.models import Enrollment
from progress.state_words import enrollment_state_in_words
from progress.states import EnrollmentState

WORKING = {EnrollmentState.ACTIVE, EnrollmentState.COMPLETED}


class NotYourEnrollment(Forbidden):
    """Only the learner works on their enrollment; others read."""

    code = "not-your-enrollment"
    title = gettext_lazy("Only the learner can do this")


class EnrollmentNotActive(Conflict):
    """A withdrawn enrollment takes no work."""

    code = "enrollment-not-active"
    title = gettext_lazy("This enrollment is not active")


class NotOnTheWay(Refused):
    """The milestone is not in the enrollment's edition, or not on its track."""

    code = "not-on-the-way"
    title = gettext_lazy("This milestone is not on your way")


def require_learner(person: User, enrollment: Enrollment) -> None:
    """Pass if `enrollment` is `person`'s own; raise NotYourEnrollment."""
    if enrollment.learner_id != person.pk:
        raise NotYourEnrollment(
            _("You can see this enrollment, but only its learner can change it.")
        )


def require_working(enrollment: Enrollment) -> None:
    """Pass if the enrollment takes work (also a completed one: learning goes on)."""
    if enrollment.state not in WORKING:
        raise EnrollmentNotActive(
            _("This enrollment is %(state)s: nothing can be added to it.")
            % {"state": enrollment_state_in_words(enrollment.state)}
        )


def require_milestone(enrollment: Enrollment, key: str) -> Milestone:
    """Return the milestone with this key on the enrollment's way; raise NotOnTheWay."""
    milestone = compiled(enrollment).milestones.get(key)
    if milestone is not None and milestone.is_on(enrollment.track):
        return milestone
    detail = (
        _("There is no milestone %(key)r in edition %(number)s of this pathway.")
        % {"key": key, "number": enrollment.edition.number}
        if milestone is None
        else _("%(milestone)s is not part of the track %(track)r.")
        % {"milestone": milestone.title, "track": enrollment.track}
    )
    raise NotOnTheWay(detail, errors=[FieldError("milestone_key", "not-on-the-way", detail)])
