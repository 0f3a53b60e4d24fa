"""Rows that fall due by the clock and are worked off by whoever takes them."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models, transaction

LEASE = timedelta(minutes=10)
"""After this, what was taken and never finished is due again: longer than a task may run."""


class DueRows(models.QuerySet[Any]):
    """Rows with `due_at`."""

    def due(self, now: datetime) -> Self:
        """Those to work off."""
        return self.filter(due_at__lte=now)

    def take(self, *, now: datetime, limit: int) -> list[Any]:
        """Take up to `limit` due rows, oldest first; nobody else gets them within the lease."""
        mark = uuid.uuid4()
        with transaction.atomic():
            locked = self.due(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
            keys = list(locked.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
            rows = self.model._default_manager.filter(pk__in=keys)
            rows.update(due_at=now + LEASE, taken_by=mark)
        return list(self.filter(taken_by=mark, pk__in=keys).order_by("pk"))

    def oldest_due(self, now: datetime) -> datetime | None:
        """Return since when the oldest row is due, or None when none is."""
        found: datetime | None = (
            self.due(now).order_by("due_at", "pk").values_list("due_at", flat=True).first()
        )
        return found


class Due(models.Model):
    """When it is to be worked off (never, if null), and who took it last."""

    due_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)

    class Meta:
        abstract = True

    def settle(self, *, due_at: datetime | None, **changes: Any) -> bool:
        """Write what was found and when it is due next; return False if another one took it."""
        rows = type(self)._default_manager.filter(pk=self.pk, taken_by=self.taken_by)
        return bool(rows.update(due_at=due_at, taken_by=None, **changes))


Clock = Callable[[], datetime]
