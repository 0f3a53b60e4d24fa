"""Kinds that the clock causes: when each is due, for one subject at one instant."""

import uuid
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from accounts.models import User
from notifications.catalogue.kind import Data, Kind
from notifications.looking.coordinator import coordinators
from notifications.looking.learner import LearnerFacts, learners
from notifications.looking.mentor import mentors
from notifications.models import About, Delivery
from notifications.policy import Audience, Drop, Send, Verdict

F = TypeVar("F")

LOOKS: dict[About, Any] = {
    About.ENROLLMENT: learners,
    About.MENTOR: mentors,
    About.COORDINATOR: coordinators,
}
"""How facts about subjects are read: `(ids, now=…) → {id: facts}`."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One nudge that is due: to whom, about what, for which period.

    (kind, person, subject, period) is unique, so a slot is filled once, however often and by
    however many processes it is found due.
    """

    person: User
    subject_id: uuid.UUID
    period: str
    reason: str
    data: Data
    is_stale: bool = False
    """Whether its time has gone by: then it is written down as dropped, and not told."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found: slots that are due, and when to look again (None: not by the clock)."""

    slots: tuple[Slot, ...] = ()
    next_at: datetime | None = None


NOTHING = Looked()


class TimedKind(Kind, Generic[F]):
    """A nudge with its rule: `look` is pure, and is asked about now and about the days to come.

    What `look` says is the only truth there is: planning fills the slots it finds, and just before
    sending it is asked again whether the slot is still among them.
    """

    is_nudge = True
    about: ClassVar[About]
    gone: ClassVar[str] = "no-longer-true"
    """Why it is dropped when the rule no longer finds it: a label that is shown and counted."""

    @abstractmethod
    def look(self, facts: F) -> Looked:
        """Return the slots due at `facts.now`, again also those filled already; when to look next.

        Of several steps (the first reminder, the second) only the latest is to be told; those it
        has overtaken are stale. There is no window: what was missed is found late, if it is true.
        """

    def key_of(self, slot: Slot) -> str:
        """Return the key of a slot, to which the person is added by the unique constraints."""
        return f"{self.name}:{slot.subject_id}:{slot.period}"

    def subject_of(self, delivery: Delivery) -> UUID:
        """Return whom or what to look at again for a delivery."""
        if self.about is About.ENROLLMENT and delivery.notification is not None:
            return UUID(delivery.notification.data["enrollment_id"])
        return delivery.subject_id

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Look again: it goes out if its slot is still found, and not overtaken."""
        if delivery.notification is None:
            return Drop(self.gone)
        subject = self.subject_of(delivery)
        facts = LOOKS[self.about]([subject], now=now).get(subject)
        found = self.look(facts).slots if facts is not None else ()
        key, person = delivery.notification.key, delivery.person_id
        return Send() if self.holds(found, key, person) else Drop(self.gone)

    def holds(self, slots: Iterable[Slot], key: str, person: UUID | None) -> bool:
        """Return whether a slot is among those found, and still worth telling."""
        return any(
            self.key_of(slot) == key and slot.person.pk == person and not slot.is_stale
            for slot in slots
        )


class LearnerNudge(TimedKind[LearnerFacts]):
    """To a learner, about their own way: nothing while they rest, nothing once they are done."""

    audience = Audience.LEARNER
    about = About.ENROLLMENT

    def look(self, facts: LearnerFacts) -> Looked:
        """Ask the rule of those who are at it; who rests is looked at when they are back."""
        if not facts.is_under_way:
            return NOTHING
        if facts.rests:
            return Looked(next_at=facts.back())
        return self.rule(facts)

    @abstractmethod
    def rule(self, facts: LearnerFacts) -> Looked:
        """Return what is due for somebody who is at it."""

    def slot(
        self,
        facts: LearnerFacts,
        period: str,
        data: Data,
        *,
        reason: str,
        subject_id: UUID | None = None,
        is_stale: bool = False,
    ) -> Slot:
        """Return a slot for the learner; the enrollment is its subject unless another is given."""
        return Slot(
            person=facts.course.learner,
            subject_id=subject_id or facts.enrollment.pk,
            period=period,
            reason=reason,
            data={"enrollment_id": str(facts.enrollment.pk), **data},
            is_stale=is_stale,
        )


def soonest(*instants: datetime | None) -> datetime | None:
    """Return the earliest of those that are known."""
    return min((one for one in instants if one is not None), default=None)
