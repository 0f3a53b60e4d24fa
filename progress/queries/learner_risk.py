"""Why a learner may be losing their way, as they read it themself."""

from datetime import datetime

from accounts.models import User
from progress.models import Enrollment
from progress.queries.learner_facts import known_of
from progress.risk import Reason, reasons


def learner_risk(enrollment: Enrollment, *, person: User, now: datetime) -> tuple[Reason, ...]:
    """Return the very reasons that their mentors and coordinators see (six queries).

    As `person` may know of them (see `progress/veil.py`).
    """
    rows = Enrollment.objects.filter(pk=enrollment.pk).seen_by(person)
    learners = {enrollment.learner_id: enrollment.learner}
    (known,) = known_of(rows, learners=learners, now=now)
    return reasons(known.facts)
