"""Batches of commands: each answered by itself, safe to send in any order any number of times."""

import random

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.models import Evidence, LogEntry, LogVoid, MilestoneProgress, WorkChange
from tests.factories import NOW, make_enrollment, new_id

pytestmark = pytest.mark.django_db
BATCH = "/api/v1/log-entries/batch"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def log(**more):
    return {
        "type": "log",
        "id": new_id(),
        "milestone_key": "python-programming",
        "day": "2026-11-22",
        "minutes": 10,
        **more,
    }


def void(entry, **more):
    return {"type": "void", "id": new_id(), "entry_id": entry["id"], **more}


def work(move, **more):
    return {
        "type": "work",
        "id": new_id(),
        "milestone_key": "data-analysis",
        "move": move,
        **more,
    }


def link(**more):
    return {
        "type": "evidence",
        "id": new_id(),
        "milestone_keys": ["python-programming"],
        "url": "https://example.org/notes",
        "title": "Notes",
        **more,
    }


def send(client, enrollment, *commands):
    response = client.post(BATCH, {"enrollment_id": str(enrollment.pk), "commands": list(commands)})
    assert response.status_code == 200, response.content
    return response.json()["results"]


def outcomes(answers):
    return [answer["outcome"] for answer in answers]


def codes(answers):
    return [answer["problem"] and answer["problem"]["code"] for answer in answers]


def test_one_that_is_refused_holds_up_none_of_the_others(as_, cast):
    me = as_(cast.learner)
    good, tomorrow = log(), log(day="2026-11-23", note="Typed on a train.")
    commands = [
        good,
        tomorrow,
        log(minutes=-5),
        {"type": "dance", "id": new_id()},
        "nothing",
        log(milestone_key="no-such-thing"),
        log(minutes=1431),
        void(good, id="no id"),
        link(url="javascript:alert(1)"),
        link(),
        work("start"),
    ]
    answers = send(me, cast.enrollment, *commands)
    assert codes(answers) == [
        None,
        "day-in-future",
        "invalid",
        "invalid",
        "invalid",
        "not-on-the-way",
        "day-full",
        "invalid",
        "invalid",
        None,
        None,
    ]
    assert answers[0] == {"id": good["id"], "outcome": "created", "problem": None}
    assert answers[1]["outcome"] == "refused"
    assert answers[1]["problem"]["errors"][0]["field"] == "day"
    assert answers[2]["problem"]["errors"][0]["field"] == "minutes"
    assert LogEntry.objects.get().minutes == 10
    assert Evidence.objects.count() == WorkChange.objects.count() == 1


def test_a_void_may_stand_before_its_entry(as_, cast):
    entry = log()
    assert outcomes(send(as_(cast.learner), cast.enrollment, void(entry), entry)) == [
        "created",
        "created",
    ]
    assert not LogEntry.objects.standing().exists()


def test_the_same_id_twice_in_one_batch(as_, cast):
    entry = log()
    answers = send(as_(cast.learner), cast.enrollment, entry, entry, {**entry, "minutes": 11})
    assert sorted(outcomes(answers)) == ["already_there", "created", "refused"]
    assert codes(answers)[2] == "entry-id-taken"


def test_a_queue_ten_times_shuffled_in_mixed_batches(as_, cast):
    me, chance = as_(cast.learner), random.Random(7)  # noqa: S311
    entries = [log(note=f"Line {number}.", minutes=number + 1) for number in range(12)]
    fixed = log(minutes=99, replaces=entries[3]["id"], note="Better.")
    queue = [
        *entries,
        fixed,
        void(entries[0], reason="Twice."),
        void(entries[1]),
        link(),
        work("start", at="2026-11-22T08:00:00Z"),
        work("done", milestone_key="mathematics-and-statistics", at="2026-11-22T09:00:00Z"),
        log(day="2026-12-01", note="Too early."),
    ]
    first: dict[str, str] = {}
    state = None
    for _ in range(10):
        chance.shuffle(queue)
        rest = list(queue)
        while rest:
            size = chance.randint(1, 7)
            part, rest = rest[:size], rest[size:]
            for command, answer in zip(part, send(me, cast.enrollment, *part), strict=True):
                said = "refused" if answer["outcome"] == "refused" else "taken"
                assert first.setdefault(command["id"], said) == said
        now = everything()
        assert state in (None, now)
        state = now
    assert sum(row.minutes for row in LogEntry.objects.standing()) == sum(range(3, 13)) - 4 + 99
    assert sorted(first.values()).count("refused") == 2  # tomorrow, and what a mentor verifies


def everything():
    return [
        sorted(LogEntry.objects.values_list("id", "minutes", "note")),
        sorted(LogEntry.objects.standing().values_list("id", flat=True)),
        LogVoid.objects.count(),
        sorted(Evidence.objects.values_list("id", flat=True)),
        sorted(WorkChange.objects.values_list("id", flat=True)),
        sorted(MilestoneProgress.objects.values_list("milestone_key", "work")),
    ]


def test_a_hundred_cost_as_many_statements_as_two(as_, cast):
    me = as_(cast.learner)

    def count(size):
        commands = [log(minutes=1) for _ in range(size)]
        commands += [void(commands[0])]
        with CaptureQueriesContext(connection) as queries:
            send(me, cast.enrollment, *commands)
        return len(queries)

    count(1)
    assert count(1) == count(99)


@pytest.mark.parametrize(
    ("commands", "field"), [([], "commands"), ([{}] * 101, "commands"), ("log", "commands")]
)
def test_batches_of_no_size(as_, cast, commands, field):
    body = {"enrollment_id": str(cast.enrollment.pk), "commands": commands}
    answer = as_(cast.learner).post(BATCH, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"][0]["field"].startswith(field)


def test_an_id_of_somebody_else(as_, cast):
    entry = log()
    theirs = make_enrollment_of(cast.stranger)
    send(as_(cast.stranger), theirs, entry)
    answers = send(as_(cast.learner), cast.enrollment, entry, void(entry), log())
    assert codes(answers) == ["entry-id-taken", "foreign-entry", None]
    assert LogEntry.objects.count() == 2
    assert not LogVoid.objects.exists()


def make_enrollment_of(person):
    return person.enrollments.first() or make_enrollment(person)


def test_an_idempotency_key_brings_the_same_answer(as_, cast):
    me, key = as_(cast.learner), {"Idempotency-Key": "a-batch"}
    body = {"enrollment_id": str(cast.enrollment.pk), "commands": [log(), work("start")]}
    first = me.post(BATCH, body, headers=key)
    again = me.post(BATCH, body, headers=key)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert outcomes(me.post(BATCH, body).json()["results"]) == ["already_there"] * 2


def test_a_withdrawn_enrollment_refuses_each(as_, cast):
    type(cast.enrollment).objects.filter(pk=cast.enrollment.pk).update(state="withdrawn")
    entry = log()
    answers = send(as_(cast.learner), cast.enrollment, entry, void(entry), work("start"), link())
    assert codes(answers) == ["enrollment-not-active"] * 4
    assert not LogEntry.objects.exists()
