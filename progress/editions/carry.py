"""What a learner keeps when they take a newer edition: everything they earned.

**Earned** is what is complete. The same key carries its state over. Of a merge the new milestone is
earned if one of those it replaces is, and the old edition wanted none of the others any more: each
was earned too, or its rule was met without it, or it was not on the learner's track. Of a split
each part is. What so finds no place is history: shown, not counted.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from progress.document import Document, Milestone, VerifiedBy
from progress.editions.lineage import Lineage, lineage
from progress.editions.summary import Summary, summarize
from progress.rules import (
    UNTOUCHED,
    CompiledPathway,
    Evaluation,
    MilestoneState,
    evaluate,
    is_complete,
)
from progress.states import Verification, Work


class HistoryReason(enum.StrEnum):
    """Why something has no place in an edition."""

    REMOVED = "removed"
    PARTLY = "partly"
    OFF_TRACK = "off_track"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something begun or earned that the edition has no place for.

    Removed: nothing took it over. Partly: it went into a milestone of which other parts are still
    missing. Off track: the edition has it, but not on the learner's track; its state is kept.
    """

    key: str
    title: str
    effort_hours: int
    state: MilestoneState
    earned: bool
    reason: HistoryReason


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What taking the new edition would do; it does nothing by itself.

    `states` are the new ones by key, without the untouched. `origins` tell, of each key of the
    new edition that is not simply the same as before, the keys whose work is its own now.
    `waiting` are old keys with a review round under way that cannot go on: it has to be decided or
    withdrawn first.
    """

    states: Mapping[str, MilestoneState]
    origins: Mapping[str, tuple[str, ...]]
    history: tuple[HistoryEntry, ...]
    waiting: tuple[str, ...]
    before: Evaluation
    after: Evaluation
    summary: Summary


@dataclass(frozen=True, slots=True)
class _Old:
    """A milestone of the past as the learner left it; `wanted` if its edition still asks for it."""

    state: MilestoneState
    earned: bool
    wanted: bool


def carry_over(
    old: CompiledPathway,
    new: CompiledPathway,
    track: str,
    states: Mapping[str, MilestoneState],
    *,
    new_track: str | None = None,
    between: Iterable[Document] = (),
    history: Iterable[HistoryEntry] = (),
) -> Upgrade:
    """Carry the states of a learner on `track` of `old` over to `new`.

    `new_track` is theirs in the new edition, the same if it is left out. `between` are the editions
    between the two, oldest first; `history` is what earlier upgrades left without a place, and
    comes back where the new edition has a place for it. Raises KeyError if an edition does not have
    the track.
    """
    before = evaluate(old, track, states)
    past = {entry.key: entry for entry in history if entry.key not in old.milestones}
    line = lineage(old.document, new.document, between=between, past=past)
    known = _known(old, before, states, past)
    found = {key: _carried(part, line, known) for key, part in new.milestones.items()}
    kept = {key: state for key, state in found.items() if state != UNTOUCHED}
    after = evaluate(new, track if new_track is None else new_track, kept)
    entries = tuple(_history(old, line, known, past, after))
    return Upgrade(
        states=MappingProxyType(kept),
        origins=MappingProxyType(
            # Also where nothing was begun: evidence may stand beside a milestone before that.
            {key: line.sources[key] for key in found if line.sources[key] not in {(), (key,)}}
        ),
        history=entries,
        waiting=tuple(_stranded(line, known, kept)),
        before=before,
        after=after,
        summary=summarize(before, after, line, history_count=len(entries)),
    )


def _known(
    old: CompiledPathway,
    before: Evaluation,
    states: Mapping[str, MilestoneState],
    past: Mapping[str, HistoryEntry],
) -> dict[str, _Old]:
    known = {
        key: _Old(entry.state, earned=entry.earned, wanted=False) for key, entry in past.items()
    }
    for key, part in old.milestones.items():
        state = states.get(key, UNTOUCHED)
        row = before.milestones.get(key)
        earned = is_complete(part.verified_by, state)
        known[key] = _Old(state, earned=earned, wanted=row is not None and row.wanted)
    return known


def _carried(part: Milestone, line: Lineage, known: Mapping[str, _Old]) -> MilestoneState:
    sources = {key: known[key] for key in line.sources[part.key]}
    if not sources:
        return UNTOUCHED
    own = sources.get(part.key)
    if own and (own.earned or len(sources) == 1):
        return _as_earned(part, own.state, earned=own.earned)
    first = next(iter(sources))
    if line.is_move(first, part.key):
        return _as_earned(part, sources[first].state, earned=sources[first].earned)
    gained = [one for one in sources.values() if one.earned]
    if gained and not any(one.wanted and not one.earned for one in sources.values()):
        return _settled(part, [one.state for one in gained])
    state = own.state if own else UNTOUCHED
    begun = any(one.earned or one.state.work is not Work.TODO for one in sources.values())
    if begun and state.work is Work.TODO:
        state = replace(state, work=Work.DOING)
    return _as_earned(part, state, earned=False)


def _as_earned(part: Milestone, state: MilestoneState, *, earned: bool) -> MilestoneState:
    """The same state, so that it counts if and only if it did, whoever verifies it now."""
    if is_complete(part.verified_by, state) is earned:
        return state
    if earned:
        return MilestoneState(Work.DONE, Verification.WAIVED)
    return replace(state, work=Work.DOING)


def _settled(part: Milestone, states: list[MilestoneState]) -> MilestoneState:
    """What states that are all earned come to together."""
    verifications = {state.verification for state in states}
    for one in (Verification.APPROVED, Verification.WAIVED):
        if verifications == {one}:
            works = {state.work for state in states}
            return MilestoneState(works.pop() if len(works) == 1 else Work.DONE, one)
    settled = verifications & {Verification.APPROVED, Verification.WAIVED}
    if part.verified_by is VerifiedBy.SELF and not settled:
        return MilestoneState(Work.DONE, Verification.NONE)
    return MilestoneState(Work.DONE, Verification.WAIVED)


def _history(
    old: CompiledPathway,
    line: Lineage,
    known: Mapping[str, _Old],
    past: Mapping[str, HistoryEntry],
    after: Evaluation,
) -> Iterable[HistoryEntry]:
    complete = {key for key, row in after.milestones.items() if row.complete}
    for key, one in known.items():
        heirs = line.heirs[key]
        if one.state == UNTOUCHED or complete.intersection(heirs):
            continue
        if key in past and not heirs:
            yield past[key]
            continue
        if not heirs:
            reason = HistoryReason.REMOVED
        elif not one.earned:
            continue
        elif after.milestones.keys().isdisjoint(heirs):
            reason = HistoryReason.OFF_TRACK
        else:
            reason = HistoryReason.PARTLY
        was = old.milestones.get(key) or past[key]
        yield HistoryEntry(key, was.title, was.effort_hours, one.state, one.earned, reason)


def _stranded(
    line: Lineage, known: Mapping[str, _Old], kept: Mapping[str, MilestoneState]
) -> Iterable[str]:
    """Review rounds live on only with a state that is waiting for them."""
    for key, one in known.items():
        if one.state.verification is Verification.WAITING:
            heirs = line.heirs[key]
            moved = next((heir for heir in heirs if line.is_move(key, heir)), "")
            goes_on = key if key in heirs else moved
            state = kept.get(goes_on, UNTOUCHED)
            if state.verification is not Verification.WAITING:
                yield key
