"""Logging work, and what is refused."""

import datetime as dt

import pytest
import time_machine

from progress.models import LogEntry, MilestoneProgress
from tests.factories import NOW, make_enrollment, make_person, new_entry, new_id

pytestmark = pytest.mark.django_db
LOG = "/api/v1/log-entries"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def entry(cast):
    return new_entry(cast.enrollment)


def refused(response, status, code):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == code
    assert body["detail"]
    assert not LogEntry.objects.exists()
    return body


def test_the_first_entry_starts_the_milestone(as_, cast, entry):
    assert as_(cast.learner).post(LOG, entry).status_code == 201
    assert MilestoneProgress.objects.get(enrollment=cast.enrollment).work == "doing"


def test_the_same_entry_twice_is_one(as_, cast, entry):
    me = as_(cast.learner)
    first, second = me.post(LOG, entry), me.post(LOG, entry)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert LogEntry.objects.count() == 1


def test_an_id_is_one_entry_for_ever(as_, cast, entry):
    me = as_(cast.learner)
    me.post(LOG, entry)
    other = me.post(LOG, {**entry, "minutes": 46})
    assert (other.status_code, other.json()["code"]) == (409, "entry-id-taken")
    assert LogEntry.objects.get().minutes == 45


def test_a_day_is_judged_where_the_learner_is(as_, entry, cast):
    samoa = make_person("Sefa", time_zone="Pacific/Apia")  # UTC+13: the 23rd has begun
    mine = {**entry, "enrollment_id": str(make_enrollment(samoa).pk), "day": "2026-11-23"}
    assert as_(samoa).post(LOG, mine).status_code == 201
    assert LogEntry.objects.get().time_zone == "Pacific/Apia"


def test_a_day_in_the_future(as_, cast, entry):
    body = refused(
        as_(cast.learner).post(LOG, {**entry, "day": "2026-11-23"}), 422, "day-in-future"
    )
    assert body["errors"][0]["field"] == "day"


def test_a_day_long_before_the_start(as_, cast, entry):
    refused(as_(cast.learner).post(LOG, {**entry, "day": "2026-10-21"}), 422, "day-too-early")


def test_a_day_shortly_before_the_start_wants_a_note(as_, cast, entry):
    me, early = as_(cast.learner), {**entry, "day": "2026-10-22"}
    for note in ("", "  \n"):
        body = refused(me.post(LOG, {**early, "note": note}), 422, "reason-needed")
        assert body["errors"][0]["field"] == "note"
    assert me.post(LOG, {**early, "note": "An online course."}).status_code == 201


def test_25_hours_at_once(as_, cast, entry):
    body = refused(as_(cast.learner).post(LOG, {**entry, "minutes": 1500}), 400, "invalid")
    assert body["errors"][0]["field"] == "minutes"


def test_25_hours_in_pieces(as_, cast, entry):
    me = as_(cast.learner)
    assert me.post(LOG, {**entry, "minutes": 1400}).status_code == 201
    over = me.post(LOG, {**entry, "id": new_id(), "minutes": 41})
    assert (over.status_code, over.json()["code"]) == (422, "day-full")
    assert "40 are left" in over.json()["detail"]
    assert me.post(LOG, {**entry, "id": new_id(), "minutes": 40}).status_code == 201


def test_a_milestone_of_another_edition(as_, cast, entry):
    response = as_(cast.learner).post(LOG, {**entry, "milestone_key": "no-such-thing"})
    body = refused(response, 422, "not-on-the-way")
    assert "edition 1" in body["detail"]


@pytest.mark.parametrize("minutes", [0, -5, "many", None, 1.5, True])
def test_minutes_that_are_none(as_, cast, entry, minutes):
    refused(as_(cast.learner).post(LOG, {**entry, "minutes": minutes}), 400, "invalid")


def test_an_unknown_field(as_, cast, entry):
    body = refused(as_(cast.learner).post(LOG, {**entry, "minuets": 5}), 400, "unknown-field")
    assert body["errors"] == [
        {
            "field": "minuets",
            "code": "unknown-field",
            "detail": "There is no field 'minuets' here.",
        }
    ]


def test_someone_elses_enrollment(as_, cast, entry):
    refused(as_(cast.stranger).post(LOG, entry), 404, "not-found")
    refused(as_(cast.mentor).post(LOG, entry), 404, "not-found")
    refused(as_(cast.admin).post(LOG, entry), 403, "not-your-enrollment")


def test_an_enrollment_that_was_withdrawn(as_, cast, entry):
    type(cast.enrollment).objects.filter(pk=cast.enrollment.pk).update(state="withdrawn")
    refused(as_(cast.learner).post(LOG, entry), 409, "enrollment-not-active")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b'{"minutes": 1, "minutes": 2}', "stands twice"),
        (b'{"minutes": NaN}', "NaN"),
        (b'{"note": "\\ud800"}', "surrogate"),
        (b'{"note": "\xff"}', "UTF-8"),
        (b"[" * 10_000 + b"]" * 10_000, "deeper"),
        (b"{", "JSON"),
    ],
)
def test_bodies_that_can_not_be_read(as_, cast, body, what):
    response = as_(cast.learner).generic("POST", LOG, body, content_type="application/json")
    assert what in refused(response, 400, "malformed")["detail"]


def test_a_nul_in_a_note(as_, cast, entry):
    refused(as_(cast.learner).post(LOG, {**entry, "note": "a\0b"}), 400, "invalid")


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}])
def test_a_body_that_is_too_large(as_, cast, entry, key):
    huge = {**entry, "note": "n" * 1024 * 1024}
    refused(as_(cast.learner).post(LOG, huge, headers=key), 413, "too-large")


def test_a_form_is_not_json(as_, cast):
    response = as_(cast.learner).generic("POST", LOG, b"a=1", content_type="text/plain")
    refused(response, 415, "unsupported-media-type")


def test_the_week_is_the_learners_own(as_, cast, entry):
    me = as_(cast.learner)
    entry["note"] = "From before I enrolled."
    me.post(LOG, entry)
    me.post(LOG, {**entry, "id": new_id(), "day": "2026-11-16", "minutes": 30})
    me.post(LOG, {**entry, "id": new_id(), "day": "2026-11-15", "minutes": 99})
    week = me.get(f"/api/v1/enrollments/{cast.enrollment.pk}/map").json()["week"]
    assert week["starts_on"] == "2026-11-16"
    assert week["minutes"] == 75
    assert [day["minutes"] for day in week["days"]] == [30, 0, 0, 0, 0, 0, 45]
    assert dt.date.fromisoformat(week["days"][6]["day"]) == NOW.date()
