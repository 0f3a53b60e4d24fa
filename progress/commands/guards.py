"""Refusals that several commands share."""

from accounts.models import User
from backend.errors import Conflict, FieldError, Forbidden, Refused
from progress.compiled import compiled
from progress.document import Milestone
from progress.models import Enrollment
from progress.states import EnrollmentState

WORKING = {EnrollmentState.ACTIVE, EnrollmentState.COMPLETED}


class NotYourEnrollment(Forbidden):
    """Only the learner works on their enrollment; others read."""

    code = "not-your-enrollment"
    title = "Only the learner can do this"


class EnrollmentNotActive(Conflict):
    """A withdrawn enrollment takes no work."""

    code = "enrollment-not-active"
    title = "This enrollment is not active"


class NotOnTheWay(Refused):
    """The milestone is not in the enrollment's edition, or not on its track."""

    code = "not-on-the-way"
    title = "This milestone is not on your way"


def require_learner(person: User, enrollment: Enrollment) -> None:
    """Pass if `enrollment` is `person`'s own; raise NotYourEnrollment."""
    if enrollment.learner_id != person.pk:
        raise NotYourEnrollment("You can see this enrollment, but only its learner can change it.")


def require_working(enrollment: Enrollment) -> None:
    """Pass if the enrollment takes work (also a completed one: learning goes on)."""
    if enrollment.state not in WORKING:
        raise EnrollmentNotActive(
            f"This enrollment is {enrollment.state}: nothing can be added to it."
        )


def require_milestone(enrollment: Enrollment, key: str) -> Milestone:
    """Return the milestone with this key on the enrollment's way; raise NotOnTheWay."""
    milestone = compiled(enrollment).milestones.get(key)
    if milestone is not None and milestone.is_on(enrollment.track):
        return milestone
    detail = (
        f"There is no milestone {key!r} in edition {enrollment.edition.number} of this pathway."
        if milestone is None
        else f"{milestone.title} is not part of the track {enrollment.track!r}."
    )
    raise NotOnTheWay(detail, errors=[FieldError("milestone_key", "not-on-the-way", detail)])
