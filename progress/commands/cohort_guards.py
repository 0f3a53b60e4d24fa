"""Refusals that the commands of a cohort share."""

from datetime import date

from accounts.models import User
from backend.errors import Conflict, FieldError, Forbidden, Refused
from progress.models import Cohort
from progress.models.cohort import CohortPart


class NotTheCoordinator(Forbidden):
    """Mentors and learners see their cohort; its coordinators run it."""

    code = "not-the-coordinator"
    title = "Only a coordinator of the cohort can do this"


class CohortEnded(Conflict):
    """An ended cohort stays as it was."""

    code = "cohort-ended"
    title = "This cohort has ended"


class CohortEndsBeforeItStarts(Refused):
    """The last day comes after the first."""

    code = "cohort-dates"
    title = "A cohort ends after it starts"


def require_coordinator(person: User, cohort: Cohort) -> None:
    """Pass if `person` coordinates `cohort` now, or is an admin; raise NotTheCoordinator."""
    if person.is_staff:
        return
    if not Cohort.objects.of(person, CohortPart.COORDINATOR).filter(pk=cohort.pk).exists():
        raise NotTheCoordinator("You can see this cohort; ask one of its coordinators.")


def require_open_cohort(cohort: Cohort) -> None:
    """Pass if nobody has ended `cohort`; raise CohortEnded."""
    if cohort.ended_at is not None:
        raise CohortEnded(f"It ended on {cohort.ended_at:%Y-%m-%d}. Start a new one.")


def check_cohort_dates(starts_on: date, ends_on: date) -> None:
    """Pass unless the last day comes before the first; raise CohortEndsBeforeItStarts."""
    if ends_on < starts_on:
        detail = f"It starts on {starts_on} and can't end before that, on {ends_on}."
        errors = [FieldError("ends_on", "before-start", detail)]
        raise CohortEndsBeforeItStarts(detail, errors=errors)
