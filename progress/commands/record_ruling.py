"""Write down a waiver or a revocation."""

from datetime import datetime

from accounts.models import User
from progress import events, outbox
from progress.commands.close_second_opinion import close_second_opinion
from progress.models import Enrollment, Ruling
from progress.models.ruling import RulingKind
from progress.models.second_opinion import Because

_TOLD_AS = {
    RulingKind.WAIVED: (events.MILESTONE_WAIVED, Because.WAIVED),
    RulingKind.REVOKED: (events.MILESTONE_REVOKED, Because.REVOKED),
}


def record_ruling(
    *,
    kind: RulingKind,
    person: User,
    enrollment: Enrollment,
    milestone_key: str,
    keys: list[str],
    reason: str,
    now: datetime,
) -> Ruling:
    """Write down what `person` ruled on a milestone that has just moved; return it.

    In the transaction of the move. A question for a second opinion on it is closed: `keys` are
    those that its work is stored under.
    """
    event, because = _TOLD_AS[kind]
    close_second_opinion(enrollment=enrollment, keys=keys, because=because, actor=person, now=now)
    ruling: Ruling = Ruling.objects.create(
        enrollment=enrollment,
        milestone_key=milestone_key,
        kind=kind,
        mentor=person,
        reason=reason,
        made_at=now,
    )
    outbox.record(
        events.Event(
            type=event,
            occurred_at=now,
            actor_id=person.pk,
            subject_id=ruling.pk,
            enrollment_id=enrollment.pk,
            data={"milestone": milestone_key},
        )
    )
    return ruling
