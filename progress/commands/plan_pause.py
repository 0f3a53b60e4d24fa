"""Plan a pause, or write down a past one."""

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from backend.ids import uuid7
from progress import events, outbox
from progress.commands.guards import EnrollmentNotActive, require_learner
from progress.commands.pause_guards import check_pause
from progress.models import Enrollment, Pause
from progress.rhythm import Interval
from progress.state_words import enrollment_state_in_words
from progress.states import EnrollmentState


class PauseIdTaken(Conflict):
    """The id belongs to a pause that says something else."""

    code = "pause-id-taken"
    title = gettext_lazy("This id belongs to another pause")


def plan_pause(
    *,
    person: User,
    enrollment: Enrollment,
    pause_id: uuid.UUID | None,
    starts_on: date,
    ends_on: date | None,
    reason: str,
    now: datetime,
) -> tuple[Pause, bool]:
    """Store a pause; return it and whether it is new. Sending the same id again is harmless.

    The days are the learner's own, both paused, past or future; None for `ends_on` is until ended.
    Work that is logged on them already stays. Raises NotYourEnrollment, EnrollmentNotActive,
    PauseOutOfRange, PauseOverlaps, PauseIdTaken.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        known = Pause.objects.filter(pk=pause_id).first() if pause_id else None
        if known is not None:
            said = (known.enrollment_id, known.starts_on, known.ends_on, known.reason)
            if said != (enrollment.pk, starts_on, ends_on, reason):
                raise PauseIdTaken(_("Make a new id for a new pause, or change the one there is."))
            return known, False
        if enrollment.state != EnrollmentState.ACTIVE:
            raise EnrollmentNotActive(
                _("It is %(state)s; there is nothing to pause.")
                % {"state": enrollment_state_in_words(enrollment.state)}
            )
        check_pause(enrollment, Interval(starts_on, ends_on), now=now)
        pause = Pause(
            id=pause_id or uuid7(),
            enrollment=enrollment,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            created_at=now,
            changed_at=now,
        )
        try:
            with transaction.atomic():
                pause.save(force_insert=True)
        except IntegrityError as exc:  # the same id for another enrollment, in this moment
            raise PauseIdTaken(_("Make a new id for a new pause.")) from exc
        outbox.record(
            events.Event(
                type=events.ENROLLMENT_PAUSED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=pause.pk,
                enrollment_id=enrollment.pk,
                data={"starts_on": starts_on.isoformat(), "ends_on": str(ends_on or "")},
            )
        )
    return pause, True
