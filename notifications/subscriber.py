"""Turns events into rows: inbox and deliveries. It sends nothing."""

from datetime import datetime

from notifications.catalogue import kinds_taken_back_by, kinds_told_of
from notifications.telling import Told, take_back, write
from progress.models import OutboxEvent


def tell(event: OutboxEvent, now: datetime) -> None:
    """Write whom `event` is told to, in the caller's transaction; running it again adds nothing."""
    told = [
        Told(
            kind=kind,
            key=f"{kind.name}:{event.id}",
            telling=telling,
            subject_id=event.subject_id,
            event_id=event.id,
        )
        for kind in kinds_told_of(event.type)
        for telling in kind.tellings(event, now)
    ]
    write(told, now=now)
    for kind in kinds_taken_back_by(event.type):
        take_back(kind, subject_id=event.subject_id, now=now)
