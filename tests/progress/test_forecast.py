"""When a learner will be done: from too little to go on to a range, and what moves it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.ids import uuid7
from progress.models import Enrollment, LogEntry, LogVoid, Pause
from tests.factories import NOW

pytestmark = pytest.mark.django_db
KEY = "python-programming"
ONE = dt.timedelta(days=1)


@pytest.fixture
def today(cast):
    return dt.datetime.now(cast.learner.zone).date()


@pytest.fixture
def ask(as_, cast):
    client = as_(cast.learner)
    return lambda: client.get(f"/api/v1/enrollments/{cast.enrollment.pk}/forecast").json()


def work(enrollment, days, *, minutes=60, key=KEY):
    """So many minutes on each of these days."""
    now = dt.datetime.now(dt.UTC)
    fields = {"enrollment": enrollment, "milestone_key": key, "minutes": minutes}
    rows = [
        LogEntry(id=uuid7(), day=day, time_zone="UTC", created_at=now, **fields) for day in days
    ]
    return LogEntry.objects.bulk_create(rows)


def days_before(today, count, *, every=2):
    return [today - n * ONE for n in range(1, count, every)]


def test_too_little_to_go_on_gives_a_plan_and_says_so(ask, cast, today):
    found = ask()
    assert (found["kind"], found["reason"]) == ("plan", "too_few_weeks")
    assert found["sentence"] == "A forecast takes 4 whole weeks on the way"
    assert (found["finish"], found["weeks"], found["target"], found["options"]) == (None,) * 3 + (
        [],
    )
    assert found["today"] == today.isoformat()
    basis = found["basis"]
    assert basis["weeks"] == []
    assert basis["ratio"] == 1
    assert basis["estimated_minutes"] == basis["minutes_left"]
    weeks = basis["estimated_minutes"] / found["goal_minutes"]
    days = (dt.date.fromisoformat(found["planned_on"]) - today).days
    assert abs(days + 1 - 7 * weeks) <= 1


def test_weeks_of_work_make_a_forecast(ask, cast, today):
    work(cast.enrollment, days_before(today, 70), minutes=120)
    target = today + 600 * ONE
    Enrollment.objects.filter(pk=cast.enrollment.pk).update(target_date=target)
    found = ask()
    assert (found["kind"], found["reason"], found["planned_on"]) == ("forecast", None, None)
    finish = found["finish"]
    assert today.isoformat() < finish["early"] < finish["middle"] < finish["late"]
    assert len(found["basis"]["weeks"]) == 9
    assert 360 <= found["basis"]["pace_minutes"] <= 480
    assert [option["more_minutes"] for option in found["options"]] == [60 * n for n in range(1, 11)]
    middles = [finish["middle"], *(one["finish"]["middle"] for one in found["options"])]
    assert middles == sorted(middles, reverse=True)
    assert found["target"]["on"] == target.isoformat()
    assert 0 <= found["target"]["chance"] <= 100
    assert found["target"]["weekly_minutes"] > 0


def test_weeks_without_work_are_said(ask, cast, today):
    work(cast.enrollment, days_before(today - 40 * ONE, 70))
    assert ask()["reason"] == "no_recent_work"


def test_work_of_long_ago_only_is_no_recent_work(ask, cast, today):
    work(cast.enrollment, days_before(today - 400 * ONE, 70))
    assert ask()["reason"] == "no_recent_work"


def test_what_is_taken_back_does_not_count(ask, cast, today):
    rows = work(cast.enrollment, days_before(today, 70))
    assert ask()["kind"] == "forecast"
    LogVoid.objects.bulk_create(
        LogVoid(id=uuid7(), enrollment=cast.enrollment, entry_id=row.pk, created_at=NOW)
        for row in rows
    )
    found = ask()
    assert found["kind"] == "plan"
    assert found["basis"]["pace_minutes"] == 0


def test_a_planned_pause_moves_the_range_by_its_days(ask, cast, today):
    work(cast.enrollment, days_before(today, 70))
    before = ask()["finish"]
    now = dt.datetime.now(dt.UTC)
    pause = Pause.objects.create(
        enrollment=cast.enrollment,
        starts_on=today + ONE,
        ends_on=today + 14 * ONE,
        created_at=now,
        changed_at=now,
    )
    after = ask()["finish"]
    for end in ("early", "middle", "late"):
        moved = dt.date.fromisoformat(after[end]) - dt.date.fromisoformat(before[end])
        assert moved == 14 * ONE
    Pause.objects.filter(pk=pause.pk).update(starts_on=today, ends_on=None)
    found = ask()
    assert (found["kind"], found["reason"], found["finish"]) == ("paused", "open_pause", None)
    assert found["weeks"]["early"] < found["weeks"]["late"]


def test_hours_on_complete_milestones_correct_the_estimates(as_, cast, ask, today):
    work(cast.enrollment, days_before(today, 70), key="problem-solving", minutes=300)
    before = ask()
    me = as_(cast.learner)
    url = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/problem-solving/completion"
    assert me.put(url).status_code == 200
    after = ask()
    assert before["basis"]["compared_milestones"] == 0
    assert after["basis"]["compared_milestones"] == 1
    assert after["basis"]["ratio"] > 1
    assert after["milestones_left"] == before["milestones_left"] - 1


def test_a_degree_counts_when_it_is_begun(ask, cast, today):
    found = ask()
    left_out = found["left_out"]
    assert left_out
    work(cast.enrollment, [today - ONE], key=left_out[0]["key"])
    again = ask()
    assert len(again["left_out"]) == len(left_out) - 1
    assert again["milestones_left"] == found["milestones_left"] + 1


def test_a_mentor_sees_it_and_a_stranger_does_not(as_, cast):
    url = f"/api/v1/enrollments/{cast.enrollment.pk}/forecast"
    assert as_(cast.mentor).get(url).status_code == 200
    assert as_(cast.stranger).get(url).status_code == 404


def test_ten_thousand_entries_cost_no_more_queries(as_, cast, today):
    client, url = as_(cast.learner), f"/api/v1/enrollments/{cast.enrollment.pk}/forecast"

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    work(cast.enrollment, days_before(today, 20))
    client.get(url)  # compiles the edition
    few = count()
    work(cast.enrollment, [today - (n % 300) * ONE for n in range(9_990)], minutes=1)
    assert count() == few
