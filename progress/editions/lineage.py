"""Which milestones of an old edition a new one's come from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from progress.document import Document, Milestone


@dataclass(frozen=True, slots=True)
class Lineage:
    """`sources` of each new key, and `heirs` of each old one; empty where there are none.

    The keys are in the order of the documents, a key that stays before what it replaces.
    """

    sources: Mapping[str, tuple[str, ...]]
    heirs: Mapping[str, tuple[str, ...]]

    def is_move(self, old: str, new: str) -> bool:
        """Whether `old` lives on as `new` and nothing else, and `new` as nothing else before."""
        return self.sources[new] == (old,) and self.heirs[old] == (new,)


def lineage(
    old: Document,
    new: Document,
    *,
    between: Iterable[Document] = (),
    past: Collection[str] = (),
) -> Lineage:
    """Trace the milestones of `new` back to `old`.

    A key that both have comes from itself. Beyond that it comes from what it `replaces`: everything
    if it is new, else only what has gone, so that a `replaces` that stays in the document works
    once. `between` are the editions between the two, oldest first, through which keys are followed;
    `past` are keys of editions before `old` that may come back, or be replaced late.
    """
    known = {part.key for part in old.milestones}
    traced: dict[str, tuple[str, ...]] = {key: (key,) for key in known}
    before = old
    for after in (*between, new):
        there = {part.key for part in before.milestones}
        stays = {part.key for part in after.milestones}
        traced = {
            part.key: _trace(part, traced, there=there, stays=stays, known=known, past=past)
            for part in after.milestones
        }
        before = after
    heirs: dict[str, list[str]] = {key: [] for key in (*_keys(old), *past)}
    for key, sources in traced.items():
        for source in sources:
            heirs[source].append(key)
    return Lineage(traced, {key: tuple(found) for key, found in heirs.items()})


def _trace(
    part: Milestone,
    traced: Mapping[str, tuple[str, ...]],
    *,
    there: Collection[str],
    stays: Collection[str],
    known: Collection[str],
    past: Collection[str],
) -> tuple[str, ...]:
    found: list[str] = []
    is_new = part.key not in there
    if part.key in known or (is_new and part.key in past):
        found.append(part.key)
    elif not is_new:
        found.extend(traced[part.key])
    for key in part.replaces:
        if key in there and (is_new or key not in stays):
            found.extend(traced[key])
        elif is_new and key not in there and (key in known or key in past):
            found.append(key)
    return tuple(dict.fromkeys(found))


def _keys(document: Document) -> list[str]:
    return [part.key for part in document.milestones]
