"""What every kind of telling says of itself."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Delivery
from notifications.policy import Send, Verdict
from progress.models import OutboxEvent

Data = Mapping[str, Any]
"""Ids and labels, as JSON has them: no names, no sentences."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody to tell: a person, or an address whose owner may have no account."""

    person: User | None
    reason: str
    data: Data = field(default_factory=dict)
    address: str = ""
    thread: str = ""
    """What it belongs to, if the person is to be told of that once until they have read it."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, in the language that is active; `url` is a path of the client."""

    title: str
    body: str
    reason: str
    url: str


class Names:
    """What people are called now, by id, looked up once for a whole page of notifications."""

    def __init__(self, ids: Iterable[str | uuid.UUID]) -> None:
        wanted = {str(pk) for pk in ids}
        people = User.objects.filter(pk__in=wanted).only("id", "name", "email") if wanted else ()
        self._names = {str(person.pk): person.display_name for person in people}

    def __getitem__(self, pk: str | uuid.UUID) -> str:
        """Return the name of a person, also of one who is no longer there."""
        return self._names.get(str(pk)) or _("Somebody who left")


class Kind(ABC):
    """One kind of telling: who is told, why, in which words, and what is true just before sending.

    A kind is one file here, two templates (`notifications/<name>.html` and `.txt`), and one table
    in the tests. Kinds have no state.
    """

    name: ClassVar[str]
    event_type: ClassVar[str] = ""
    """The type of event that causes it; a nudge has none."""
    taken_back_by: ClassVar[str] = ""
    """The type of event that takes it back, where somebody can: it counts as read from then on."""
    labels_taken_back: ClassVar[tuple[str, ...]] = ()
    """Keys of the data that somebody wrote and that go when it is taken back."""
    must_arrive: ClassVar[bool] = False
    """Sent again after a crash, under the same Message-ID; others go out at most once."""
    is_nudge: ClassVar[bool] = False
    people: ClassVar[tuple[str, ...]] = ()
    """Keys of the data whose values are ids of people that the words name."""

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return whom to tell of `event`."""
        return ()

    def fold(self, before: Data, new: Data) -> Data:
        """Return the data of an unread notification with a later one of its thread folded in."""
        raise NotImplementedError(f"{self.name} has no threads: {before} and {new} stay apart")

    @abstractmethod
    def words(self, data: Data, names: Names) -> Words:
        """Return what the inbox and the mail say, in the active language."""

    def data_of(self, delivery: Delivery) -> Data:
        """Return the data of a delivery: that of its notification."""
        return delivery.notification.data if delivery.notification else {}

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Return what the mail's templates get beside the words."""
        return {}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Ask again, just before sending, whether this is still worth telling."""
        return Send()

    def names_for(self, data: Data) -> list[str]:
        """Return the ids of the people whom the words name."""
        return [str(data[key]) for key in self.people if data.get(key)]
