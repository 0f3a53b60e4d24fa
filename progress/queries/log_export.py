"""The log of an enrollment, whole, to take along."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from progress.compiled import compiled, key_now, milestone_of
from progress.models import Enrollment, LogEntry

AT_ONCE = 2_000
"""Rows that are fetched at once, so that ten thousand entries are never in memory together."""


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """A log entry with everything that names it. `milestone_key` is as it was logged."""

    id: str
    day: date
    time_zone: str
    minutes: int
    milestone_key: str
    milestone: str
    stage: str
    kind: str
    note: str
    source: str
    created_at: datetime
    voided_at: datetime | None


def log_export(enrollment: Enrollment, *, voided: bool) -> Iterator[ExportedEntry]:
    """Yield the entries that stand, or with `voided` all, the earliest day first (one query).

    A milestone that the enrollment's edition no longer has is named as it was last.
    """
    rows = LogEntry.objects.filter(enrollment=enrollment).with_voids()
    if not voided:
        rows = rows.standing()
    names: dict[str, tuple[str, str, str]] = {}
    for entry in rows.order_by("day", "created_at", "id").iterator(chunk_size=AT_ONCE):
        key = entry.milestone_key
        if key not in names:
            names[key] = _names(enrollment, key)
        title, stage, kind = names[key]
        yield ExportedEntry(
            id=str(entry.pk),
            day=entry.day,
            time_zone=entry.time_zone,
            minutes=entry.minutes,
            milestone_key=key,
            milestone=title,
            stage=stage,
            kind=kind,
            note=entry.note,
            source=entry.source,
            created_at=entry.created_at,
            voided_at=entry.voided_at,  # type: ignore[attr-defined]  # see with_voids
        )


def plain(entry: ExportedEntry) -> dict[str, Any]:
    """Return an exported entry with JSON's types; instants are UTC with `Z`."""
    found = asdict(entry)
    for name in ("created_at", "voided_at"):
        when = found[name]
        found[name] = when and when.isoformat().replace("+00:00", "Z")
    return {**found, "day": entry.day.isoformat()}


def _names(enrollment: Enrollment, key: str) -> tuple[str, str, str]:
    """Return a milestone's title, stage and kind."""
    try:
        milestone = milestone_of(enrollment, key)
    except KeyError:  # of a newer edition that was left again
        return key, "", ""
    now = key_now(enrollment, key)
    stages = compiled(enrollment).document.stages
    stage = next(
        (one.title for one in stages if any(here.key == now for here in one.milestones)), ""
    )
    return milestone.title, stage, milestone.kind.value
