"""Say when one is away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from backend.words import day_in_words
from progress.models import Leave


class LeaveDates(Refused):
    """A leave has a first and a last day, and is not over."""

    code = "leave-dates"
    title = gettext_lazy("These are no days to be away")


class LeaveOverlaps(Conflict):
    """One is away once at a time."""

    code = "leave-overlaps"
    title = gettext_lazy("You are away on some of these days already")


def take_leave(*, person: User, starts_on: date, ends_on: date, now: datetime) -> Leave:
    """Store a leave, from the first to the last day by `person`'s calendar; return it.

    What they have claimed stays theirs until the claim runs out. Raises LeaveDates, LeaveOverlaps.
    """
    today = now.astimezone(person.zone).date()
    if ends_on < starts_on:
        raise _wrong(
            _("It starts on %(starts_on)s and can't end before that, on %(ends_on)s.")
            % {"starts_on": day_in_words(starts_on), "ends_on": day_in_words(ends_on)}
        )
    if ends_on < today:
        raise _wrong(
            _("%(day)s has passed; it is %(today)s where you are.")
            % {"day": day_in_words(ends_on), "today": day_in_words(today)}
        )
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)  # one leave at a time
        other = Leave.objects.owned_by(person).touching(starts_on, ends_on).first()
        if other is not None:
            raise LeaveOverlaps(
                _("You are away from %(first)s to %(last)s. Take that back first.")
                % {
                    "first": day_in_words(other.starts_on),
                    "last": day_in_words(other.ends_on),
                }
            )
        leave: Leave = Leave.objects.create(
            person=person, starts_on=starts_on, ends_on=ends_on, created_at=now
        )
    return leave


def _wrong(detail: str) -> LeaveDates:
    return LeaveDates(detail, errors=[FieldError("ends_on", "leave-dates", detail)])
