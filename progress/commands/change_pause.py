"""Change the days of a pause."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import NotFound
from progress import events, outbox
from progress.commands.guards import require_learner
from progress.commands.pause_guards import check_pause
from progress.models import Pause
from progress.rhythm import Interval


class PauseGone(NotFound):
    """Another device was first."""

    code = "pause-gone"
    title = gettext_lazy("This pause is not there any more")


def change_pause(
    *,
    person: User,
    pause: Pause,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    now: datetime,
) -> Pause:
    """Store other days and another reason; return the pause. The same again changes nothing.

    Also a pause that has passed can be put right: a day that was worked after all could never be
    logged otherwise. Raises NotYourEnrollment, PauseOutOfRange, PauseOverlaps, PauseGone.
    """
    require_learner(person, pause.enrollment)
    with transaction.atomic():
        pause.enrollment.hold()
        held = Pause.objects.filter(pk=pause.pk).first()
        if held is None:
            raise PauseGone(_("It was removed a moment ago."))
        if (held.starts_on, held.ends_on, held.reason) == (starts_on, ends_on, reason):
            return pause
        check_pause(pause.enrollment, Interval(starts_on, ends_on), now=now, besides=pause.pk)
        pause.starts_on, pause.ends_on, pause.reason = starts_on, ends_on, reason
        pause.changed_at = now
        pause.save(update_fields=["starts_on", "ends_on", "reason", "changed_at"])
        outbox.record(
            events.Event(
                type=events.PAUSE_CHANGED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=pause.pk,
                enrollment_id=pause.enrollment_id,
                data={"starts_on": starts_on.isoformat(), "ends_on": str(ends_on or "")},
            )
        )
    return pause
