"""Two devices that were offline: whatever the interleaving, they converge, and no text is lost.

A few interleavings run with the others; `INTERLEAVINGS=1000` runs as many as asked for.
"""

import datetime as dt
import os
import random
import uuid
from typing import Any

import pytest
from django.db import transaction

from backend.errors import DomainError
from progress.commands.apply_batch import Outcome, apply_batch
from progress.logbook import SaidEntry, SaidVoid, SaidWork
from progress.models import LogEntry, LogVoid, MilestoneProgress, WorkChange
from progress.models.log_entry import LogSource
from progress.states import WorkMove
from tests.factories import NOW, make_enrollment, make_person

pytestmark = pytest.mark.django_db
INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "20"))
KEYS = ("python-programming", "data-analysis", "mathematics-and-statistics")
SELF_VERIFIED = "problem-solving"


def a_device(chance: random.Random, shared: list[uuid.UUID]) -> list[Any]:
    """What one device did: entries, corrections and voids of its own and of shared ones, moves."""
    said: list[Any] = []
    known = list(shared)
    clock = NOW - dt.timedelta(hours=chance.randint(1, 8))
    for _ in range(chance.randint(3, 8)):
        clock += dt.timedelta(minutes=chance.randint(0, 2))  # instants of the two may be the same
        own = uuid.UUID(int=chance.getrandbits(128), version=4)
        what = chance.random()
        if what < 0.6:
            replaces = chance.choice(known) if known and what < 0.25 else None
            said.append(
                SaidEntry(
                    id=own,
                    milestone_key=chance.choice(KEYS),
                    day=NOW.date(),
                    minutes=chance.randint(1, 30),
                    note=f"Typed {own}",
                    source=LogSource.WEB,
                    replaces=replaces,
                    at=clock,
                )
            )
            known.append(own)
        elif what < 0.8 and known:
            void = SaidVoid(
                id=own, entry_id=chance.choice(known), reason=f"Because {own}", at=clock
            )
            said.append(void)
        else:
            move = chance.choice(list(WorkMove))
            said.append(SaidWork(id=own, milestone_key=SELF_VERIFIED, move=move, at=clock))
    return said


def interleaved(chance: random.Random, *queues: list[Any]) -> list[list[Any]]:
    """The queues' commands in batches, each queue in its own order, or shuffled, some twice."""
    rest = [list(queue) for queue in queues]
    if chance.random() < 0.5:
        for queue in rest:
            chance.shuffle(queue)
    batches = []
    while any(rest):
        queue = chance.choice([queue for queue in rest if queue])
        size = chance.randint(1, len(queue))
        batches.append(queue[:size])
        del queue[:size]
        if chance.random() < 0.3:
            batches.append(chance.choice(batches))
    return batches


def everything(enrollment: Any) -> Any:
    of = {"enrollment": enrollment}
    work = MilestoneProgress.objects.filter(**of).values_list("milestone_key", "work")
    return (
        set(LogEntry.objects.filter(**of).values_list("id", "note")),
        set(LogEntry.objects.standing().filter(**of).values_list("id", "minutes")),
        set(LogVoid.objects.filter(**of, replaced_by=None).values_list("id", "reason")),
        set(WorkChange.objects.filter(**of).values_list("id", "move")),
        sorted(work),
    )


def test_two_devices_converge_and_nothing_typed_is_lost():
    enrollment = make_enrollment(make_person())
    refused = 0
    for seed in range(INTERLEAVINGS):
        chance = random.Random(seed)  # noqa: S311
        shared = [uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(2)]
        queues = [a_device(chance, shared), a_device(chance, shared)]
        ends = []
        for _ in range(2):
            before = transaction.savepoint()
            answers: dict[uuid.UUID, list[Outcome]] = {}
            for batch in interleaved(chance, *queues):
                found = apply_batch(
                    person=enrollment.learner, enrollment=enrollment, said=batch, now=NOW
                )
                for said, answer in zip(batch, found, strict=True):
                    assert isinstance(answer.refusal, DomainError | None)
                    answers.setdefault(said.id, []).append(answer.outcome)
            end = everything(enrollment)
            ends.append(end)
            taken = {i for i, given in answers.items() if Outcome.REFUSED not in given}
            refused += len(answers) - len(taken)
            assert all(given.count(Outcome.CREATED) <= 1 for given in answers.values())
            stored = dict(end[0]) | dict(end[2])
            for said in (one for queue in queues for one in queue):
                if said.id in taken and not isinstance(said, SaidWork):
                    assert str(said.id) in stored[said.id]
            transaction.savepoint_rollback(before)
        assert ends[0] == ends[1], seed
    assert refused == 0
