"""What a newer edition would mean to a learner, and what they have answered so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from progress.compiled import compiled, compiled_edition
from progress.editions import Difference, HistoryEntry, HistoryReason, Upgrade, carry_over, diff
from progress.models import (
    Edition,
    EditionUpgrade,
    Enrollment,
    MilestoneHistory,
    OutboxEvent,
    UpgradeAnswer,
)
from progress.rules import MilestoneState
from progress.standing import states_seen
from progress.states import EnrollmentState, Verification, Work
from progress.veil import Veil

UPGRADABLE = {EnrollmentState.ACTIVE}


@dataclass(frozen=True, slots=True)
class Taken:
    """The last upgrade that was taken and not undone."""

    edition: int
    from_edition: int
    taken_at: datetime
    undo_until: datetime
    can_undo: bool


@dataclass(frozen=True, slots=True)
class UpgradeOffer:
    """What the newest edition would do; `edition` and what depends on it are None without one.

    `tracks` are those of the new edition, if the learner's own is not among them.
    """

    current: int
    edition: int | None
    upgrade: Upgrade | None
    difference: Difference | None
    tracks: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]
    answer: str | None
    history: tuple[HistoryEntry, ...]
    taken: Taken | None


def newest_edition(enrollment: Enrollment) -> Edition | None:
    """Return the newest edition after the enrollment's own, or None (one query)."""
    rows = Edition.objects.defer("document").filter(pathway_id=enrollment.pathway_id)
    newer = rows.filter(number__gt=enrollment.edition.number).order_by("-number")
    return newer.first()


def upgrade_offer(enrollment: Enrollment, *, now: datetime) -> UpgradeOffer:
    """Return what the newest edition would mean (a fixed number of queries once compiled)."""
    enrollment = Veil.over(enrollment).shown(enrollment)
    edition = newest_edition(enrollment) if enrollment.state in UPGRADABLE else None
    upgrade = difference = answer = None
    tracks: tuple[tuple[str, str], ...] = ()
    if edition is not None:
        new = compiled_edition(edition.pk)
        difference = diff(compiled(enrollment).document, new.document)
        answers = UpgradeAnswer.objects.filter(enrollment=enrollment, edition=edition)
        answer = answers.values_list("answer", flat=True).first()
        if enrollment.track in new.plans:
            upgrade = upgrade_to(enrollment, edition, enrollment.track)
        else:
            tracks = tuple((track.key, track.title) for track in new.document.tracks)
    milestones = compiled(enrollment).milestones
    return UpgradeOffer(
        current=enrollment.edition.number,
        edition=edition.number if edition else None,
        upgrade=upgrade,
        difference=difference,
        tracks=tracks,
        waiting=tuple((key, milestones[key].title) for key in (upgrade.waiting if upgrade else ())),
        answer=answer,
        history=tuple(_history_seen(enrollment)),
        taken=_taken(enrollment, now),
    )


def upgrade_to(enrollment: Enrollment, edition: Edition, track: str) -> Upgrade:
    """Return what taking `edition` on `track` would do (three queries once compiled)."""
    between = Edition.objects.filter(
        pathway_id=enrollment.pathway_id,
        number__gt=enrollment.edition.number,
        number__lt=edition.number,
    ).order_by("number")
    return carry_over(
        compiled(enrollment),
        compiled_edition(edition.pk),
        enrollment.track,
        _stored(enrollment),
        new_track=track,
        between=[compiled_edition(pk).document for pk in between.values_list("pk", flat=True)],
        history=history_of(enrollment),
    )


def history_of(enrollment: Enrollment) -> Iterable[HistoryEntry]:
    """Return what earlier upgrades left without a place (one query)."""
    for row in MilestoneHistory.objects.filter(enrollment=enrollment).order_by("id"):
        yield HistoryEntry(
            row.milestone_key,
            row.title,
            row.effort_hours,
            MilestoneState(Work(row.work), Verification(row.verification)),
            row.earned,
            HistoryReason(row.reason),
        )


def _history_seen(enrollment: Enrollment) -> Iterable[HistoryEntry]:
    """Return the same as it may be shown: what is veiled has not been earned yet."""
    veiled = Veil.over(enrollment).keys(enrollment)
    for entry in history_of(enrollment):
        yield replace(entry, earned=False) if entry.key in veiled else entry


def done_since(upgrade: EditionUpgrade) -> bool:
    """Return whether anything happened on the enrollment after the upgrade was taken."""
    events = OutboxEvent.objects.filter(enrollment_id=upgrade.enrollment_id)
    own = events.filter(subject_id=upgrade.pk).order_by("position").values("position")[:1]
    return events.filter(position__gt=own).exists()


def _stored(enrollment: Enrollment) -> Mapping[str, MilestoneState]:
    return states_seen(enrollment, veil=Veil.over(enrollment))


def _taken(enrollment: Enrollment, now: datetime) -> Taken | None:
    rows = EditionUpgrade.objects.filter(enrollment=enrollment, undone_at=None)
    rows = rows.select_related("from_edition", "to_edition")
    rows = rows.defer("before", "from_edition__document", "to_edition__document")
    last = rows.order_by("-taken_at", "-id").first()
    if last is None or last.to_edition_id != enrollment.edition_id:
        return None
    return Taken(
        edition=last.to_edition.number,
        from_edition=last.from_edition.number,
        taken_at=last.taken_at,
        undo_until=last.undo_until,
        can_undo=now < last.undo_until and not done_since(last),
    )
