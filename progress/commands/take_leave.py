"""Say when one is away."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress.models import Leave


class LeaveDates(Refused):
    """A leave has a first and a last day, and is not over."""

    code = "leave-dates"
    title = "These are no days to be away"


class LeaveOverlaps(Conflict):
    """One is away once at a time."""

    code = "leave-overlaps"
    title = "You are away on some of these days already"


def take_leave(*, person: User, starts_on: date, ends_on: date, now: datetime) -> Leave:
    """Store a leave, from the first to the last day by `person`'s calendar; return it.

    What they have claimed stays theirs until the claim runs out. Raises LeaveDates, LeaveOverlaps.
    """
    today = now.astimezone(person.zone).date()
    if ends_on < starts_on:
        raise _wrong(f"It starts on {starts_on} and can't end before that, on {ends_on}.")
    if ends_on < today:
        raise _wrong(f"{ends_on} has passed; it is {today} where you are.")
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)  # one leave at a time
        other = Leave.objects.owned_by(person).touching(starts_on, ends_on).first()
        if other is not None:
            raise LeaveOverlaps(
                f"You are away from {other.starts_on} to {other.ends_on}. Take that back first."
            )
        leave: Leave = Leave.objects.create(
            person=person, starts_on=starts_on, ends_on=ends_on, created_at=now
        )
    return leave


def _wrong(detail: str) -> LeaveDates:
    return LeaveDates(detail, errors=[FieldError("ends_on", "leave-dates", detail)])
