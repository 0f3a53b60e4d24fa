"""Everything that happened on an enrollment, told from its events.

Events carry ids and labels. What people wrote, and their names, are joined from the rows as they
are now: what is erased there is gone from here.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from progress import events
from progress.compiled import compiled, milestone_of
from progress.models import (
    Enrollment,
    Evidence,
    LogEntry,
    LogImport,
    OutboxEvent,
    Ruling,
    SecondOpinion,
    Submission,
)
from progress.queries.learner_map import Named
from progress.timeline import NOUNS, Group, group_of, noun_of
from progress.veil import Veil

ORDER = ("-occurred_at", "-position")
"""The newest first; `position` keeps apart what one request did."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An event as a person reads it.

    `day` is the learner's calendar day it happened on; `data` are the event's own labels, and
    `labels` the titles of tracks and roles among them. `text` and `url` are from the row it is
    about, and empty if there is none. `undone` says that a log entry was voided, or an import
    undone, later.
    """

    id: uuid.UUID
    type: str
    group: Group
    occurred_at: datetime
    day: date
    subject_id: uuid.UUID
    actor: User | None
    milestone: Named | None
    data: Mapping[str, str | int]
    labels: Mapping[str, str]
    title: str
    text: str
    url: str
    undone: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """What is read from the row that an event is about."""

    title: str = ""
    text: str = ""
    url: str = ""
    undone: bool = False


_NOTHING = _Written()


def events_of(
    enrollment: Enrollment,
    *,
    group: Group | None = None,
    milestone_key: str | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> QuerySet[OutboxEvent]:
    """Return the events of an enrollment, to be put in ORDER.

    Days are the learner's, both included. A milestone's events are also those of the keys that it
    took over in an upgrade. What is veiled from whoever `enrollment` was loaded for is left out.
    """
    every = OutboxEvent.objects.filter(enrollment_id=enrollment.pk)
    rows = Veil.over(enrollment).happened(enrollment, every)
    if group is not None:
        rows = rows.filter(_in_group(group))
    if milestone_key is not None:
        rows = rows.filter(data__milestone__in=enrollment.keys_behind(milestone_key))
    zone = enrollment.learner.zone
    if first_day is not None:
        rows = rows.filter(occurred_at__gte=datetime.combine(first_day, time.min, zone))
    if last_day is not None:
        rows = rows.filter(occurred_at__lte=datetime.combine(last_day, time.max, zone))
    return rows


def _in_group(group: Group) -> Q:
    named = Q()
    for noun in NOUNS.get(group) or [noun for nouns in NOUNS.values() for noun in nouns]:
        named |= Q(type__startswith=f"{noun}.")
    return named if group in NOUNS else ~named


def timeline(enrollment: Enrollment, rows: Sequence[OutboxEvent]) -> list[Moment]:
    """Return `rows`, events of the enrollment, as they are read (seven queries at most)."""
    actors = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    written = {
        **_logged(rows),
        **_imported(rows),
        **_submitted(rows),
        **_shown(rows),
        **_opined(rows),
        **_ruled(rows),
    }
    return [
        Moment(
            id=row.id,
            type=row.type,
            group=group_of(row.type),
            occurred_at=row.occurred_at,
            day=row.occurred_at.astimezone(enrollment.learner.zone).date(),
            subject_id=row.subject_id,
            actor=actors.get(row.actor_id),
            milestone=_milestone(enrollment, row.data.get("milestone")),
            data=row.data,
            labels=_labels(enrollment, row.data),
            title=said.title,
            text=said.text,
            url=said.url,
            undone=said.undone,
        )
        for row in rows
        for said in [written.get(row.pk, _NOTHING)]
    ]


def _about(rows: Iterable[OutboxEvent], noun: str) -> dict[int, OutboxEvent]:
    return {row.pk: row for row in rows if noun_of(row.type) == noun}


def _logged(rows: Iterable[OutboxEvent]) -> dict[int, _Written]:
    about = _about(rows, "log_entry")
    ids = {row.subject_id for row in about.values()}
    rows_now: QuerySet[Any] = LogEntry.objects.with_voids()
    entries = rows_now.in_bulk(ids)
    voided = {pk for pk, entry in entries.items() if entry.voided_at is not None}
    return {
        pk: _Written(text=entry.note, undone=made and entry.pk in voided)
        for pk, row in about.items()
        for entry in [entries.get(row.subject_id)]
        for made in [row.type == events.LOG_ENTRY_RECORDED]
        if entry is not None
    }


def _imported(rows: Iterable[OutboxEvent]) -> dict[int, _Written]:
    about = {
        pk: row for pk, row in _about(rows, "log_import").items() if row.type == events.LOG_IMPORTED
    }
    found = LogImport.objects.in_bulk({row.subject_id for row in about.values()})
    return {
        pk: _Written(undone=found[row.subject_id].undone_at is not None)
        for pk, row in about.items()
        if row.subject_id in found
    }


def _submitted(rows: Iterable[OutboxEvent]) -> dict[int, _Written]:
    about = _about(rows, "submission")
    found = Submission.objects.in_bulk({row.subject_id for row in about.values()})
    field = {events.SUBMISSION_SUBMITTED: "message", events.SUBMISSION_DECIDED: "feedback"}
    return {
        pk: _Written(text=getattr(found[row.subject_id], field[row.type]))
        for pk, row in about.items()
        if row.subject_id in found and row.type in field
    }


def _shown(rows: Iterable[OutboxEvent]) -> dict[int, _Written]:
    about = _about(rows, "evidence")
    found = Evidence.objects.in_bulk({row.subject_id for row in about.values()})
    return {
        pk: _Written(title=found[row.subject_id].title, url=found[row.subject_id].url)
        for pk, row in about.items()
        if row.subject_id in found
    }


def _opined(rows: Iterable[OutboxEvent]) -> dict[int, _Written]:
    given = [row for row in rows if row.type == events.SECOND_OPINION_GIVEN]
    found = SecondOpinion.objects.in_bulk({row.subject_id for row in given})
    return {
        row.pk: _Written(text=found[row.subject_id].feedback)
        for row in given
        if row.subject_id in found
    }


def _ruled(rows: Iterable[OutboxEvent]) -> dict[int, _Written]:
    about = [row for row in rows if row.type in {events.MILESTONE_WAIVED, events.MILESTONE_REVOKED}]
    found = Ruling.objects.in_bulk({row.subject_id for row in about})
    return {
        row.pk: _Written(text=found[row.subject_id].reason)
        for row in about
        if row.subject_id in found
    }


def _milestone(enrollment: Enrollment, key: Any) -> Named | None:
    """Return the milestone by the title it has, or had in the last edition that knew it."""
    if not isinstance(key, str):
        return None
    try:
        return Named(key, milestone_of(enrollment, key).title)
    except KeyError:  # of a newer edition that was left again
        return Named(key, key)


def _labels(enrollment: Enrollment, data: Mapping[str, str | int]) -> dict[str, str]:
    pathway = compiled(enrollment)
    titles = {
        "track": {track.key: track.title for track in pathway.document.tracks},
        "role": {key: role.title for key, role in pathway.roles.items()},
    }
    return {
        name: known.get(str(data[name]), str(data[name]))
        for name, known in titles.items()
        if name in data
    }
