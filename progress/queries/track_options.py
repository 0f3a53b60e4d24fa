"""What each track would mean to a learner, before they decide."""

from progress.compiled import compiled
from progress.models import Enrollment
from progress.rules import TrackComparison, compare_tracks
from progress.standing import states_seen
from progress.veil import Veil


def track_options(enrollment: Enrollment) -> tuple[TrackComparison, ...]:
    """Return every track compared with today's, in the document's order (one query)."""
    states = states_seen(enrollment, veil=Veil.over(enrollment))
    return compare_tracks(compiled(enrollment), enrollment.track, states)
