"""What another track would mean, before the learner decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from progress.document import Track
from progress.rules.compiled import CompiledPathway
from progress.rules.evaluation import EvaluatedMilestone, Evaluation, MilestoneState, evaluate


@dataclass(frozen=True, slots=True)
class TrackComparison:
    """A learner on another track, everything else as it is.

    `percent` and `hours_remaining` are what they would be there. `keeps` is the share, 0 to 100 and
    rounded down, of the verified hours that would still count; 100 if there are none. `adds_hours`
    is how many more hours would remain than on the track of today, negative if fewer. `gains` are
    milestones that only the other track has, `leaves` those that only today's has; complete ones
    among them stay earned, and count again after a change back.
    """

    track: Track
    is_current: bool
    percent: int
    keeps: int
    hours_remaining: int
    adds_hours: int
    gains: tuple[EvaluatedMilestone, ...]
    leaves: tuple[EvaluatedMilestone, ...]


def compare_tracks(
    pathway: CompiledPathway, track: str, states: Mapping[str, MilestoneState]
) -> tuple[TrackComparison, ...]:
    """Every track, today's included, in the order of the document, for a learner on `track`.

    Raises KeyError for an unknown track.
    """
    now = evaluate(pathway, track, states)
    return tuple(
        _compared(now, evaluate(pathway, other.key, states), other)
        for other in pathway.document.tracks
    )


def _compared(now: Evaluation, then: Evaluation, track: Track) -> TrackComparison:
    earned = [row for row in now.milestones.values() if row.complete]
    hours = sum(row.milestone.effort_hours for row in earned)
    kept = sum(row.milestone.effort_hours for row in earned if row.key in then.milestones)
    return TrackComparison(
        track=track,
        is_current=track.key == now.track,
        percent=then.percent,
        keeps=100 * kept // hours if hours else 100,
        hours_remaining=then.hours_remaining,
        adds_hours=then.hours_remaining - now.hours_remaining,
        gains=_only_in(then, now),
        leaves=_only_in(now, then),
    )


def _only_in(one: Evaluation, other: Evaluation) -> tuple[EvaluatedMilestone, ...]:
    return tuple(row for key, row in one.milestones.items() if key not in other.milestones)
