"""What each track would mean to a learner, before they decide."""

from progress.compiled import compiled
from progress.models import Enrollment, MilestoneProgress
from progress.rules import TrackComparison, compare_tracks
from progress.standing import states_of


def track_options(enrollment: Enrollment) -> tuple[TrackComparison, ...]:
    """Return every track compared with today's, in the document's order (one query)."""
    states = states_of(MilestoneProgress.objects.filter(enrollment=enrollment))
    return compare_tracks(compiled(enrollment), enrollment.track, states)
