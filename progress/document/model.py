"""The parts of a pathway document, frozen: an edition never changes, so neither does its document.

Texts are stripped, lists are tuples in the author's order, mappings are tuples of pairs sorted by
key (a JSON column does not keep their order, and order must not make two documents differ).
"""

import enum
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final

FORMAT: Final = 1


class MilestoneKind(enum.StrEnum):
    """What sort of thing is reached."""

    DEGREE = "degree"
    SKILL = "skill"
    PROJECT = "project"
    DEPLOYMENT = "deployment"


class VerifiedBy(enum.StrEnum):
    """Who says that a milestone is reached."""

    SELF = "self"
    MENTOR = "mentor"


class RuleKind(enum.StrEnum):
    """What a rule wants of its parts (those on the learner's track)."""

    ALL_OF = "all_of"
    AT_LEAST = "at_least"
    BY_WEIGHT = "by_weight"


def _later(*, mapping: bool = False) -> dict[str, bool]:
    """Metadata of a field that came after the first edition was published: left out of the
    normalized form where it says nothing, so that what was published before stays the same.
    """
    return {"later": True, "mapping": mapping}


@dataclass(frozen=True, slots=True)
class Industry:
    """A field of business that hires people who walked the pathway."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Track:
    """A specialization. `suits` says who often heads there."""

    key: str
    title: str
    summary: str
    suits: str


@dataclass(frozen=True, slots=True)
class Role:
    """A target job. `weights` are pairs of milestone key and weight; an unnamed one weighs 0."""

    key: str
    title: str
    summary: str
    weights: tuple[tuple[str, int], ...] = field(metadata={"mapping": True})


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric: what a mentor looks for."""

    key: str
    title: str
    looks_for: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether a milestone wants evidence, and what would serve ("" if nothing is said)."""

    required: bool
    hint: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """The same thing in somebody else's framework, such as a skill of ESCO."""

    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A thing to reach.

    `effort_hours` is an estimate for somebody who starts without it. `tracks` None means all but
    those in `not_on`. `track_notes` are pairs of track key and what to emphasize there.
    `prerequisites` say when it opens, never whether the pathway is complete. `replaces` are keys of
    earlier editions whose progress it takes over. `identifier` is its UUID in other systems, or "".
    """

    key: str
    title: str
    kind: MilestoneKind
    summary: str
    effort_hours: int
    verified_by: VerifiedBy
    steps: tuple[str, ...]
    done_when: tuple[str, ...]
    evidence: Evidence
    rubric: tuple[Criterion, ...]
    prerequisites: tuple[str, ...]
    tracks: tuple[str, ...] | None
    track_notes: tuple[tuple[str, str], ...] = field(metadata={"mapping": True})
    waivable: bool
    topics: tuple[str, ...]
    not_on: tuple[str, ...] = field(default=(), metadata=_later())
    replaces: tuple[str, ...] = field(default=(), metadata=_later())
    alignment: tuple[Alignment, ...] = field(default=(), metadata=_later())
    identifier: str = field(default="", metadata=_later())

    def is_on(self, track: str) -> bool:
        """Whether learners of the track with this key meet the milestone."""
        return track not in self.not_on if self.tracks is None else track in self.tracks


@dataclass(frozen=True, slots=True)
class Rule:
    """When a stage, or a group inside a rule, is complete.

    `count` is N of *at least N of* and W of *by weight, at least W*; None for *all of*. `of` has
    milestone keys and groups; None stands for all milestones of the stage. The milestones in
    `required` must be among those reached. `weights` are pairs of milestone key and weight, for
    *by weight*; a milestone not named there weighs 1. `title`, `weight` (in the rule around it)
    and `identifier` belong to a group.
    """

    kind: RuleKind
    count: int | None
    of: "tuple[str | Rule, ...] | None" = field(default=None, metadata=_later())
    required: tuple[str, ...] = field(default=(), metadata=_later())
    weights: tuple[tuple[str, int], ...] = field(default=(), metadata=_later(mapping=True))
    title: str = field(default="", metadata=_later())
    weight: int = field(default=1, metadata=_later())
    identifier: str = field(default="", metadata=_later())

    def needed(self, total: int) -> int:
        """How much it wants of parts whose number, or weight, is `total`."""
        return total if self.count is None else self.count

    def weight_of(self, part: "str | Rule") -> int:
        """What a part weighs here: 1 unless the rule goes by weight."""
        if self.kind is not RuleKind.BY_WEIGHT:
            return 1
        return part.weight if isinstance(part, Rule) else dict(self.weights).get(part, 1)


@dataclass(frozen=True, slots=True)
class Stage:
    """A section of the pathway with its completion rule."""

    key: str
    title: str
    summary: str
    rule: Rule
    milestones: tuple[Milestone, ...]
    identifier: str = field(default="", metadata=_later())

    @property
    def parts(self) -> tuple[str | Rule, ...]:
        """What the rule counts: what it says, or else all milestones."""
        if self.rule.of is not None:
            return self.rule.of
        return tuple(milestone.key for milestone in self.milestones)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole pathway. It is complete for a learner when every stage is."""

    slug: str
    title: str
    summary: str
    audience: str
    duration: str
    beyond: str
    industries: tuple[Industry, ...]
    track_guidance: str
    tracks: tuple[Track, ...]
    roles: tuple[Role, ...]
    stages: tuple[Stage, ...]
    identifier: str = field(default="", metadata=_later())

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """All milestones, in the order of the document."""
        return tuple(milestone for stage in self.stages for milestone in stage.milestones)


def to_json(document: Document) -> dict[str, Any]:
    """The normalized document as JSON-ready data, defaults written out (docs/decisions/0014: but
    for the fields that came later).

    `parse(to_json(document)) == document`, whatever happens to the order of object fields between.
    """
    return {"format": FORMAT, **plain(document)}


def plain(value: Any) -> Any:
    """Any part of a document as JSON-ready data, normalized like the whole."""
    if is_dataclass(value):
        return {
            part.name: dict(getattr(value, part.name))
            if part.metadata.get("mapping")
            else plain(getattr(value, part.name))
            for part in fields(value)
            if not (part.metadata.get("later") and getattr(value, part.name) == part.default)
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.value if isinstance(value, enum.Enum) else value
