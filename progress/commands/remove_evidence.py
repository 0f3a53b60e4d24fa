"""Take evidence away from a milestone."""

from datetime import datetime

from accounts.models import User
from progress.commands.guards import require_learner
from progress.models import Evidence


def remove_evidence(*, person: User, evidence: Evidence, now: datetime) -> None:
    """Remove `evidence` from the learner's list; rounds submitted with it keep their copy.

    Doing it again changes nothing. Raises NotYourEnrollment.
    """
    require_learner(person, evidence.enrollment)
    Evidence.objects.present().filter(pk=evidence.pk).update(removed_at=now)
