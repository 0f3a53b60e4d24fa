"""Whether a document can follow the editions before it without taking progress from anybody."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from backend.words import gettext as _
from progress.document import Code, Document, Milestone, Path, Problem
from progress.editions.lineage import lineage

_NEARLY: Final = 0.85
"""How alike two titles are, from 0 to 1, to be nearly the same."""


@dataclass(frozen=True, slots=True)
class Findings:
    """`errors` keep a document from being published, `warnings` are for its author to know."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_succession(earlier: Sequence[Document], new: Document) -> Findings:
    """Hold a document against the editions before it, oldest first; none if it is the first.

    Errors: another slug; a milestone that went while a new one has the same title; a `replaces` of
    a key that no edition ever had. Warnings: the same with nearly the same title; a milestone that
    goes without any to replace it. `DocumentErrors(...).with_lines` gives them lines.
    """
    if not earlier:
        return Findings((), ())
    places: dict[str, tuple[Path, Milestone]] = {
        part.key: (("stages", s, "milestones", m), part)
        for s, stage in enumerate(new.stages)
        for m, part in enumerate(stage.milestones)
    }
    errors: list[Problem] = []
    newest = earlier[-1]
    if newest.slug != new.slug:
        message = _("the editions before are of %(slug)s; that never changes") % {
            "slug": newest.slug
        }
        errors.append(Problem(("slug",), Code.SLUG_CHANGED, message))
    errors.extend(_unknown(earlier, places))
    warnings: list[Problem] = []
    line = lineage(newest, new)
    gone = [part for part in newest.milestones if not line.heirs[part.key]]
    fresh = [places[key] for key, sources in line.sources.items() if not sources]
    for part in gone:
        likeness, path, other = max(
            ((_likeness(part.title, one.title), path, one) for path, one in fresh),
            key=lambda found: found[0],
            default=(0.0, (), part),
        )
        if likeness < _NEARLY:
            message = _("%(key)s goes, and what learners reached of it becomes history") % {
                "key": part.key
            }
            warnings.append(Problem((), Code.REMOVED_WITHOUT_REPLACES, message, part.key))
            continue
        said = (
            _("it has the same title as %(key)s, which goes; add replaces: [%(key)s]")
            if likeness == 1
            else _("it has nearly the same title as %(key)s, which goes; add replaces: [%(key)s]")
        )
        message = said % {"key": part.key}
        problem = Problem((*path, "key"), Code.RENAMED_WITHOUT_REPLACES, message, other.key)
        (errors if likeness == 1 else warnings).append(problem)
    return Findings(tuple(errors), tuple(warnings))


def _likeness(one: str, other: str) -> float:
    """How alike two titles are: 1 if only case and spacing differ."""
    first, second = (" ".join(text.casefold().split()) for text in (one, other))
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    # Each bound is dearer than the one before; most pairs fall at the first.
    if matcher.real_quick_ratio() < _NEARLY or matcher.quick_ratio() < _NEARLY:
        return 0.0
    return matcher.ratio()


def _unknown(
    earlier: Sequence[Document], places: dict[str, tuple[Path, Milestone]]
) -> Iterator[Problem]:
    known = {part.key for document in earlier for part in document.milestones}
    for path, part in places.values():
        for i, key in enumerate(part.replaces):
            if key not in known:
                message = _("no earlier edition has a milestone %(key)s") % {"key": key}
                yield Problem((*path, "replaces", i), Code.UNKNOWN_REPLACED, message, part.key)
