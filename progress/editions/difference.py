"""What differs between two editions, for the author before publishing and for the learner after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

from progress.document import Document, Milestone, Role, Rule, Stage, Track, plain
from progress.editions.lineage import Lineage, lineage

# Told in a form of their own, or where keys are traced.
_TOLD_ELSEWHERE: Final = frozenset({"key", "rule", "milestones", "weights"})
_NOT_COMPARED: Final = frozenset({"key", "tracks", "not_on", "replaces", "prerequisites"})

_Keyed = TypeVar("_Keyed", Stage, Track, Role)


@dataclass(frozen=True, slots=True)
class Move:
    """A milestone that lives on under another key."""

    old: Milestone
    new: Milestone


@dataclass(frozen=True, slots=True)
class Merge:
    """Several milestones that became one, which may have the key of one of them."""

    old: tuple[Milestone, ...]
    new: Milestone


@dataclass(frozen=True, slots=True)
class Split:
    """A milestone that became several, one of which may have its key."""

    old: Milestone
    new: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its values before and after, JSON-ready as in the document."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """A milestone with the same key or a moved one, and what is different about it.

    Besides the fields of the document, `stage` tells that it is in another stage, and `tracks` of
    the tracks it is on, however they are written.
    """

    old: Milestone
    new: Milestone
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A stage, in both editions, whose rule is another."""

    stage: Stage
    before: Rule
    after: Rule


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs. Every milestone of the new edition that has no source is in `added`, every
    one of the old edition that has no heir in `removed`.
    """

    added: tuple[Milestone, ...]
    removed: tuple[Milestone, ...]
    moved: tuple[Move, ...]
    merged: tuple[Merge, ...]
    split: tuple[Split, ...]
    changed: tuple[MilestoneChange, ...]
    rules: tuple[RuleChange, ...]
    stages_added: tuple[Stage, ...]
    stages_removed: tuple[Stage, ...]
    tracks_added: tuple[Track, ...]
    tracks_removed: tuple[Track, ...]
    roles_added: tuple[Role, ...]
    roles_removed: tuple[Role, ...]
    others: tuple[tuple[str, FieldChange], ...]
    """Changes of the pathway's own fields, and of stages, tracks and roles that stay: with where
    they are, such as `track north`; "" for the pathway itself.
    """

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs but, perhaps, the order."""
        return not any(getattr(self, part.name) for part in fields(self))

    @property
    def retitled(self) -> tuple[MilestoneChange, ...]:
        """Milestones that people see under another title."""
        return tuple(one for one in self.changed if one.old.title != one.new.title)


def diff(old: Document, new: Document) -> Difference:
    """What differs from `old` to `new`. A reference to a moved key is no change."""
    line = lineage(old, new)
    was = {part.key: part for part in old.milestones}
    now = {part.key: part for part in new.milestones}
    stages = {stage.key: stage for stage in old.stages}
    renamed = {
        sources[0]: key
        for key, sources in line.sources.items()
        if sources and sources[0] != key and line.is_move(sources[0], key)
    }
    return Difference(
        added=tuple(part for key, part in now.items() if not line.sources[key]),
        removed=tuple(part for key, part in was.items() if not line.heirs[key]),
        moved=tuple(Move(was[source], now[key]) for source, key in renamed.items()),
        merged=tuple(
            Merge(tuple(was[source] for source in line.sources[key]), part)
            for key, part in now.items()
            if len(line.sources[key]) > 1
        ),
        split=tuple(
            Split(part, tuple(now[heir] for heir in line.heirs[key]))
            for key, part in was.items()
            if len(line.heirs[key]) > 1
        ),
        changed=tuple(_changed(old, new, line, renamed)),
        rules=tuple(
            RuleChange(stage, stages[stage.key].rule, stage.rule)
            for stage in new.stages
            if stage.key in stages and _renamed(stages[stage.key].rule, renamed) != stage.rule
        ),
        stages_added=_without(new.stages, old.stages),
        stages_removed=_without(old.stages, new.stages),
        tracks_added=_without(new.tracks, old.tracks),
        tracks_removed=_without(old.tracks, new.tracks),
        roles_added=_without(new.roles, old.roles),
        roles_removed=_without(old.roles, new.roles),
        others=tuple(_others(old, new, renamed)),
    )


def _changed(
    old: Document, new: Document, line: Lineage, renamed: Mapping[str, str]
) -> Iterator[MilestoneChange]:
    was = {part.key: part for part in old.milestones}
    before = _stage_of(old)
    after = _stage_of(new)
    for part in new.milestones:
        sources = line.sources[part.key]
        source = part.key if part.key in sources else next(iter(sources), "")
        if source != part.key and renamed.get(source) != part.key:
            continue
        one = was[source]
        changes = list(_field_changes(one, part))
        needs = tuple(renamed.get(key, key) for key in one.prerequisites)
        if set(needs) != set(part.prerequisites):
            changes.append(
                FieldChange("prerequisites", plain(one.prerequisites), plain(part.prerequisites))
            )
        on = [
            [track.key for track in doc.tracks if milestone.is_on(track.key)]
            for doc, milestone in ((old, one), (new, part))
        ]
        stay = {track.key for track in old.tracks} & {track.key for track in new.tracks}
        if stay.intersection(on[0]) != stay.intersection(on[1]):
            changes.append(FieldChange("tracks", *on))
        if before[source] != after[part.key]:
            changes.append(FieldChange("stage", before[source], after[part.key]))
        if changes:
            yield MilestoneChange(one, part, tuple(changes))


def _field_changes(
    one: Any, other: Any, skip: frozenset[str] = _NOT_COMPARED
) -> Iterator[FieldChange]:
    for part in fields(one):
        was, now = getattr(one, part.name), getattr(other, part.name)
        if part.name not in skip and was != now:
            yield FieldChange(part.name, plain(was), plain(now))


def _others(
    old: Document, new: Document, renamed: Mapping[str, str]
) -> Iterator[tuple[str, FieldChange]]:
    for change in _field_changes(old, new, frozenset({"slug", "tracks", "roles", "stages"})):
        yield "", change
    pairs: list[tuple[str, Stage | Track | Role, Stage | Track | Role]] = [
        *(("stage", *pair) for pair in _pairs(old.stages, new.stages)),
        *(("track", *pair) for pair in _pairs(old.tracks, new.tracks)),
        *(("role", *pair) for pair in _pairs(old.roles, new.roles)),
    ]
    for what, one, other in pairs:
        for change in _field_changes(one, other, _TOLD_ELSEWHERE):
            yield f"{what} {one.key}", change
    for role, now in _pairs(old.roles, new.roles):
        weights = {renamed.get(key, key): weight for key, weight in role.weights}
        if weights != dict(now.weights):
            yield f"role {role.key}", FieldChange("weights", dict(role.weights), dict(now.weights))


def _pairs(old: Sequence[_Keyed], new: Sequence[_Keyed]) -> Iterator[tuple[_Keyed, _Keyed]]:
    now = {part.key: part for part in new}
    for part in old:
        if part.key in now:
            yield part, now[part.key]


def _without(parts: Sequence[_Keyed], others: Sequence[_Keyed]) -> tuple[_Keyed, ...]:
    keys = {part.key for part in others}
    return tuple(part for part in parts if part.key not in keys)


def _stage_of(document: Document) -> dict[str, str]:
    return {part.key: stage.key for stage in document.stages for part in stage.milestones}


def _renamed(rule: Rule, renamed: Mapping[str, str]) -> Rule:
    """The rule as it reads once keys have moved."""
    if rule.of is None and not rule.required and not rule.weights:
        return rule
    of = rule.of
    if of is not None:
        of = tuple(
            _renamed(part, renamed) if isinstance(part, Rule) else renamed.get(part, part)
            for part in of
        )
    weights = sorted((renamed.get(key, key), weight) for key, weight in rule.weights)
    required = tuple(renamed.get(key, key) for key in rule.required)
    return replace(rule, of=of, required=required, weights=tuple(weights))
