"""Pauses: planned, changed, ended, and what they move together."""

import datetime as dt
import zoneinfo

import pytest
import time_machine

from progress.models import Enrollment, LogEntry, OutboxEvent, Pause
from tests.at_once import at_once
from tests.factories import NOW, make_enrollment, make_person, new_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):  # Sunday, 22 November 2026
        yield


def of(enrollment, rest=""):
    return f"/api/v1/enrollments/{enrollment.pk}{rest}"


def plan(client, enrollment, starts_on, ends_on, **more):
    body = {"starts_on": starts_on, "ends_on": ends_on, **more}
    return client.post(of(enrollment, "/pauses"), body)


def log(client, enrollment, day):
    body = {
        "id": new_id(),
        "enrollment_id": str(enrollment.pk),
        "milestone_key": "python-programming",
        "day": day,
        "minutes": 30,
    }
    return client.post("/api/v1/log-entries", body)


def refused(response, status, code):
    assert (response.status_code, response.json()["code"]) == (status, code), response.content
    return response.json()


def types(cast):
    events = OutboxEvent.objects.filter(enrollment_id=cast.enrollment.pk)
    rows = events.exclude(type="enrollment.started.v1").order_by("position")
    return list(rows.values_list("type", flat=True))


def test_a_pause_from_plan_to_resumption(as_, cast):
    me = as_(cast.learner)
    made = plan(me, cast.enrollment, "2026-11-24", "2026-12-03", reason="A new flat")
    assert made.status_code == 201
    pause = made.json()
    assert pause == {
        "id": pause["id"],
        "enrollment_id": str(cast.enrollment.pk),
        "starts_on": "2026-11-24",
        "ends_on": "2026-12-03",
        "reason": "A new flat",
        "created_at": "2026-11-22T12:00:00Z",
        "changed_at": "2026-11-22T12:00:00Z",
    }
    seen = me.get(of(cast.enrollment)).json()
    assert (seen["state"], seen["paused_until"]) == ("active", None)
    with time_machine.travel(NOW + dt.timedelta(days=3), tick=False):
        me = as_(cast.learner)
        seen = me.get(of(cast.enrollment)).json()
        assert (seen["state"], seen["paused_until"]) == ("paused", "2026-12-03")
        seen = me.put(of(cast.enrollment, "/resumption")).json()
        assert (seen["state"], seen["paused_until"]) == ("active", None)
        assert me.put(of(cast.enrollment, "/resumption")).status_code == 200
        (row,) = me.get(of(cast.enrollment, "/pauses")).json()["results"]
        assert (row["starts_on"], row["ends_on"]) == ("2026-11-24", "2026-11-24")
        assert log(me, cast.enrollment, "2026-11-25").status_code == 201
    assert types(cast)[:2] == ["enrollment.paused.v1", "enrollment.resumed.v1"]
    assert OutboxEvent.objects.get(type="enrollment.paused.v1").data == {
        "starts_on": "2026-11-24",
        "ends_on": "2026-12-03",
    }


def test_a_pause_that_began_today_leaves_no_day(as_, cast):
    me = as_(cast.learner)
    plan(me, cast.enrollment, "2026-11-22", None)
    assert me.get(of(cast.enrollment)).json()["state"] == "paused"
    assert me.put(of(cast.enrollment, "/resumption")).json()["state"] == "active"
    assert not Pause.objects.exists()


def test_today_is_the_learners(as_):
    samoa = make_person("Sefa", time_zone="Pacific/Apia")  # UTC+13: the 23rd has begun
    enrollment = make_enrollment(samoa)
    plan(as_(samoa), enrollment, "2026-11-23", "2026-11-23")
    assert as_(samoa).get(of(enrollment)).json()["state"] == "paused"


@pytest.mark.parametrize("hour", [0, 9, 11, 13, 23])
def test_who_is_paused_is_found_for_all_zones_at_once(cast, hour):
    """The set-based query agrees with each learner's own clock."""
    now = NOW.replace(hour=hour)
    rest = Pause.objects.create(
        enrollment=cast.enrollment,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        created_at=NOW,
        changed_at=NOW,
    )
    learner = cast.enrollment.learner
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"):
        type(learner).objects.filter(pk=learner.pk).update(time_zone=name)
        today = now.astimezone(zoneinfo.ZoneInfo(name)).date()
        assert Pause.objects.at(now).filter(pk=rest.pk).exists() is (today == NOW.date())


def test_the_same_id_twice_is_one_pause(as_, cast):
    me, key = as_(cast.learner), new_id()
    first = plan(me, cast.enrollment, "2026-12-01", "2026-12-05", id=key)
    second = plan(me, cast.enrollment, "2026-12-01", "2026-12-05", id=key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    refused(plan(me, cast.enrollment, "2026-12-01", "2026-12-06", id=key), 409, "pause-id-taken")
    theirs = Enrollment.objects.get(learner=cast.stranger)
    stranger = as_(cast.stranger)
    refused(plan(stranger, theirs, "2026-12-01", "2026-12-05", id=key), 409, "pause-id-taken")
    assert Pause.objects.count() == 1


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        ("2026-12-05", "2026-12-04", "ends_on"),
        ("2026-11-21", "2026-11-30", "starts_on"),  # before setting out
        ("2027-11-24", None, "starts_on"),
        ("9999-12-31", None, "starts_on"),
        ("2026-12-05", "2027-12-07", "ends_on"),
        ("2026-12-05", "9999-12-31", "ends_on"),
        ("0001-01-01", None, "starts_on"),
    ],
)
def test_days_that_can_not_be_meant(as_, cast, starts_on, ends_on, field):
    response = plan(as_(cast.learner), cast.enrollment, starts_on, ends_on)
    assert refused(response, 422, "pause-out-of-range")["errors"][0]["field"] == field
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"starts_on": "2026-12-05"},
        {"starts_on": None, "ends_on": None},
        {"starts_on": "soon", "ends_on": None},
        {"starts_on": "2026-12-05", "ends_on": None, "reason": "r" * 281},
        {"starts_on": "2026-12-05", "ends_on": None, "reason": "a\0b"},
        {"starts_on": "2026-12-05", "ends_on": None, "days": 3},
        {"starts_on": 20261205, "ends_on": None},
    ],
)
def test_input_that_is_none(as_, cast, body):
    assert as_(cast.learner).post(of(cast.enrollment, "/pauses"), body).status_code == 400
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "free"),
    [
        ("2026-11-25", "2026-11-30", True),
        ("2026-11-25", "2026-12-01", False),
        ("2026-12-05", None, False),
        ("2026-12-06", None, True),
        ("2026-11-25", None, False),
    ],
)
def test_a_day_is_paused_once(as_, cast, starts_on, ends_on, free):
    me = as_(cast.learner)
    plan(me, cast.enrollment, "2026-12-01", "2026-12-05")
    response = plan(me, cast.enrollment, starts_on, ends_on)
    if free:
        assert response.status_code == 201
    else:
        assert (
            "from 1 December 2026 to 5 December 2026"
            in refused(response, 409, "pause-overlaps")["detail"]
        )


@pytest.mark.django_db(transaction=True)
def test_two_devices_plan_the_same_days_at_once(as_, cast):
    for _ in range(5):
        answers = at_once(
            *[
                lambda: plan(as_(cast.learner), cast.enrollment, "2026-12-01", None).status_code
                for _ in range(3)
            ]
        )
        assert sorted(answers) == [201, 409, 409]
        Pause.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_log_entry_and_a_pause_at_once_take_turns(as_, cast):
    answers = at_once(
        lambda: plan(as_(cast.learner), cast.enrollment, "2026-11-22", None).status_code,
        lambda: log(as_(cast.learner), cast.enrollment, "2026-11-22").status_code,
    )
    assert answers[0] is not None
    assert sorted(answers) in ([201, 201], [201, 409])
    assert LogEntry.objects.count() == answers.count(201) - 1


def test_a_pause_is_changed_and_removed(as_, cast):
    me = as_(cast.learner)
    first = plan(me, cast.enrollment, "2026-12-01", "2026-12-05").json()
    url = of(cast.enrollment, f"/pauses/{first['id']}")
    longer = {"starts_on": "2026-12-02", "ends_on": "2026-12-09", "reason": "Longer"}
    assert me.put(url, longer).json()["ends_on"] == "2026-12-09"
    assert me.put(url, longer).status_code == 200
    plan(me, cast.enrollment, "2026-12-20", "2026-12-25")
    refused(me.put(url, {**longer, "ends_on": None}), 409, "pause-overlaps")
    refused(me.put(url, {**longer, "ends_on": "2026-12-01"}), 422, "pause-out-of-range")
    assert me.get(url).json()["reason"] == "Longer"
    assert me.delete(url).status_code == 204
    assert me.delete(url).status_code == 404
    assert me.put(url, longer).status_code == 404
    assert types(cast) == [
        "enrollment.paused.v1",
        "enrollment.pause_changed.v1",
        "enrollment.paused.v1",
        "enrollment.pause_removed.v1",
    ]


def test_a_paused_day_takes_no_log_entry(as_, cast):
    with time_machine.travel(NOW + dt.timedelta(days=2), tick=False):
        me = as_(cast.learner)
        pause = plan(me, cast.enrollment, "2026-11-24", None).json()
        said = refused(log(me, cast.enrollment, "2026-11-24"), 409, "enrollment-paused")
        assert said["errors"][0]["field"] == "day"
        assert "from 24 November 2026 on" in said["detail"]
        assert "End or shorten the pause" in said["detail"]
        # The entry's day counts, not the day on which it is sent.
        assert log(me, cast.enrollment, "2026-11-23").status_code == 201
        me.delete(of(cast.enrollment, f"/pauses/{pause['id']}"))
        assert log(me, cast.enrollment, "2026-11-24").status_code == 201


def test_a_past_pause_can_be_put_right(as_, cast):
    me = as_(cast.learner)
    pause = plan(me, cast.enrollment, "2026-11-23", "2026-11-27").json()
    with time_machine.travel(NOW + dt.timedelta(days=10), tick=False):
        me = as_(cast.learner)
        refused(log(me, cast.enrollment, "2026-11-27"), 409, "enrollment-paused")
        body = {"starts_on": "2026-11-23", "ends_on": "2026-11-26"}
        assert me.put(of(cast.enrollment, f"/pauses/{pause['id']}"), body).status_code == 200
        assert log(me, cast.enrollment, "2026-11-27").status_code == 201


def test_work_that_was_logged_before_the_pause_stays(as_, cast):
    me = as_(cast.learner)
    assert log(me, cast.enrollment, "2026-11-22").status_code == 201
    assert plan(me, cast.enrollment, "2026-11-22", None).status_code == 201
    assert me.get(of(cast.enrollment, "/map")).json()["week"]["minutes"] == 30


def test_only_an_active_enrollment_can_be_paused(as_, cast):
    Enrollment.objects.filter(pk=cast.enrollment.pk).update(state="completed", completed_at=NOW)
    response = plan(as_(cast.learner), cast.enrollment, "2026-12-01", None)
    refused(response, 409, "enrollment-not-active")


def test_the_target_moves_with_the_pauses_since_it_was_set(as_, cast):
    me = as_(cast.learner)
    plan(me, cast.enrollment, "2026-11-23", "2026-11-29")
    me.patch(of(cast.enrollment), {"target_date": "2027-01-31"})
    seen = me.get(of(cast.enrollment)).json()
    assert (seen["target_date"], seen["moved_target_date"]) == ("2027-01-31", "2027-02-07")
    with time_machine.travel(NOW + dt.timedelta(days=20), tick=False):
        me = as_(cast.learner)
        assert me.patch(of(cast.enrollment), {"weekly_minutes": 60}).status_code == 200
        seen = me.get(of(cast.enrollment)).json()
        assert seen["moved_target_date"] == "2027-02-07"
        me.patch(of(cast.enrollment), {"target_date": "2027-02-01"})  # the pause is known now
        seen = me.get(of(cast.enrollment, "/map")).json()["enrollment"]
        assert (seen["target_date"], seen["moved_target_date"]) == ("2027-02-01", "2027-02-01")


def test_a_mentor_sees_pauses_and_changes_none(as_, cast):
    plan(as_(cast.learner), cast.enrollment, "2026-11-22", "2026-11-29")
    mentor = as_(cast.mentor)
    (row,) = mentor.get(of(cast.enrollment, "/pauses")).json()["results"]
    assert mentor.get(of(cast.enrollment)).json()["state"] == "paused"
    assert mentor.delete(of(cast.enrollment, f"/pauses/{row['id']}")).status_code == 404


def test_a_pause_of_another_enrollment_is_not_here(as_, cast):
    theirs = Enrollment.objects.get(learner=cast.stranger)
    pause = plan(as_(cast.stranger), theirs, "2026-12-01", None).json()
    for enrollment in (cast.enrollment, theirs):
        url = of(enrollment, f"/pauses/{pause['id']}")
        assert as_(cast.learner).get(url).status_code == 404
        assert as_(cast.learner).delete(url).status_code == 404
