"""The timer: one for each learner, and never more than a day has."""

import datetime as dt

import pytest
import time_machine

from progress.models import LogEntry, Timer
from tests.at_once import at_once
from tests.factories import NOW, make_enrollment, make_person, new_id

pytestmark = pytest.mark.django_db
TIMER, ENTRY = "/api/v1/timer", "/api/v1/timer/entry"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def start(cast):
    return {
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_key": "python-programming",
        "started_at": "2026-11-22T11:15:00Z",
    }


def ok(response, status=200):
    assert response.status_code == status, response.content
    return response.json()


def logged():
    return list(LogEntry.objects.order_by("day").values_list("day", "minutes", "source"))


def test_start_on_one_device_and_stop_on_another(as_, cast, start):
    phone, laptop = as_(cast.learner), as_(cast.learner)
    assert ok(phone.get(TIMER)) == {"running": None}
    running = ok(phone.put(TIMER, start))
    assert running == ok(phone.put(TIMER, start)) == ok(laptop.get(TIMER))
    assert running["running"]["milestone"]["title"] == "Programming in Python"
    assert running["running"]["forgotten"] is False
    stop = {"id": new_id(), "note": "Decorators."}
    (entry,) = ok(laptop.post(ENTRY, stop), 201)["entries"]
    assert (entry["id"], entry["minutes"], entry["source"]) == (stop["id"], 45, "timer")
    assert entry["note"] == "Decorators."
    assert ok(laptop.get(TIMER)) == {"running": None}
    assert ok(laptop.post(ENTRY, stop))["entries"] == [entry]
    assert LogEntry.objects.count() == 1


def test_one_at_a_time(as_, cast, start):
    me = as_(cast.learner)
    ok(me.put(TIMER, start))
    answer = me.put(TIMER, {**start, "milestone_key": "data-analysis"})
    assert (answer.status_code, answer.json()["code"]) == (409, "timer-running")
    assert answer.json()["running"] == start
    assert Timer.objects.get().milestone_key == "python-programming"


def test_discarded_it_leaves_nothing(as_, cast, start):
    me = as_(cast.learner)
    ok(me.put(TIMER, start))
    assert me.delete(TIMER).status_code == me.delete(TIMER).status_code == 204
    answer = me.post(ENTRY, {"id": new_id()})
    assert (answer.status_code, answer.json()["code"]) == (409, "no-timer")
    assert not LogEntry.objects.exists()


def test_midnight_divides(as_, at_noon):
    berliner = make_person("Bea", time_zone="Europe/Berlin")
    enrollment = make_enrollment(berliner)
    me = as_(berliner)
    at_noon.move_to("2026-11-23T22:30:00Z")
    ok(me.put(TIMER, {"enrollment_id": str(enrollment.pk), "milestone_key": "data-analysis"}))
    at_noon.move_to("2026-11-24T00:10:00Z")  # 01:10 in Berlin
    stop = {"id": new_id()}
    entries = ok(me.post(ENTRY, stop), 201)["entries"]
    assert [(row["day"], row["minutes"]) for row in entries] == [
        ("2026-11-23", 30),
        ("2026-11-24", 70),
    ]
    assert ok(me.post(ENTRY, stop))["entries"] == entries


def test_a_full_day_takes_no_more(as_, cast, start):
    me = as_(cast.learner)
    full = {**start, "id": new_id(), "day": "2026-11-22", "minutes": 1420}
    del full["started_at"]
    ok(me.post("/api/v1/log-entries", full), 201)
    ok(me.put(TIMER, start))
    (entry,) = ok(me.post(ENTRY, {"id": new_id()}), 201)["entries"]
    assert entry["minutes"] == 20
    ok(me.put(TIMER, start))
    answer = me.post(ENTRY, {"id": new_id()})
    assert (answer.status_code, answer.json()["code"]) == (422, "day-full")
    assert Timer.objects.exists()


def test_a_forgotten_one_asks(as_, cast, start, at_noon):
    me = as_(cast.learner)
    ok(me.put(TIMER, start))
    at_noon.move_to("2026-11-23T08:00:00Z")
    assert ok(me.get(TIMER))["running"]["forgotten"] is True
    answer = me.post(ENTRY, {"id": new_id()})
    assert (answer.status_code, answer.json()["code"]) == (422, "timer-forgotten")
    assert answer.json()["errors"][0]["field"] == "minutes"
    assert Timer.objects.exists()
    ok(me.post(ENTRY, {"id": new_id(), "minutes": 90}), 201)
    assert logged() == [(dt.date(2026, 11, 22), 90, "timer")]


@pytest.mark.parametrize("minutes", [0, -1, 1441, "45", True])
def test_minutes_that_are_none(as_, cast, start, minutes):
    me = as_(cast.learner)
    ok(me.put(TIMER, start))
    answer = me.post(ENTRY, {"id": new_id(), "minutes": minutes})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert Timer.objects.exists()
    assert not LogEntry.objects.exists()


def test_not_on_anothers_way(as_, cast, start):
    assert as_(cast.stranger).put(TIMER, start).status_code == 404
    answer = as_(cast.learner).put(TIMER, {**start, "milestone_key": "no-such-thing"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not-on-the-way")
    assert not Timer.objects.exists()


def test_none_while_paused(as_, cast, start):
    learner = as_(cast.learner)
    pause = {"starts_on": "2026-11-22", "ends_on": "2026-11-30"}
    ok(learner.post(f"/api/v1/enrollments/{cast.enrollment.pk}/pauses", pause), 201)
    answer = learner.put(TIMER, start)
    assert (answer.status_code, answer.json()["code"]) == (409, "enrollment-paused")
    assert not Timer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_devices_start_at_once(as_, start, cast):
    other = {**start, "milestone_key": "data-analysis"}
    answers = at_once(
        lambda: as_(cast.learner).put(TIMER, start).status_code,
        lambda: as_(cast.learner).put(TIMER, other).status_code,
    )
    assert sorted(answers) == [200, 409]
    assert Timer.objects.count() == 1
