"""Planned sessions: when in the week somebody means to work."""

import datetime as dt

import pytest

from progress.models import Enrollment, PlannedSession


@pytest.fixture
def url(cast):
    return f"/api/v1/enrollments/{cast.enrollment.pk}/sessions"


def put(client, url, *sessions):
    return client.put(url, {"sessions": list(sessions)}, format="json")


def session(weekday=1, starts_at="19:00", minutes=45):
    return {"weekday": weekday, "starts_at": starts_at, "minutes": minutes}


def test_a_week_is_planned_as_a_whole(cast, as_, url):
    client = as_(cast.learner)
    assert client.get(url).json() == {"sessions": []}
    answer = put(client, url, session(5, "09:30", 120), session())
    assert answer.status_code == 200
    assert answer.json() == {"sessions": [session(), session(5, "09:30", 120)]}
    assert client.get(url).json() == answer.json()
    put(client, url, session(minutes=60))
    assert client.get(url).json() == {"sessions": [session(minutes=60)]}
    put(client, url)
    assert client.get(url).json() == {"sessions": []}


def test_one_that_stays_goes_on_from_when_it_was_planned(cast, as_, url):
    client = as_(cast.learner)
    put(client, url, session())
    PlannedSession.objects.update(planned_on=dt.date(2026, 1, 1))
    (before,) = PlannedSession.objects.all()
    put(client, url, session(minutes=30), session(2))
    rows = {row.weekday: row for row in PlannedSession.objects.all()}
    assert (rows[1].pk, rows[1].planned_on, rows[1].minutes) == (
        before.pk,
        dt.date(2026, 1, 1),
        30,
    )
    assert rows[2].planned_on > dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    "sessions",
    [
        [session(), session()],
        [session(1, "19:00", 45), session(1, "19:30", 45)],
        [session(1, "23:30", 60), session(2, "00:15", 30)],
        [session(6, "23:30", 60), session(0, "00:15", 30)],
    ],
)
def test_nobody_is_in_two_sessions_at_once(cast, as_, url, sessions):
    answer = put(as_(cast.learner), url, *sessions)
    assert (answer.status_code, answer.json()["code"]) == (422, "sessions-overlap")
    assert not PlannedSession.objects.exists()


def test_one_may_begin_when_another_ends(cast, as_, url):
    back_to_back = [session(6, "23:30", 60), session(0, "00:30", 30), session(0, "01:00", 30)]
    assert put(as_(cast.learner), url, *back_to_back).status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        {"weekday": 7},
        {"weekday": -1},
        {"weekday": "1"},
        {"starts_at": "24:00"},
        {"starts_at": "7"},
        {"starts_at": "19:00:30"},
        {"minutes": 4},
        {"minutes": 721},
        {"note": "x"},
    ],
)
def test_what_is_no_session_is_refused(cast, as_, url, bad):
    answer = put(as_(cast.learner), url, session() | bad)
    assert answer.status_code == 400
    assert not PlannedSession.objects.exists()


def test_too_many_and_none_at_all_are_refused(cast, as_, url):
    client = as_(cast.learner)
    many = [session(day, f"{hour:02}:00", 30) for day in range(7) for hour in range(4)]
    assert put(client, url, *many).status_code == 400
    assert client.put(url, {}, format="json").status_code == 400


def test_only_an_active_way_is_planned(cast, as_, url):
    Enrollment.objects.filter(pk=cast.enrollment.pk).update(state="withdrawn")
    answer = put(as_(cast.learner), url, session())
    assert (answer.status_code, answer.json()["code"]) == (409, "enrollment-not-active")
