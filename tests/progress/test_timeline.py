"""The timeline: everything that happened on an enrollment, the latest first."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.models import OutboxEvent
from tests.factories import NOW, make_enrollment, make_person, new_id
from tests.progress.test_reviewing import APPROVE, SUBMISSIONS, submit
from tests.progress.test_upgrading import publish_second

pytestmark = pytest.mark.django_db
KEY = "python-programming"


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def url(cast, clock):
    return f"/api/v1/enrollments/{cast.enrollment.pk}/timeline"


def log(client, enrollment, key=KEY, minutes=45, note="A note", day="2026-11-22"):
    body = {
        "id": new_id(),
        "enrollment_id": str(enrollment.pk),
        "milestone_key": key,
        "day": day,
        "minutes": minutes,
        "note": note,
    }
    response = client.post("/api/v1/log-entries", body)
    assert response.status_code == 201, response.content
    return response.json()


def types(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200, response.content
    return [one["type"].removesuffix(".v1") for one in response.json()["results"]]


def test_a_story(as_, cast, url, clock):
    me, mentor = as_(cast.learner), as_(cast.mentor)
    clock.shift(60)
    log(me, cast.enrollment)
    clock.shift(60)
    submission = submit(me, cast.enrollment).json()["id"]
    clock.shift(60)
    mentor.put(f"{SUBMISSIONS}/{submission}/claim")
    assert mentor.post(f"{SUBMISSIONS}/{submission}/decision", APPROVE).status_code == 201
    clock.shift(60)
    me.patch(url.removesuffix("/timeline"), {"role": "data-scientist", "weekly_minutes": 360})
    for reader in (me, mentor):
        found = reader.get(url).json()["results"]
        told = {one["type"].removesuffix(".v1"): one for one in found}
        assert [one["occurred_at"] for one in found] == sorted(
            (one["occurred_at"] for one in found), reverse=True
        )
        assert told["log_entry.recorded"] == {
            "id": told["log_entry.recorded"]["id"],
            "type": "log_entry.recorded.v1",
            "group": "log",
            "occurred_at": "2026-11-22T12:01:00Z",
            "day": "2026-11-22",
            "subject_id": told["log_entry.recorded"]["subject_id"],
            "actor": {"id": str(cast.learner.pk), "name": "Lin Learner"},
            "milestone": {"key": KEY, "title": "Programming in Python"},
            "details": told["log_entry.recorded"]["details"],
            "labels": {},
            "title": "",
            "text": "A note",
            "url": "",
            "undone": False,
        }
        assert told["log_entry.recorded"]["details"]["minutes"] == 45
        decided = told["submission.decided"]
        assert (decided["actor"]["name"], decided["text"]) == ("Mo Mentor", APPROVE["feedback"])
        assert (decided["details"]["round"], decided["details"]["outcome"]) == (1, "approved")
        changed = told["enrollment.changed"]  # the same weekly minutes again are no change
        assert changed["details"] == {"role": "data-scientist"}
        assert changed["labels"] == {"role": "Data scientist"}
        assert found[-1]["type"] == "enrollment.started.v1"


def test_nothing_changed_tells_nothing(as_, cast, url):
    me = as_(cast.learner)
    way = url.removesuffix("/timeline")
    assert me.patch(way, {"weekly_minutes": 360, "target_date": None}).status_code == 200
    assert types(me, url) == ["enrollment.started"]
    me.patch(way, {"target_date": "2027-06-01"})
    me.patch(way, {"target_date": None})
    details = [one["details"] for one in me.get(url).json()["results"]][:2]
    assert details == [{"target_date": ""}, {"target_date": "2027-06-01"}]


def test_names_are_those_of_now(as_, cast, url):
    cast.learner.name = "Lin Later"
    cast.learner.save(update_fields=["name"])
    assert as_(cast.mentor).get(url).json()["results"][0]["actor"]["name"] == "Lin Later"


def test_filters(as_, cast, url, clock):
    me = as_(cast.learner)
    clock.shift(dt.timedelta(days=1))
    log(me, cast.enrollment)
    log(me, cast.enrollment, key="problem-solving")
    assert me.put(f"{url.removesuffix('timeline')}milestones/problem-solving/completion")
    assert types(me, url, group="log") == ["log_entry.recorded"] * 2
    assert types(me, url, group="enrollment") == ["enrollment.started"]
    assert types(me, url, group="milestones") == ["milestone.completed"]
    assert types(me, url, group="reviews") == []
    assert types(me, url, milestone="problem-solving", group="log") == ["log_entry.recorded"]
    assert types(me, url, to="2026-11-22") == ["enrollment.started"]
    assert "enrollment.started" not in types(me, url, **{"from": "2026-11-23"})
    assert types(me, url, **{"from": "2026-11-22", "to": "2026-11-22"}) == ["enrollment.started"]
    assert types(me, url, **{"from": "0001-01-01", "to": "9999-12-31"})


def test_days_are_the_learners_own(as_, clock):
    samoa = make_person("Sefa", time_zone="Pacific/Apia")  # UTC+13: the 23rd has begun
    url = f"/api/v1/enrollments/{make_enrollment(samoa).pk}/timeline"
    me = as_(samoa)
    assert me.get(url).json()["results"][0]["day"] == "2026-11-23"
    assert types(me, url, to="2026-11-22") == []
    assert types(me, url, **{"from": "2026-11-23"}) == ["enrollment.started"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("group=gossip", "group"),
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("from=2026-11-23&to=2026-11-22", "to"),
        ("milestone=" + "k" * 81, "milestone"),
        ("milestone=a%00", "milestone"),
        ("kind=log", "kind"),
    ],
)
def test_filters_that_are_none(as_, cast, url, query, field):
    response = as_(cast.learner).get(f"{url}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == field


def test_pages_skip_and_repeat_nothing(as_, cast, url, clock):
    me = as_(cast.learner)
    for number in range(7):  # in threes, what one moment brought
        clock.shift(1 if number % 3 == 0 else 0)
        log(me, cast.enrollment, minutes=number + 1)
    found, following = [], f"{url}?limit=2"
    while following:
        page = me.get(following).json()
        found += [one["details"].get("minutes") for one in page["results"]]
        following = page["next"]
    assert [minutes for minutes in found if minutes] == [7, 6, 5, 4, 3, 2, 1]


def test_keys_of_an_earlier_edition_have_the_title_they_had(as_, cast, url):
    me = as_(cast.learner)
    log(me, cast.enrollment)
    log(me, cast.enrollment, key="limits-of-a-model")
    publish_second()
    upgraded = me.post(f"{url.removesuffix('timeline')}upgrade", {"edition": 2})
    assert upgraded.status_code == 201, upgraded.content
    titles = {
        one["milestone"]["key"]: one["milestone"]["title"]
        for one in me.get(url, {"group": "log"}).json()["results"]
    }
    assert set(titles) == {KEY, "limits-of-a-model"}
    assert titles[KEY] == "Programming in Python"
    assert titles["limits-of-a-model"] != "limits-of-a-model"
    assert len(types(me, url, milestone="programming", group="log")) == 1


def test_an_event_nobody_has_words_for_is_told_all_the_same(as_, cast, url):
    OutboxEvent.objects.create(
        type="badge.earned.v1",
        occurred_at=NOW,
        subject_id=new_id(),
        enrollment_id=cast.enrollment.pk,
        data={"milestone": "of-a-later-edition"},
        due_at=NOW,
    )
    (badge, _) = as_(cast.learner).get(url).json()["results"]
    assert (badge["group"], badge["actor"]) == ("enrollment", None)
    assert badge["milestone"] == {"key": "of-a-later-edition", "title": "of-a-later-edition"}


def test_it_costs_the_same_for_10_and_for_10_000(as_, cast, url):
    me = as_(cast.learner)
    log(me, cast.enrollment)
    submit(me, cast.enrollment)

    def queries(query):
        with CaptureQueriesContext(connection) as counted:
            assert me.get(url, query).status_code == 200
        return len(counted)

    asked = ({}, {"group": "log"}, {"milestone": KEY}, {"from": "2026-01-01", "limit": "100"})
    few = [queries(query) for query in asked]
    OutboxEvent.objects.bulk_create(
        OutboxEvent(
            type="log_entry.recorded.v1",
            occurred_at=NOW - dt.timedelta(minutes=number),
            actor_id=cast.learner.pk,
            subject_id=new_id(),
            enrollment_id=cast.enrollment.pk,
            data={"milestone": KEY, "minutes": 5, "day": "2026-11-22"},
            due_at=NOW,
            delivered_at=NOW,
        )
        for number in range(10_000)
    )
    assert [queries(query) for query in asked] == few
