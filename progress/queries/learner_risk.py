"""Why a learner may be losing their way, as they read it themself."""

from datetime import datetime

from accounts.models import User
from progress.models import Enrollment
from progress.queries.learner_facts import known_of
from progress.risk import Reason, reasons
from progress.veil import NO_VEIL, veil_for


def learner_risk(enrollment: Enrollment, *, person: User, now: datetime) -> tuple[Reason, ...]:
    """Return the very reasons that their mentors and coordinators see (six queries).

    As `person` may know of them (see `progress/veil.py`): one query more for another's.
    """
    rows = Enrollment.objects.filter(pk=enrollment.pk)
    zones = {enrollment.learner_id: enrollment.learner.time_zone}
    veil = NO_VEIL if person.pk == enrollment.learner_id else veil_for(person)
    (known,) = known_of(rows, zones=zones, veil=veil, now=now)
    return reasons(known.facts)
