"""What every kind of telling says of itself."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Delivery
from notifications.policy import Asked, Audience, Choice, Send, Verdict
from progress.models import OutboxEvent

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SOUND_IS_STALE_AFTER = timedelta(days=2)
"""Nobody wants a phone to ring for what is older, whatever held it up."""

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
    is_counted: ClassVar[bool] = True
    """Of a nudge: whether it counts against the weekly cap."""
    is_answer: ClassVar[bool] = False
    """Whether the person asked for it a moment ago, so that no choice of theirs holds it back."""
    audience: ClassVar[Audience] = Audience.ANYBODY
    occasion: ClassVar["StrPromise | str"] = ""
    """When it comes, as the settings say it; a kind without one is not among them."""
    defaults: ClassVar[Mapping[str, Choice]] = {}
    """Channel → what holds where nobody chose; what is missing is at once."""
    stale_after: ClassVar[timedelta | None] = None
    """How long after it was made it is no longer worth sending."""
    actions: ClassVar[tuple[str, ...]] = ()
    """What its mail offers to do at once, by the names in `notifications/actions`, in order."""
    topic: ClassVar[str] = ""
    """Of what is about a milestone: with which other kinds its mails form one thread."""
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

    def thread_of(self, delivery: Delivery, data: Data) -> str:
        """Return which thread its mail belongs to, for mail programs to group; or nothing.

        That of its topic, about one milestone; a nudge's later steps have their subject in common.
        A digest is about its week, so each stands alone.
        """
        milestone = self._milestone(data)
        if self.topic and milestone:
            return f"{self.topic}:{milestone}"
        return f"{self.name}:{delivery.subject_id}" if self.is_nudge and self.is_counted else ""

    def locale_for_strangers(self, delivery: Delivery) -> str:  # noqa: ARG002
        """Return the language for an address whose owner has no account."""
        return settings.LANGUAGE_CODE

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Ask again, just before sending, whether this is still worth telling."""
        return Send()

    def choices_for(self, channel: str) -> list[Choice]:
        """Return what may be chosen over a channel: only reminders by mail fold into a digest."""
        folds = self.is_nudge and self.is_counted and channel == "email"
        return [one for one in Choice if folds or one is not Choice.DIGEST]

    def default_asked(self, channel: str) -> Asked:
        """Return what the policy is asked about it in general, when it comes to choices."""
        return Asked(
            kind=self.name, channel=channel, default=self.defaults.get(channel, Choice.AT_ONCE)
        )

    def asked(self, channel: str, data: Data, *, made_at: datetime) -> Asked:
        """Return what the policy is asked about it.

        What must arrive does so by mail; a push beside it may be late, or never come.
        """
        wakes = channel == "push"
        return replace(
            self.default_asked(channel),
            must_arrive=self.must_arrive and not wakes,
            is_nudge=self.is_nudge,
            is_counted=self.is_counted,
            is_answer=self.is_answer,
            wakes=wakes,
            audience=self.audience,
            enrollment=str(data.get("enrollment_id", "")),
            milestone=self._milestone(data),
            stale_at=self._stale_at(made_at, wakes=wakes),
        )

    def _stale_at(self, made_at: datetime, *, wakes: bool) -> datetime | None:
        after = [self.stale_after, SOUND_IS_STALE_AFTER if wakes else None]
        known = [one for one in after if one is not None]
        return made_at + min(known) if known else None

    def names_for(self, data: Data) -> list[str]:
        """Return the ids of the people whom the words name."""
        return [str(data[key]) for key in self.people if data.get(key)]

    def _milestone(self, data: Data) -> str:
        """Return `<enrollment id>:<milestone key>`, or nothing where it is about none."""
        enrollment, key = data.get("enrollment_id"), data.get("milestone_key")
        return f"{enrollment}:{key}" if enrollment and key else ""
