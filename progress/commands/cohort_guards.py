"""Refusals that the commands of a cohort share."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Forbidden, Refused
from backend.words import day_in_words
from progress.models import Cohort, CohortMember
from progress.models.cohort import CohortPart


class NotTheCoordinator(Forbidden):
    """Mentors and learners see their cohort; its coordinators run it."""

    code = "not-the-coordinator"
    title = gettext_lazy("Only a coordinator of the cohort can do this")


class CohortEnded(Conflict):
    """An ended cohort stays as it was."""

    code = "cohort-ended"
    title = gettext_lazy("This cohort has ended")


class CohortEndsBeforeItStarts(Refused):
    """The last day comes after the first."""

    code = "cohort-dates"
    title = gettext_lazy("A cohort ends after it starts")


def require_coordinator(person: User, cohort: Cohort) -> None:
    """Pass if `person` coordinates `cohort` now, or is an admin; raise NotTheCoordinator."""
    if person.is_staff:
        return
    if not Cohort.objects.of(person, CohortPart.COORDINATOR).filter(pk=cohort.pk).exists():
        raise NotTheCoordinator(_("You can see this cohort; ask one of its coordinators."))


def mentors_in(cohort: Cohort) -> QuerySet[Any]:
    """Return the ids of who mentors in `cohort` now."""
    rows = CohortMember.objects.staying().filter(cohort=cohort, part=CohortPart.MENTOR)
    return rows.values("person")


def require_open_cohort(cohort: Cohort) -> None:
    """Pass if nobody has ended `cohort`; raise CohortEnded."""
    if cohort.ended_at is not None:
        raise CohortEnded(
            _("It ended on %(day)s. Start a new one.")
            % {"day": day_in_words(cohort.ended_at.date())}
        )


def check_cohort_dates(starts_on: date, ends_on: date) -> None:
    """Pass unless the last day comes before the first; raise CohortEndsBeforeItStarts."""
    if ends_on < starts_on:
        detail = _("It starts on %(starts_on)s and can't end before that, on %(ends_on)s.") % {
            "starts_on": day_in_words(starts_on),
            "ends_on": day_in_words(ends_on),
        }
        errors = [FieldError("ends_on", "before-start", detail)]
        raise CohortEndsBeforeItStarts(detail, errors=errors)
