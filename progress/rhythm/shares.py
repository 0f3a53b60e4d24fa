"""Where the time went: minutes by milestone, stage and kind, with the authors' estimates beside."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A milestone as far as time goes. `estimate_minutes` is 0 off the learner's track."""

    key: str
    stage: str
    kind: str
    estimate_minutes: int


@dataclass(frozen=True, slots=True)
class Share:
    """Minutes logged on something, and the estimate for all of it."""

    key: str
    minutes: int
    estimate_minutes: int


@dataclass(frozen=True, slots=True)
class Shares:
    """The same minutes, cut three ways; each adds up to all of them less `elsewhere`.

    `elsewhere` are minutes on milestones that the edition no longer has.
    """

    milestones: tuple[Share, ...]
    stages: tuple[Share, ...]
    kinds: tuple[Share, ...]
    elsewhere: int


def share(minutes: Mapping[str, int], places: Iterable[Place]) -> Shares:
    """Return how `minutes`, by milestone key, are spread over `places`.

    Milestones: those with time, the most first. Stages and kinds: all with time or an estimate, in
    the order of `places`.
    """
    known = list(places)
    keys = {place.key for place in known}
    worked = [place for place in known if minutes.get(place.key)]
    worked.sort(key=lambda place: -minutes[place.key])
    return Shares(
        milestones=tuple(
            Share(place.key, minutes[place.key], place.estimate_minutes) for place in worked
        ),
        stages=_sums(minutes, known, lambda place: place.stage),
        kinds=_sums(minutes, known, lambda place: place.kind),
        elsewhere=sum(logged for key, logged in minutes.items() if key not in keys),
    )


def _sums(
    minutes: Mapping[str, int], places: Iterable[Place], name: Callable[[Place], str]
) -> tuple[Share, ...]:
    logged: dict[str, int] = {}
    estimates: dict[str, int] = {}
    for place in places:
        key = name(place)
        logged[key] = logged.get(key, 0) + minutes.get(place.key, 0)
        estimates[key] = estimates.get(key, 0) + place.estimate_minutes
    return tuple(
        Share(key, logged[key], estimates[key]) for key in logged if logged[key] or estimates[key]
    )
