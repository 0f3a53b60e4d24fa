"""What a learner is told of the wait, before and after handing in."""

import datetime as dt

import pytest
import time_machine

from progress.models import Leave, MentorProfile, Submission
from tests.factories import NOW, make_cohort, make_member, make_mentorship, make_person
from tests.progress.promises import promised
from tests.progress.test_review_queue import KEY, make_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ask(as_, cast):
    """Return a function: the promise to the cast's learner."""
    client = as_(cast.learner)

    def asked(key=KEY):
        return promised(client, cast.enrollment, key)

    return asked


def make_answered(mentor, *, took, **more):
    """A round of another learner that `mentor` answered after `took` days."""
    one = make_waiting(mentor, days=took + 10, **more)
    decided_at = one.submitted_at + dt.timedelta(days=took)
    Submission.objects.filter(pk=one.pk).update(
        state="approved", decided_by=mentor, decided_at=decided_at
    )


def test_too_little_to_go_on(ask, cast):
    for _ in range(4):
        make_answered(cast.mentor, took=2)
    found = ask()
    assert (found["kind"], found["answered"], found["early_days"]) == ("too_little", 4, None)
    assert (found["place"], found["mentors"], found["waiting_since"]) == (1, 1, None)


def test_a_range_from_what_others_waited(ask, cast):
    for took in (2, 3, 3, 4, 5):
        make_answered(cast.mentor, took=took)
    make_answered(cast.other_mentor, took=60)  # never this learner's
    assert ask() == {
        "kind": "range",
        "early_days": 2,
        "late_days": 4,
        "not_before": 0,
        "answered": 5,
        "unanswered": 0,
        "place": 1,
        "waiting_since": None,
        "mentors": 1,
        "away": 0,
        "ladder": None,
        "second_opinion": None,
    }


def test_those_who_wait_still_make_it_longer(ask, cast):
    for took in (2, 3, 3, 4, 5):
        make_answered(cast.mentor, took=took)
    for _ in range(5):
        make_waiting(cast.mentor, days=20)
    found = ask()
    assert (found["early_days"], found["late_days"]) == (3, None)
    assert (found["unanswered"], found["place"]) == (5, 6)


def test_ones_own_place_in_line(ask, cast):
    make_waiting(cast.mentor, days=3)
    make_waiting(cast.mentor, days=40)  # nobody has seen its learner for weeks
    Submission.objects.create(
        enrollment=cast.enrollment,
        milestone_key=KEY,
        round=1,
        submitted_at=NOW - dt.timedelta(days=2),
    )
    make_waiting(cast.mentor, days=1)
    found = ask()
    assert (found["place"], found["waiting_since"]) == (2, "2026-11-20T12:00:00Z")


def test_leave_and_capacity(ask, cast):
    for _ in range(5):
        make_answered(cast.mentor, took=1)
    Leave.objects.create(
        person=cast.mentor,
        starts_on=NOW.date(),
        ends_on=NOW.date() + dt.timedelta(days=9),
        created_at=NOW,
    )
    found = ask()
    assert (found["early_days"], found["late_days"], found["away"]) == (10, 10, 1)
    colleague = make_person("Olu")
    make_mentorship(colleague, cast.learner)
    assert ask()["early_days"] == 1
    MentorProfile.objects.create(person=colleague, weekly_capacity=0, changed_at=NOW)
    assert ask()["early_days"] == 10


def test_mentors_of_the_cohort_count(ask, cast):
    make_member(cast.cohort, make_person("Olu"), "mentor")
    assert ask()["mentors"] == 2
    make_member(make_cohort(name="Another"), make_person("Nia"), "mentor")
    assert ask()["mentors"] == 2


def test_nobody_is_there(as_, cast):
    client = as_(cast.learner)
    mentorship = client.get("/api/v1/mentorships").json()["results"][0]
    assert client.delete(f"/api/v1/mentorships/{mentorship['id']}").status_code == 204
    url = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones"
    assert client.get(f"{url}/{KEY}/promise").json()["kind"] == "nobody"
    assert client.get(f"{url}/nonsense/promise").status_code == 404


def test_one_verifies_it_oneself(ask):
    assert ask("problem-solving")["kind"] == "not_needed"
