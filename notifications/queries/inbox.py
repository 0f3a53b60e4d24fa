"""Rows of an inbox with their words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications.catalogue import KINDS, Names
from notifications.models import Notification


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A notification as it is read; `url` is a path of the client."""

    id: uuid.UUID
    kind: str
    title: str
    body: str
    reason: str
    url: str
    created_at: datetime
    read_at: datetime | None


def with_words(notifications: Sequence[Notification]) -> list[InboxRow]:
    """Return rows in the same order, in the active language; one query for all names."""
    names = Names(
        pk
        for row in notifications
        if row.kind in KINDS
        for pk in KINDS[row.kind].names_for(row.data)
    )
    return [_read(row, names) for row in notifications if row.kind in KINDS]


def _read(row: Notification, names: Names) -> InboxRow:
    words = KINDS[row.kind].words(row.data, names)
    return InboxRow(
        id=row.pk,
        kind=row.kind,
        title=words.title,
        body=words.body,
        reason=words.reason,
        url=words.url,
        created_at=row.created_at,
        read_at=row.read_at,
    )
