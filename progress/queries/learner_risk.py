"""Why a learner may be losing their way, as they read it themself."""

from datetime import datetime

from progress.models import Enrollment
from progress.queries.learner_facts import known_of
from progress.risk import Reason, reasons


def learner_risk(enrollment: Enrollment, *, now: datetime) -> tuple[Reason, ...]:
    """Return the very reasons that their mentors and coordinators see (six queries)."""
    rows = Enrollment.objects.filter(pk=enrollment.pk)
    zones = {enrollment.learner_id: enrollment.learner.time_zone}
    (known,) = known_of(rows, zones=zones, now=now)
    return reasons(known.facts)
