"""What every nudge with a query of its own says of itself."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from accounts.models import User
from notifications.catalogue import Kind
from notifications.catalogue.timed import Slot


class Nudge(ABC):
    """When a kind is due. What it says, and whether it is still true, is its kind's (`kind`)."""

    kind: ClassVar[Kind]

    @abstractmethod
    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return up to `limit` slots due at `now` and not filled, by a fixed number of queries.

        There is no window: what was missed while nothing ran is still due. What goes to a learner
        leaves out enrollments at rest (`Pause.objects.at(now)`); mentors are told all the same.
        """

    def ahead(
        self,
        person: User,  # noqa: ARG002
        *,
        now: datetime,  # noqa: ARG002
        until: datetime,  # noqa: ARG002
    ) -> Sequence[tuple[datetime, Slot]]:
        """Return what would become due for one person until an instant if nothing changed, and
        when, filled slots too: for the preview, by a fixed number of queries.
        """
        return ()

    @classmethod
    def key(cls, subject_id: uuid.UUID, period: str) -> str:
        """Return the key of a slot, to which the person is added by the unique constraints."""
        return f"{cls.kind.name}:{subject_id}:{period}"
