"""Whether the parts of a document fit together: references, cycles, rules that can be met.

The document may hold stand-ins for what could not be read (an empty key, a shorter list), so a
check stays silent where a stand-in would make it speak of something the author did not write.
"""

import graphlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from backend.words import gettext as _
from progress.document.errors import Code, Path, Problem
from progress.document.model import Document, Milestone
from progress.document.rule_checks import identified_groups, rule_misfits

MAX_CYCLES: Final = 20
"""As many cycles as are worth telling at once; each takes one more pass over the document."""

_Placed: TypeAlias = list[tuple[Path, Milestone]]


def misfits(document: Document) -> Iterator[Problem]:
    """Every problem of references, cycles and rules, in a fixed order."""
    placed: _Placed = [
        (("stages", s, "milestones", m), milestone)
        for s, stage in enumerate(document.stages)
        for m, milestone in enumerate(stage.milestones)
    ]
    yield from _duplicates(document, placed)
    yield from _unknown_prerequisites(placed)
    yield from _unknown_tracks(document, placed)
    yield from _replacing_themselves(placed)
    yield from _unknown_milestones(document, placed)
    yield from _cycles(placed)
    yield from rule_misfits(document)
    yield from _empty_roles(document)


def _duplicates(document: Document, placed: _Placed) -> Iterator[Problem]:
    lists: list[tuple[str, Sequence[tuple[Path, str]]]] = [
        (said, [((name, i), part.key) for i, part in enumerate(getattr(document, name))])
        for name, said in (
            ("industries", _("the key %(name)s is already taken among the industries")),
            ("tracks", _("the key %(name)s is already taken among the tracks")),
            ("roles", _("the key %(name)s is already taken among the roles")),
            ("stages", _("the key %(name)s is already taken among the stages")),
        )
    ]
    said = _("the key %(name)s is already taken among the milestones of the pathway")
    lists.append((said, [(path, part.key) for path, part in placed]))
    for said, keyed in lists:
        yield from _taken(said, keyed, "key")
    for path, milestone in placed:
        said = _("the key %(name)s is already taken among the rubric of %(milestone)s")
        rubric = [((*path, "rubric", i), line.key) for i, line in enumerate(milestone.rubric)]
        yield from _taken(said, rubric, "key", milestone=milestone.key)
    stages = [(("stages", i), stage.identifier) for i, stage in enumerate(document.stages)]
    others = [(path, milestone.identifier) for path, milestone in placed]
    groups = [
        found
        for i, stage in enumerate(document.stages)
        for found in identified_groups(stage.rule, ("stages", i, "rule"))
    ]
    identified: list[tuple[Path, str]] = [((), document.identifier), *stages, *groups, *others]
    said = _("the identifier %(name)s is already taken among the parts of the pathway")
    yield from _taken(said, identified, "identifier")


def _taken(
    said: str, named: Sequence[tuple[Path, str]], field: str, **about: str
) -> Iterator[Problem]:
    """A problem for each name that was there before; `said` is it in words, for `name`."""
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            key = name if field == "key" else ""
            message = said % {"name": name, **about}
            yield Problem((*path, field), Code.DUPLICATE_KEY, message, key)
        if name:
            seen.add(name)


def _unknown_prerequisites(placed: _Placed) -> Iterator[Problem]:
    known = {milestone.key for _, milestone in placed}
    for path, milestone in placed:
        for i, key in enumerate(milestone.prerequisites):
            if key and key not in known:
                at = (*path, "prerequisites", i)
                message = _("no milestone has the key %(key)s") % {"key": key}
                yield Problem(at, Code.UNKNOWN_PREREQUISITE, message, milestone.key)


def _unknown_tracks(document: Document, placed: _Placed) -> Iterator[Problem]:
    known = {track.key for track in document.tracks}
    for path, milestone in placed:
        named = [((*path, "tracks", i), key) for i, key in enumerate(milestone.tracks or ())]
        left_out = [((*path, "not_on", i), key) for i, key in enumerate(milestone.not_on)]
        for at, key in left_out:
            if key and key not in known:
                yield Problem(
                    at,
                    Code.UNKNOWN_TRACK,
                    _("no track has the key %(key)s") % {"key": key},
                    milestone.key,
                )
        if milestone.not_on and known and not any(map(milestone.is_on, known)):
            message = _("it is left out of every track")
            yield Problem((*path, "not_on"), Code.MILESTONE_ON_NO_TRACK, message, milestone.key)
        noted = [((*path, "track_notes", key), key) for key, _ in milestone.track_notes]
        for at, key in (*named, *noted):
            if key and key not in known:
                yield Problem(
                    at,
                    Code.UNKNOWN_TRACK,
                    _("no track has the key %(key)s") % {"key": key},
                    milestone.key,
                )
            elif key and not milestone.is_on(key):
                message = _("the milestone is not on the track %(key)s") % {"key": key}
                yield Problem(at, Code.UNKNOWN_TRACK, message, milestone.key)


def _replacing_themselves(placed: _Placed) -> Iterator[Problem]:
    for path, milestone in placed:
        for i, key in enumerate(milestone.replaces):
            if key and key == milestone.key:
                at = (*path, "replaces", i)
                message = _("it keeps its own progress without being told")
                yield Problem(at, Code.REPLACES_ITSELF, message, milestone.key)


def _unknown_milestones(document: Document, placed: _Placed) -> Iterator[Problem]:
    known = {milestone.key for _, milestone in placed}
    for r, role in enumerate(document.roles):
        for key, _weight in role.weights:
            if key and key not in known:
                at = ("roles", r, "weights", key)
                message = _("no milestone has the key %(key)s") % {"key": key}
                yield Problem(at, Code.UNKNOWN_MILESTONE, message, role.key)


def _cycles(placed: _Placed) -> Iterator[Problem]:
    """Each cycle in full. After one is told, one of its edges goes, and the search starts again."""
    places = {milestone.key: path for path, milestone in reversed(placed)}
    # Lists, not sets: the order in which cycles are found must not depend on a hash seed.
    needs = {
        milestone.key: [key for key in milestone.prerequisites if key in places]
        for _, milestone in placed
        if milestone.key
    }
    order = {key: n for n, key in enumerate(needs)}
    for _once in range(MAX_CYCLES):
        try:
            graphlib.TopologicalSorter(needs).prepare()
        except graphlib.CycleError as error:
            # graphlib walks from what is needed to what needs it, and repeats the first at the end.
            cycle: list[str] = error.args[1][:0:-1]
            first = cycle.index(min(cycle, key=order.__getitem__))
            ring = [*cycle[first:], *cycle[: first + 1]]
            told = ", ".join(
                _("%(a)s needs %(b)s") % {"a": a, "b": b} for a, b in itertools.pairwise(ring)
            )
            needs[ring[0]].remove(ring[1])
            at = (*places[ring[0]], "prerequisites")
            yield Problem(
                at, Code.CYCLE, _("these wait for each other: %(cycle)s") % {"cycle": told}, ring[0]
            )
        else:
            return


def _empty_roles(document: Document) -> Iterator[Problem]:
    """A role needs something to be ready in on every track, or readiness would mean nothing."""
    by_key = {milestone.key: milestone for milestone in document.milestones}
    for r, role in enumerate(document.roles):
        weighted = [by_key[key] for key, _weight in role.weights if key in by_key]
        if not weighted:
            continue  # an empty or unknown list: noted already
        for track in _keys(part.key for part in document.tracks):
            if not any(milestone.is_on(track) for milestone in weighted):
                message = _("none of the milestones it weights is on the track %(track)s") % {
                    "track": track
                }
                at = ("roles", r, "weights")
                yield Problem(at, Code.ROLE_WITHOUT_MILESTONES, message, role.key)


def _keys(keys: Iterable[str]) -> list[str]:
    return [key for key in dict.fromkeys(keys) if key]
