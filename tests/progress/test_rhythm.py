"""The rhythm through the API: weeks, goals that change, and a fixed cost."""

import datetime as dt
import zoneinfo

import pytest
import time_machine

from progress.models import EarlierGoal, LogEntry, LogVoid
from tests.api.test_query_counts import count
from tests.factories import NOW, make_enrollment, make_person, new_id

pytestmark = pytest.mark.django_db
START = NOW - dt.timedelta(weeks=10, days=6)  # a Monday
DAY = dt.timedelta(days=1)


@pytest.fixture
def learner():
    return make_person("Lin", time_zone="Europe/Berlin")


@pytest.fixture
def way(learner):
    with time_machine.travel(START, tick=False):
        return make_enrollment(learner, now=START, weekly_minutes=100)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):  # Sunday, 22 November 2026
        yield


def logged(way, minutes, key="python-programming", zone="Europe/Berlin"):
    LogEntry.objects.bulk_create(
        LogEntry(
            id=new_id(),
            enrollment=way,
            milestone_key=key,
            day=START.date() + DAY * number,
            time_zone=zone,
            minutes=some,
            created_at=NOW,
        )
        for number, some in minutes.items()
    )


def rhythm(client, way, query=""):
    response = client.get(f"/api/v1/enrollments/{way.pk}/rhythm{query}")
    assert response.status_code == 200, response.content
    return response.json()


def states(found):
    return [week["state"] for week in found["weeks"]][-11:]


def test_weeks_kept_in_a_row(as_, learner, way):
    logged(way, {0: 100, 7: 100, 14: 99, 21: 60, 27: 60, 30: 100, 70: 40})
    found = rhythm(as_(learner), way)
    assert states(found) == ["kept", "kept", "short", "kept", "kept"] + ["short"] * 5 + [
        "under_way"
    ]
    assert found["runs"] == {"kept": 4, "asked": 10, "current": 0, "best": 2}
    assert len(found["weeks"]) == 53
    assert found["weeks"][0]["state"] == "rest"  # before the start
    assert found["week"] == found["weeks"][-1]
    assert found["week"]["days"] == [40, 0, 0, 0, 0, 0, 0]
    assert found["today"] == "2026-11-22"
    assert found["minutes"] == 559


def test_a_pause_afterwards_mends_the_run(as_, learner, way):
    logged(way, {number * 7: 100 for number in (0, 1, 2, 5, 6)})
    me = as_(learner)
    assert rhythm(me, way)["runs"]["best"] == 3
    three_weeks_in = START.date() + DAY * 21
    body = {"starts_on": str(three_weeks_in), "ends_on": str(three_weeks_in + DAY * 13)}
    assert me.post(f"/api/v1/enrollments/{way.pk}/pauses", body).status_code == 201
    found = rhythm(me, way)
    assert states(found)[3:5] == ["rest", "rest"]
    assert found["runs"]["best"] == 5


def test_a_past_week_is_judged_by_its_own_goal(as_, learner, way):
    logged(way, {number * 7: 100 for number in range(11)})
    me = as_(learner)
    assert rhythm(me, way)["runs"]["current"] == 11
    me.patch(f"/api/v1/enrollments/{way.pk}", {"weekly_minutes": 300})
    found = rhythm(me, way)
    assert found["weekly_minutes"] == found["week"]["goal_minutes"] == 300
    assert found["week"]["state"] == "under_way"
    assert found["runs"]["current"] == 10
    assert found["weeks"][-2]["goal_minutes"] == 100
    me.patch(f"/api/v1/enrollments/{way.pk}", {"weekly_minutes": 200})  # the same week again
    assert rhythm(me, way)["weeks"][-2]["goal_minutes"] == 100
    assert EarlierGoal.objects.count() == 1


def test_the_maps_week_asks_for_the_share_of_unpaused_days(as_, learner, way):
    me = as_(learner)
    body = {"starts_on": "2026-11-20", "ends_on": None}
    assert me.post(f"/api/v1/enrollments/{way.pk}/pauses", body).status_code == 201
    week = me.get(f"/api/v1/enrollments/{way.pk}/map").json()["week"]
    assert week["goal_minutes"] == 57  # 100 × 4 ÷ 7
    assert [day["paused"] for day in week["days"]] == [False] * 4 + [True] * 3


def test_moving_to_another_zone_moves_no_day(as_, learner, way):
    logged(way, dict.fromkeys(range(76), 10))  # over the end of summer time
    before = rhythm(as_(learner), way)
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        type(learner).objects.filter(pk=learner.pk).update(time_zone=zone)
        today = NOW.astimezone(zoneinfo.ZoneInfo(zone)).date()
        after = rhythm(as_(learner), way)
        assert after["today"] == str(today)
        days = {week["starts_on"]: week["days"] for week in after["weeks"]}
        for week in before["weeks"][1:]:
            assert days[week["starts_on"]] == week["days"]


def test_a_year_has_its_iso_weeks(as_, learner, way):
    found = rhythm(as_(learner), way, "?year=2026")
    assert len(found["weeks"]) == 53
    assert found["weeks"][0]["starts_on"] == "2025-12-29"
    assert found["weeks"][-1]["starts_on"] == "2026-12-28"
    assert len(rhythm(as_(learner), way, "?year=2025")["weeks"]) == 52


@pytest.mark.parametrize("query", ["?year=0", "?year=99999", "?year=now", "?until=2026-01-01"])
def test_years_that_are_none(as_, learner, way, query):
    response = as_(learner).get(f"/api/v1/enrollments/{way.pk}/rhythm{query}")
    assert response.status_code == 400


def test_where_the_time_went(as_, learner, way):
    logged(way, {0: 100, 1: 20})
    logged(way, {0: 30}, key="data-analysis")
    logged(way, {3: 7}, key="of-an-earlier-edition")
    found = rhythm(as_(learner), way)
    first, second = found["milestones"]
    assert (first["key"], first["minutes"]) == ("python-programming", 120)
    assert first["estimate_minutes"] > 0
    assert second["key"] == "data-analysis"
    assert sum(stage["minutes"] for stage in found["stages"]) == 150
    assert sum(kind["minutes"] for kind in found["kinds"]) == 150
    assert found["elsewhere_minutes"] == 7
    assert found["minutes"] == 157


def test_what_was_taken_back_does_not_count(as_, learner, way):
    logged(way, {0: 100, 7: 100})
    first = LogEntry.objects.get(day=START.date())
    LogVoid.objects.create(id=new_id(), enrollment=way, entry_id=first.pk, created_at=NOW)
    found = rhythm(as_(learner), way)
    assert (found["minutes"], found["runs"]["kept"]) == (100, 1)
    assert sum(stage["minutes"] for stage in found["stages"]) == 100


@pytest.mark.parametrize("path", ["rhythm", "map"])
def test_ten_entries_and_ten_thousand_cost_the_same(as_, learner, way, path):
    client, url = as_(learner), f"/api/v1/enrollments/{way.pk}/{path}"
    logged(way, dict.fromkeys(range(10), 5))
    few = count(client, url)
    for _ in range(135):
        logged(way, dict.fromkeys(range(74), 1))
    assert LogEntry.objects.filter(enrollment=way).count() == 10_000
    assert count(client, url) == few
