"""Have a deployment asked no more."""

from accounts.models import User
from progress.commands.guards import require_learner
from progress.models import Enrollment
from progress.models.probe import Probe


def drop_probe(*, person: User, enrollment: Enrollment, milestone_key: str) -> None:
    """Forget the health URL and what was counted; again is harmless. Raises NotYourEnrollment."""
    require_learner(person, enrollment)
    Probe.objects.filter(enrollment=enrollment, milestone_key=milestone_key).delete()
