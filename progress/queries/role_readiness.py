"""How ready a learner is for each role."""

from progress.models import Enrollment
from progress.rules import RoleReadiness, readiness_by_role
from progress.standing import standing_seen

RAISES = 3


def role_readiness(enrollment: Enrollment) -> tuple[RoleReadiness, ...]:
    """Return every role with what would raise it most per hour, in order (one query)."""
    return readiness_by_role(standing_seen(enrollment).evaluation, limit=RAISES)
