"""On what terms somebody mentors: capacity, kinds, pathways, languages, leave."""

import datetime as dt

import pytest
import time_machine

from notifications.models import Notification
from notifications.nudges.planning import plan
from progress.models import Leave, MentorProfile, Submission
from tests.at_once import at_once
from tests.factories import (
    MLE,
    NOW,
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
)
from tests.notifications.acts import decide, deliver
from tests.notifications.acts import submit as submit_now

pytestmark = pytest.mark.django_db
PROFILE = "/api/v1/mentor-profile"
LEAVES = "/api/v1/leaves"
NO_TERMS = {
    "weekly_capacity": None,
    "kinds": [],
    "pathways": [],
    "languages": [],
    "reviewed_this_week": 0,
    "away_until": None,
}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def waiting(cast):
    return submit_now(cast.enrollment)


def code(response):
    return response.status_code, response.json()["code"]


def offered(person, now=NOW):
    return list(Submission.objects.offered_to(person, now))


def terms(person, **fields):
    MentorProfile.objects.create(person=person, changed_at=NOW, **fields)


def test_without_terms_everything_is_offered(as_, cast, waiting, clock):
    assert as_(cast.mentor).get(PROFILE).json() == NO_TERMS
    assert offered(cast.mentor) == [waiting]


def test_terms_are_set_as_a_whole(as_, cast, clock):
    me = as_(cast.mentor)
    wanted = {"weekly_capacity": 4, "kinds": ["project"], "pathways": [MLE], "languages": ["en"]}
    assert me.put(PROFILE, wanted).json() == {**NO_TERMS, **wanted}
    assert me.put(PROFILE, {"weekly_capacity": 0}).json() == {**NO_TERMS, "weekly_capacity": 0}
    assert as_(cast.other_mentor).get(PROFILE).json() == NO_TERMS


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"weekly_capacity": -1}, (400, "invalid")),
        ({"weekly_capacity": 501}, (400, "invalid")),
        ({"weekly_capacity": "4"}, (400, "invalid")),
        ({"kinds": ["essay"]}, (400, "invalid")),
        ({"languages": ["xx"]}, (400, "invalid")),
        ({"pathways": ["nowhere"]}, (422, "unknown-pathway")),
        ({"mood": "good"}, (400, "unknown-field")),
    ],
)
def test_refused_terms(as_, cast, wrong, expected):
    assert code(as_(cast.mentor).put(PROFILE, wrong)) == expected
    assert not MentorProfile.objects.exists()


def test_a_negative_capacity_is_named_at_its_field(as_, cast):
    (error,) = as_(cast.mentor).put(PROFILE, {"weekly_capacity": -1}).json()["errors"]
    assert error["field"] == "weekly_capacity"
    assert "greater than or equal to 0" in error["detail"]


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"kinds": ["skill"]}, True),
        ({"kinds": ["project", "degree"]}, False),
        ({"pathways": [MLE]}, True),
        ({"pathways": ["data-engineering"]}, False),
        ({"languages": ["en"]}, True),
        ({"languages": ["de"]}, False),
        ({"weekly_capacity": 0}, False),
        ({"weekly_capacity": 1}, True),
    ],
)
def test_what_is_offered_fits_the_terms_and_may_be_reviewed_in_any_case(
    cast, waiting, fields, fits
):
    assert waiting.milestone_kind == "skill"
    terms(cast.mentor, **fields)
    assert bool(offered(cast.mentor)) is fits
    assert Submission.objects.reviewable_by(cast.mentor).count() == 1


def test_a_round_of_an_unknown_kind_suits_everybody(cast, waiting):
    Submission.objects.update(milestone_kind="")
    terms(cast.mentor, kinds=["degree"])
    assert offered(cast.mentor) == [waiting]


def test_the_week_begins_on_monday_where_the_mentor_lives(cast, waiting):
    """NOW is a Sunday, 12:00 UTC: in Auckland it has been Monday for an hour."""
    learner = make_person()
    make_mentorship(cast.mentor, learner)
    decide(submit_now(make_enrollment(learner)), cast.mentor, now=NOW - dt.timedelta(hours=2))
    terms(cast.mentor, weekly_capacity=1)
    assert offered(cast.mentor) == []
    cast.mentor.time_zone = "Pacific/Auckland"
    cast.mentor.save(update_fields=["time_zone"])
    assert offered(cast.mentor) == [waiting]
    today_there = NOW - dt.timedelta(minutes=30)
    Submission.objects.filter(decided_by=cast.mentor).update(decided_at=today_there)
    assert offered(cast.mentor) == []


def test_a_leave_has_days(as_, cast, clock):
    me = as_(cast.mentor)
    made = me.post(LEAVES, {"starts_on": "2026-11-22", "ends_on": "2026-11-24"})
    assert made.status_code == 201
    assert me.get(PROFILE).json()["away_until"] == "2026-11-24"
    listed = me.get(LEAVES).json()["results"]
    assert listed == [made.json()]
    assert as_(cast.other_mentor).get(LEAVES).json()["results"] == []
    assert me.delete(f"{LEAVES}/{made.json()['id']}").status_code == 204
    assert me.get(PROFILE).json()["away_until"] is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        ("2026-12-02", "2026-12-01", (422, "leave-dates")),
        ("2026-11-01", "2026-11-21", (422, "leave-dates")),
        ("2026-12-10", "2026-12-12", (409, "leave-overlaps")),
        ("2026-12-05", "2026-12-10", (409, "leave-overlaps")),
        ("2026-11-31", "2026-12-01", (400, "invalid")),
    ],
)
def test_refused_leaves(as_, cast, clock, starts_on, ends_on, expected):
    me = as_(cast.mentor)
    me.post(LEAVES, {"starts_on": "2026-12-10", "ends_on": "2026-12-20"})
    assert code(me.post(LEAVES, {"starts_on": starts_on, "ends_on": ends_on})) == expected
    assert Leave.objects.count() == 1


def test_leaves_may_touch(as_, cast, clock):
    me = as_(cast.mentor)
    for days in (("2026-12-10", "2026-12-20"), ("2026-12-21", "2026-12-21")):
        asked = dict(zip(("starts_on", "ends_on"), days, strict=True))
        assert me.post(LEAVES, asked).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_of_the_same_leave_from_two_devices_one_stands(as_):
    person = make_person()
    days = {"starts_on": "2099-12-10", "ends_on": "2099-12-20"}
    answers = at_once(*[lambda: as_(person).post(LEAVES, days).status_code for _ in range(4)])
    assert sorted(answers) == [201, 409, 409, 409]
    assert Leave.objects.count() == 1


def test_a_leave_is_on_by_the_calendar_where_the_mentor_lives(cast, waiting):
    leave = Leave.objects.create(
        person=cast.mentor,
        starts_on=dt.date(2026, 11, 23),
        ends_on=dt.date(2026, 11, 23),
        created_at=NOW,
    )
    assert offered(cast.mentor) == [waiting]
    cast.mentor.time_zone = "Pacific/Auckland"
    cast.mentor.save(update_fields=["time_zone"])
    assert offered(cast.mentor) == []
    leave.refresh_from_db()
    assert offered(cast.mentor, NOW + dt.timedelta(hours=23)) == [waiting]


def told(kind):
    rows = Notification.objects.filter(kind=kind)
    return {row.person.name for row in rows.select_related("person")}


@pytest.fixture
def school(cast):
    """The learner's cohort gets two mentors; the mentor of their own is one of them as well."""
    make_member(cast.cohort, cast.mentor, "mentor")
    make_member(cast.cohort, make_person("Mia"), "mentor")
    other = make_cohort(make_person())
    make_member(other, cast.learner, "learner")
    make_member(other, make_person("Max"), "mentor")
    return cast.cohort


def away(person, days=30):
    Leave.objects.create(
        person=person,
        starts_on=NOW.date(),
        ends_on=NOW.date() + dt.timedelta(days=days),
        created_at=NOW,
    )


def test_mentors_of_a_cohort_are_reminded_once_each(cast, school, waiting):
    deliver()
    assert told("submission-submitted") == {"Mo Mentor", "Mia", "Max"}
    assert plan(now=NOW + dt.timedelta(days=3)) == 3
    assert told("review-waiting") == {"Mo Mentor", "Mia", "Max"}
    assert plan(now=NOW + dt.timedelta(days=4)) == 0


def test_who_is_away_full_or_reviews_other_things_is_left_in_peace(cast, school, waiting):
    away(cast.mentor)
    terms(school.members.get(person__name="Mia").person, kinds=["degree"])
    deliver()
    assert told("submission-submitted") == {"Max"}
    assert plan(now=NOW + dt.timedelta(days=3)) == 1
    assert told("review-waiting") == {"Max"}


def test_if_nobody_takes_such_work_all_are_told_of_it(cast, waiting):
    away(cast.mentor)
    deliver()
    assert told("submission-submitted") == {"Mo Mentor"}
    assert plan(now=NOW + dt.timedelta(days=3)) == 0


def test_back_from_leave_a_mentor_is_reminded(cast, waiting):
    away(cast.mentor, days=5)
    deliver()
    assert plan(now=NOW + dt.timedelta(days=5)) == 0
    assert plan(now=NOW + dt.timedelta(days=6)) == 1


def test_many_small_batches_find_the_same(cast, school, waiting):
    for _ in range(4):
        learner = make_person()
        make_member(school, learner, "learner")
        submit_now(make_enrollment(learner))
    deliver()
    assert plan(now=NOW + dt.timedelta(days=3), batch=2) == 3 + 4 * 2
