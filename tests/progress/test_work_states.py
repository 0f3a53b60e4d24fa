"""Start, done, reopen: what is allowed, why not, and that the latest word counts."""

import itertools

import pytest
import time_machine

from progress.models import MilestoneProgress, OutboxEvent
from tests.factories import NOW
from tests.progress.test_batch import log, outcomes, send, void, work

pytestmark = pytest.mark.django_db
MENTOR = "python-programming"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def own(cast, as_):
    """The key of a milestone that the learner verifies and that is open."""
    stages = as_(cast.learner).get(f"/api/v1/enrollments/{cast.enrollment.pk}/map").json()["stages"]
    found = [m for stage in stages for m in stage["milestones"]]
    return next(
        m["key"] for m in found if m["verified_by"] == "self" and m["status"] == "available"
    )


def transitions(me, enrollment, key):
    page = me.get(f"/api/v1/enrollments/{enrollment.pk}/milestones/{key}").json()
    return {row["name"]: (row["allowed"], row["reason"]) for row in page["transitions"]}


def test_the_page_says_what_is_allowed_and_why_not(as_, cast, own):
    me = as_(cast.learner)
    way = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones"
    assert transitions(me, cast.enrollment, own) == {
        "start": (True, ""),
        "done": (True, ""),
        "reopen": (False, "It is not done."),
    }
    assert me.put(f"{way}/{own}/start").json()["work"] == "doing"
    assert transitions(me, cast.enrollment, own)["start"] == (False, "You have started it.")
    assert me.put(f"{way}/{own}/completion").json()["work"] == "done"
    assert transitions(me, cast.enrollment, own)["reopen"] == (True, "")
    assert me.delete(f"{way}/{own}/completion").json()["work"] == "doing"
    events = OutboxEvent.objects.filter(type__startswith="milestone.").order_by("position")
    assert [event.type for event in events] == [
        "milestone.started.v1",
        "milestone.completed.v1",
        "milestone.reopened.v1",
    ]
    by_mentor = transitions(me, cast.enrollment, MENTOR)
    assert by_mentor["done"] == (False, "Submit it with your evidence; a mentor will review it.")


def test_the_latest_word_counts_in_any_order(as_, cast, own):
    said = [
        log(milestone_key=own, at="2026-11-22T11:59:00Z"),
        work("start", milestone_key=own, at="2026-11-22T08:00:00Z"),
        work("done", milestone_key=own, at="2026-11-22T09:00:00Z"),
        work("reopen", milestone_key=own, at="2026-11-22T10:00:00Z"),
        work("done", milestone_key=own, at="2026-11-22T11:00:00Z"),
    ]
    for order in itertools.islice(itertools.permutations(said), 0, None, 12):
        MilestoneProgress.objects.all().delete()
        cast.enrollment.work_changes.all().delete()
        for command in order:
            assert outcomes(send(as_(cast.learner), cast.enrollment, command)) != ["refused"]
        row = MilestoneProgress.objects.get()
        assert (row.work, row.work_changed_at.hour) == ("done", 11)


def test_what_was_started_by_an_entry_that_was_taken_back(as_, cast, own):
    entry = log(milestone_key=own)
    for commands in ([entry, void(entry)], [void(entry), entry]):
        MilestoneProgress.objects.all().delete()
        cast.enrollment.log_entries.all().delete()
        cast.enrollment.log_voids.all().delete()
        for command in commands:
            send(as_(cast.learner), cast.enrollment, command)
        assert MilestoneProgress.objects.get().work == "doing"


def test_an_id_is_one_change_for_ever(as_, cast, own):
    me, change = as_(cast.learner), work("start", milestone_key=own)
    send(me, cast.enrollment, change)
    (answer,) = send(me, cast.enrollment, {**change, "move": "done"})
    assert answer["problem"]["code"] == "work-id-taken"
    assert MilestoneProgress.objects.get().work == "doing"
