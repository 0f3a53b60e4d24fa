"""Take what a device did while it was away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from accounts.models import User
from backend.errors import DomainError
from progress.commands.add_evidence import add_evidence
from progress.logbook import Logbook, Said, SaidEntry, SaidVoid, SaidWork
from progress.logbook.said import SaidEvidence
from progress.models import Enrollment

MOST = 100
_ORDER = {SaidVoid: 0, SaidEntry: 1, SaidEvidence: 2, SaidWork: 3}


class Outcome(StrEnum):
    """What became of a command."""

    CREATED = "created"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one command; `refusal` says why it was refused."""

    outcome: Outcome
    refusal: DomainError | None = None


def apply_batch(
    *, person: User, enrollment: Enrollment, said: Sequence[Said | SaidEvidence], now: datetime
) -> list[Answer]:
    """Do up to MOST commands on one enrollment; return an answer for each, in their order.

    One that is refused stores nothing and holds up none of the others. They are done in an order of
    their own, so that what belongs together finds itself whatever the order of sending: voids, then
    entries, evidence and work states, each by its instant. Raises NotYourEnrollment.
    """
    try:
        return _apply(person, enrollment, said, now)
    except IntegrityError:
        # Somebody stored one of these ids in this moment. It is known now, and answered so.
        return _apply(person, enrollment, said, now)


def _apply(
    person: User, enrollment: Enrollment, said: Sequence[Said | SaidEvidence], now: datetime
) -> list[Answer]:
    answers: dict[int, Answer] = {}
    order = sorted(range(len(said)), key=lambda index: _place(said[index]))
    with transaction.atomic():
        written = [one for one in said if not isinstance(one, SaidEvidence)]
        book = Logbook.open(person=person, enrollment=enrollment, said=written, now=now)
        for index in order:
            answers[index] = _answer(book, said[index])
        book.close()
    return [answers[index] for index in range(len(said))]


def _place(said: Said | SaidEvidence) -> tuple[int, datetime, str]:
    return _ORDER[type(said)], said.at, str(said.id)


def _answer(book: Logbook, said: Said | SaidEvidence) -> Answer:
    try:
        _, is_new = _add(book, said) if isinstance(said, SaidEvidence) else book.take(said)
    except DomainError as refusal:
        return Answer(Outcome.REFUSED, refusal)
    return Answer(Outcome.CREATED if is_new else Outcome.ALREADY_THERE)


def _add(book: Logbook, said: SaidEvidence) -> tuple[object, bool]:
    with transaction.atomic():  # what is refused half-way must not take the others with it
        return add_evidence(
            person=book.person,
            enrollment=book.enrollment,
            evidence_id=said.id,
            now=book.now,
            **said.fields,
        )
