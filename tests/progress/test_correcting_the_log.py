"""Log entries taken back and corrected: nothing is deleted, nothing counts twice."""

import datetime as dt

import pytest
import time_machine

from progress.models import LogEntry, LogVoid, MilestoneProgress, OutboxEvent
from tests.factories import NOW, make_enrollment, new_entry, new_id

pytestmark = pytest.mark.django_db
LOG, VOIDS = "/api/v1/log-entries", "/api/v1/log-voids"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def entry(cast):
    return new_entry(cast.enrollment, note="Generators.")


def void_of(entry, **more):
    return {
        "id": new_id(),
        "enrollment_id": entry["enrollment_id"],
        "entry_id": entry["id"],
        **more,
    }


def corrected(entry, **changes):
    return {**entry, "id": new_id(), "replaces": entry["id"], **changes}


def ok(response, status=200):
    assert response.status_code == status, response.content
    return response.json()


def minutes(me, entry):
    page = ok(me.get(f"/api/v1/enrollments/{entry['enrollment_id']}/milestones/python-programming"))
    week = ok(me.get(f"/api/v1/enrollments/{entry['enrollment_id']}/map"))["week"]
    assert page["minutes_logged"] == week["minutes"]
    return page["minutes_logged"]


def ids(me, state):
    return [row["id"] for row in ok(me.get(f"{LOG}?state={state}"))["results"]]


def test_an_entry_taken_back_leaves_a_trace(as_, cast, entry):
    me = as_(cast.learner)
    ok(me.post(LOG, entry), 201)
    void = void_of(entry, reason="Wrong milestone.")
    shown = ok(me.post(VOIDS, void), 201)
    assert shown == {
        "id": void["id"],
        "enrollment_id": entry["enrollment_id"],
        "entry_id": entry["id"],
        "reason": "Wrong milestone.",
        "at": "2026-11-22T12:00:00Z",
        "created_at": "2026-11-22T12:00:00Z",
    }
    assert ok(me.post(VOIDS, void)) == shown
    assert minutes(me, entry) == 0
    assert ids(me, "standing") == []
    assert ids(me, "voided") == ids(me, "all") == [entry["id"]]
    row = ok(me.get(f"{LOG}?state=all"))["results"][0]
    assert (row["voided_at"], row["replaced_by"]) == ("2026-11-22T12:00:00Z", None)
    assert (row["minutes"], row["note"]) == (45, "Generators.")
    event = OutboxEvent.objects.get(type="log_entry.voided.v1")
    assert str(event.subject_id) == entry["id"]
    assert event.data == {"milestone": "python-programming", "minutes": 45, "day": "2026-11-22"}
    assert MilestoneProgress.objects.get().work == "doing"


def test_a_void_may_come_before_its_entry(as_, cast, entry):
    me = as_(cast.learner)
    ok(me.post(VOIDS, void_of(entry)), 201)
    assert not OutboxEvent.objects.filter(type="log_entry.voided.v1").exists()
    assert ok(me.post(LOG, entry), 201)["voided_at"]
    assert minutes(me, entry) == 0
    assert OutboxEvent.objects.filter(type="log_entry.voided.v1").count() == 1
    assert MilestoneProgress.objects.get().work == "doing"


def test_two_devices_take_the_same_entry_back(as_, cast, entry):
    me = as_(cast.learner)
    ok(me.post(LOG, entry), 201)
    ok(me.post(VOIDS, void_of(entry, reason="Twice.")), 201)
    ok(me.post(VOIDS, void_of(entry, reason="On the wrong day.")), 201)
    assert LogVoid.objects.count() == 2
    assert OutboxEvent.objects.filter(type="log_entry.voided.v1").count() == 1


def test_a_correction_takes_the_place_of_the_entry(as_, cast, entry):
    me = as_(cast.learner)
    ok(me.post(LOG, entry), 201)
    better = corrected(entry, minutes=60)
    shown = ok(me.post(LOG, better), 201)
    assert (shown["replaces"], shown["voided_at"]) == (entry["id"], None)
    assert ok(me.post(LOG, better)) == shown
    assert minutes(me, entry) == 60
    (old,) = ok(me.get(f"{LOG}?state=voided"))["results"]
    assert (old["id"], old["replaced_by"]) == (entry["id"], better["id"])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_of_two_corrections_of_one_entry_the_later_stands(as_, cast, entry, order):
    me = as_(cast.learner)
    earlier = corrected(entry, minutes=50, at="2026-11-22T10:00:00Z")
    later = corrected(entry, minutes=40, at="2026-11-22T11:00:00Z")
    for index in order:
        ok(me.post(LOG, (entry, earlier, later)[index]), 201)
    assert minutes(me, entry) == 40
    assert ids(me, "standing") == [later["id"]]
    replaced = {
        row["id"]: row["replaced_by"] for row in ok(me.get(f"{LOG}?state=voided"))["results"]
    }
    assert replaced == {entry["id"]: later["id"], earlier["id"]: later["id"]}


def test_a_full_day_can_be_corrected(as_, cast, entry):
    me = as_(cast.learner)
    full = {**entry, "minutes": 1440}
    ok(me.post(LOG, full), 201)
    ok(me.post(LOG, corrected(full, minutes=1430)), 201)
    over = me.post(LOG, {**entry, "id": new_id(), "minutes": 11})
    assert (over.status_code, over.json()["code"]) == (422, "day-full")
    assert minutes(me, entry) == 1430


def test_a_correction_can_not_overfill_a_day(as_, cast, entry):
    me = as_(cast.learner)
    ok(me.post(LOG, entry), 201)
    ok(me.post(LOG, {**entry, "id": new_id(), "minutes": 1000}), 201)
    over = me.post(LOG, corrected(entry, minutes=441))
    assert (over.status_code, over.json()["code"]) == (422, "day-full")
    assert minutes(me, entry) == 1045
    ok(me.post(LOG, corrected(entry, minutes=440)), 201)


def test_nobody_voids_anothers_entry(as_, cast, entry):
    ok(as_(cast.learner).post(LOG, entry), 201)
    theirs = str(make_enrollment_of(cast.stranger).pk)
    them = as_(cast.stranger)
    for path, body in (
        (VOIDS, {**void_of(entry), "enrollment_id": theirs}),
        (LOG, {**corrected(entry), "enrollment_id": theirs}),
    ):
        answer = them.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "foreign-entry")
    assert not LogVoid.objects.exists()
    assert LogEntry.objects.count() == 1


def test_a_void_that_was_there_first_does_not_void_anothers_entry(as_, cast, entry):
    theirs = str(make_enrollment_of(cast.stranger).pk)
    ok(as_(cast.stranger).post(VOIDS, {**void_of(entry), "enrollment_id": theirs}), 201)
    me = as_(cast.learner)
    assert ok(me.post(LOG, entry), 201)["voided_at"] is None
    assert minutes(me, entry) == 45


def make_enrollment_of(person):
    return person.enrollments.first() or make_enrollment(person)


def test_an_id_is_one_void_for_ever(as_, cast, entry):
    me, void = as_(cast.learner), void_of(entry)
    ok(me.post(VOIDS, void), 201)
    answer = me.post(VOIDS, {**void, "entry_id": new_id()})
    assert (answer.status_code, answer.json()["code"]) == (409, "void-id-taken")


def test_an_entry_does_not_replace_itself(as_, cast, entry):
    answer = as_(cast.learner).post(LOG, {**entry, "replaces": entry["id"]})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not LogEntry.objects.exists()


def test_an_instant_in_the_future_is_now(as_, cast, entry):
    later = (NOW + dt.timedelta(hours=2)).isoformat()
    shown = ok(as_(cast.learner).post(LOG, {**entry, "at": later}), 201)
    assert shown["at"] == "2026-11-22T12:00:00Z"
    assert shown["source"] == "web"


@pytest.mark.parametrize("state", ["withdrawn"])
def test_an_enrollment_that_rests(as_, cast, entry, state):
    me = as_(cast.learner)
    ok(me.post(LOG, entry), 201)
    type(cast.enrollment).objects.filter(pk=cast.enrollment.pk).update(state=state)
    for path, body in ((VOIDS, void_of(entry)), (LOG, corrected(entry))):
        answer = me.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "enrollment-not-active")
    assert not LogVoid.objects.exists()
