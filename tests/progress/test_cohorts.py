"""Cohorts: who is in them, and what that opens."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.commands.end_cohort import end_cohort
from progress.models import Cohort, CohortMember, Enrollment, OutboxEvent, Submission
from progress.models.cohort import CohortPart
from progress.queries.mentors import coordinators_of, mentors_of
from tests.at_once import at_once
from tests.factories import (
    NOW,
    approval,
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
)
from tests.progress.test_reviewing import submit

pytestmark = pytest.mark.django_db
COHORTS = "/api/v1/cohorts"
AUTUMN = {
    "name": "Autumn 2026",
    "pathway": "machine-learning-engineer",
    "starts_on": "2026-09-01",
    "ends_on": "2027-02-28",
}


@pytest.fixture
def school(db):
    """A cohort with a learner who submitted something, two mentors and a coordinator."""
    cohort = make_cohort(make_person("Cleo Coordinator"))
    for name, part in (("Lin", "learner"), ("Mo", "mentor"), ("Mia", "mentor")):
        make_member(cohort, make_person(name), part)
    return cohort


def the(cohort, part):
    return CohortMember.objects.filter(cohort=cohort, part=part).order_by("pk").first().person


@pytest.fixture
def waiting(as_, school):
    learner = the(school, "learner")
    enrollment = make_enrollment(learner)
    return submit(as_(learner), enrollment).json()["id"]


def code(response):
    return response.status_code, response.json()["code"]


def test_whoever_starts_a_cohort_coordinates_it(as_, cast):
    OutboxEvent.objects.all().delete()
    me = as_(cast.stranger)
    made = me.post(COHORTS, AUTUMN)
    assert made.status_code == 201
    body = made.json()
    assert body.pop("created_at")
    assert body.pop("id")
    assert body == {
        "name": "Autumn 2026",
        "pathway": {
            "slug": "machine-learning-engineer",
            "title": "Become a machine learning engineer",
        },
        "starts_on": "2026-09-01",
        "ends_on": "2027-02-28",
        "ended_at": None,
        "my_parts": ["coordinator"],
        "learners": 0,
        "mentors": 0,
        "coordinators": 1,
    }
    assert [row["name"] for row in me.get(COHORTS).json()["results"]] == ["Autumn 2026"]
    assert as_(cast.other_mentor).get(COHORTS).json()["results"] == []
    assert OutboxEvent.objects.filter(type="cohort.created.v1").count() == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ends_on": "2026-08-31"}, (422, "cohort-dates")),
        ({"pathway": "nowhere"}, (404, "not-found")),
        ({"name": ""}, (400, "invalid")),
        ({"name": "two\nlines"}, (400, "invalid")),
        ({"starts_on": "soon"}, (400, "invalid")),
        ({"colour": "red"}, (400, "unknown-field")),
    ],
)
def test_refused_cohorts(as_, cast, change, expected):
    before = Cohort.objects.count()
    assert code(as_(cast.stranger).post(COHORTS, {**AUTUMN, **change})) == expected
    assert Cohort.objects.count() == before


def test_a_coordinator_changes_name_and_dates(as_, school):
    me = as_(the(school, "coordinator"))
    where = f"{COHORTS}/{school.pk}"
    assert me.patch(where, {"ends_on": "2027-03-31"}).json()["ends_on"] == "2027-03-31"
    assert code(me.patch(where, {"ends_on": "2026-01-01"})) == (422, "cohort-dates")
    assert code(as_(the(school, "mentor")).patch(where, {"name": "Mine"})) == (
        403,
        "not-the-coordinator",
    )
    school.refresh_from_db()
    assert (school.name, school.ends_on) == ("Autumn 2026", dt.date(2027, 3, 31))
    me.delete(where)
    assert code(me.patch(where, {"name": "Late"})) == (409, "cohort-ended")


def test_a_learner_knows_who_helps_them_and_not_who_else_learns(as_, school):
    make_member(school, make_person("Liv"), "learner")
    where = f"{COHORTS}/{school.pk}/members"

    def names(person, query=""):
        return [row["person"]["name"] for row in as_(person).get(where + query).json()["results"]]

    assert names(the(school, "learner")) == ["Cleo Coordinator", "Lin", "Mo", "Mia"]
    everybody = ["Cleo Coordinator", "Lin", "Mo", "Mia", "Liv"]
    assert names(the(school, "mentor")) == names(the(school, "coordinator")) == everybody
    assert names(the(school, "mentor"), "?part=learner") == ["Lin", "Liv"]
    liv = CohortMember.objects.get(person__name="Liv")
    gone = as_(the(school, "learner")).delete(f"{where}/{liv.pk}")
    assert gone.status_code == 404


def test_the_mentors_of_a_cohort_share_a_queue(as_, school, waiting):
    for mentor in CohortMember.objects.filter(cohort=school, part="mentor"):
        client = as_(mentor.person)
        assert [row["id"] for row in client.get("/api/v1/review-queue").json()["results"]] == [
            waiting
        ]
        assert client.get(f"/api/v1/submissions/{waiting}").json()["may"]["claim"] is True
    mo = as_(the(school, "mentor"))
    assert mo.put(f"/api/v1/submissions/{waiting}/claim").status_code == 200
    said = approval("python-programming")
    assert mo.post(f"/api/v1/submissions/{waiting}/decision", said).status_code == 201


def test_a_coordinator_reads_and_does_not_review(as_, school, waiting):
    me = as_(the(school, "coordinator"))
    assert me.get("/api/v1/review-queue").json()["results"] == []
    seen = me.get(f"/api/v1/submissions/{waiting}")
    assert (seen.status_code, seen.json()["may"]["claim"]) == (200, False)
    claim = me.put(f"/api/v1/submissions/{waiting}/claim")
    assert code(claim) == (403, "not-their-mentor")


def test_another_pathway_stays_private(as_, school):
    learner = the(school, "learner")
    call_command("load_pathways", stdout=StringIO())
    other = {
        "pathway": "data-engineering",
        "track": "platform",
        "role": "platform-engineer",
        "weekly_minutes": 60,
    }
    private = as_(learner).post("/api/v1/enrollments", other).json()["id"]
    for part in ("mentor", "coordinator"):
        client = as_(the(school, part))
        assert client.get(f"/api/v1/enrollments/{private}").status_code == 404
        assert client.patch(f"/api/v1/enrollments/{private}", {}).status_code == 404


def test_nobody_reviews_their_own_work_whatever_they_are(as_, school, waiting):
    learner = the(school, "learner")
    make_member(school, learner, "mentor")
    me = as_(learner)
    assert me.get("/api/v1/review-queue").json()["results"] == []
    assert code(me.put(f"/api/v1/submissions/{waiting}/claim")) == (403, "own-work")


def leaving(as_, school, who, part, by=None):
    row = CohortMember.objects.get(cohort=school, person=who, part=part)
    return as_(by or who).delete(f"{COHORTS}/{school.pk}/members/{row.pk}")


@pytest.mark.parametrize("how", ["mentor leaves", "removed", "learner leaves", "cohort ends"])
def test_a_mentor_who_is_no_longer_one_hands_back_at_once(as_, school, waiting, how):
    learner, mentor = the(school, "learner"), the(school, "mentor")
    coordinator, client = the(school, "coordinator"), as_(the(school, "mentor"))
    assert client.put(f"/api/v1/submissions/{waiting}/claim").status_code == 200
    done = {
        "mentor leaves": lambda: leaving(as_, school, mentor, "mentor"),
        "removed": lambda: leaving(as_, school, mentor, "mentor", by=coordinator),
        "learner leaves": lambda: leaving(as_, school, learner, "learner"),
        "cohort ends": lambda: as_(coordinator).delete(f"{COHORTS}/{school.pk}"),
    }[how]()
    assert done.status_code == 204
    said = approval("python-programming")
    for refused in (
        client.get(f"/api/v1/submissions/{waiting}"),
        client.put(f"/api/v1/submissions/{waiting}/claim"),
        client.post(f"/api/v1/submissions/{waiting}/decision", said),
        client.get(f"/api/v1/enrollments/{Enrollment.objects.get(learner=learner).pk}"),
    ):
        assert refused.status_code == 404
    row = Submission.objects.get(pk=waiting)
    assert (row.state, row.claimed_by, row.claim_expires_at) == ("waiting", None, None)
    event = OutboxEvent.objects.get(type="submission.handed_back.v1")
    assert event.data == {
        "milestone": "python-programming",
        "round": 1,
        "mentor": str(mentor.pk),
    }
    others = as_(CohortMember.objects.filter(part="mentor").last().person)
    left = len(others.get("/api/v1/review-queue").json()["results"])
    assert left == (1 if how in {"mentor leaves", "removed"} else 0)


def test_a_claim_stays_with_a_mentor_who_still_is_one(as_, school, waiting):
    learner, mentor = the(school, "learner"), the(school, "mentor")
    mentorship = make_mentorship(mentor, learner)
    client = as_(mentor)
    client.put(f"/api/v1/submissions/{waiting}/claim")
    assert leaving(as_, school, mentor, "mentor").status_code == 204
    assert Submission.objects.get(pk=waiting).claimed_by == mentor
    assert client.delete(f"/api/v1/mentorships/{mentorship.pk}").status_code == 204
    assert Submission.objects.get(pk=waiting).claimed_by is None


def test_the_last_coordinator_stays(as_, school):
    coordinator = the(school, "coordinator")
    assert code(leaving(as_, school, coordinator, "coordinator")) == (409, "last-coordinator")
    make_member(school, the(school, "mentor"), "coordinator")
    assert leaving(as_, school, coordinator, "coordinator").status_code == 204
    assert as_(coordinator).get(f"{COHORTS}/{school.pk}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_leave_at_once_one_stays(as_):
    cohort = make_cohort()
    make_member(cohort, make_person(), "coordinator")
    rows = list(CohortMember.objects.filter(cohort=cohort))

    def go(row):
        url = f"{COHORTS}/{cohort.pk}/members/{row.pk}"
        return lambda: as_(row.person).delete(url).status_code

    assert sorted(at_once(*[go(row) for row in rows])) == [204, 409]
    assert CohortMember.objects.staying().filter(cohort=cohort).count() == 1


def test_who_left_may_come_back(as_, school):
    learner = the(school, "learner")
    leaving(as_, school, learner, "learner")
    make_member(school, learner, "learner")
    assert as_(learner).get(f"{COHORTS}/{school.pk}").json()["my_parts"] == ["learner"]


def test_who_may_review_is_the_same_from_both_sides(school):
    enrollment = make_enrollment(the(school, "learner"))
    make_mentorship(make_person("Own mentor"), enrollment.learner)
    make_member(school, enrollment.learner, "mentor")
    former = make_member(school, make_person("Former"), "mentor")
    former.leave(now=NOW)
    people = {row.person for row in CohortMember.objects.all()} | {
        m.mentor for m in enrollment.learner.mentorships_as_learner.all()
    }
    may = {
        person
        for person in people
        if Enrollment.objects.reviewable_by(person).filter(pk=enrollment.pk).exists()
    }
    assert set(mentors_of(enrollment)) == may
    assert {person.name for person in may} == {"Mo", "Mia", "Own mentor"}
    assert [person.name for person in coordinators_of(enrollment)] == ["Cleo Coordinator"]
    end_cohort(person=the(school, "coordinator"), cohort=school, now=NOW)
    assert [person.name for person in mentors_of(enrollment)] == ["Own mentor"]


def test_a_cohort_costs_the_same_for_many(as_, school):
    client, where = as_(the(school, "coordinator")), f"{COHORTS}/{school.pk}/members"

    def count(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    count(COHORTS)  # the first time compiles the edition
    few = [count(url) for url in (COHORTS, where)]
    for number in range(10):
        make_member(school, make_person(f"L{number}"), CohortPart.LEARNER)
        make_cohort(the(school, "coordinator"), name=f"Cohort {number}")
    assert [count(url) for url in (COHORTS, where)] == few
