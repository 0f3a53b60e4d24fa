"""A person asks for quiet, for some days."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Refused
from notifications.localtime import first_instant
from notifications.models import Snooze
from progress.compiled import compiled
from progress.models import Enrollment


class NothingToSnooze(Refused):
    """A milestone is one of the edition's."""

    code = "nothing-to-snooze"
    title = gettext_lazy("There is no such milestone to snooze")


def snooze(
    *,
    person: User,
    days: int,
    now: dt.datetime,
    kind: str = "",
    enrollment: Enrollment | None = None,
    milestone_key: str = "",
) -> Snooze:
    """Have nothing that can wait sent for `days` local days; return the snooze.

    Of one kind, of one milestone of an enrollment, or, with neither, at all. It ends at the same
    wall-clock time as now, where the person lives. Asked again, it begins anew from now. Raises
    NothingToSnooze.
    """
    if enrollment is not None and milestone_key not in compiled(enrollment).milestones:
        raise NothingToSnooze(
            _("%(key)s is no milestone of this pathway.") % {"key": milestone_key}
        )
    there = now.astimezone(person.zone)
    until = first_instant(
        there.date() + dt.timedelta(days=days), there.time().replace(microsecond=0), person.zone
    )
    row, _made = Snooze.objects.update_or_create(
        person=person,
        kind=kind,
        enrollment=enrollment,
        milestone_key=milestone_key,
        defaults={"until": until, "created_at": now},
    )
    return row
