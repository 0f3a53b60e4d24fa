"""SQL queries per endpoint: pinned, and the same for one row and for many."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from progress.commands.announce import announce
from progress.commands.invite_list import invite_list
from progress.models import LogEntry
from tests.access.conftest import things  # noqa: F401 (a fixture)
from tests.factories import NOW, make_enrollment, make_mentorship, make_person, new_id

pytestmark = pytest.mark.django_db
SIGNED_IN = 2  # the session and the person
COUNTS = {
    "/pathways": 1,
    "/pathways/{slug}": 1,
    "/pathways/{slug}/editions": 2,
    "/pathways/{slug}/editions/1": 1,
    "/me": 0,
    "/enrollments": 2,
    "/enrollments/{id}": 2,
    "/enrollments/{id}/map": 6,
    "/enrollments/{id}/rhythm": 5,
    "/enrollments/{id}/sessions": 2,
    "/enrollments/{id}/pauses": 2,
    "/enrollments/{id}/pauses/{pause_id}": 2,
    "/enrollments/{id}/milestones/python-programming": 11,
    "/enrollments/{id}/explanation": 3,
    "/enrollments/{id}/readiness": 2,
    "/enrollments/{id}/forecast": 5,
    "/enrollments/{id}/track-options": 2,
    "/enrollments/{id}/risk": 7,
    "/enrollments/{id}/timeline": 6,
    "/enrollments/{id}/imports": 2,
    "/imports/{import}": 1,
    "/log-entries": 1,
    "/timer": 1,
    "/evidence": 2,
    "/evidence?enrollment={id}&milestone=python-programming": 3,
    "/submissions": 5,
    "/submissions/{submission}": 11,  # some more if there are earlier rounds
    "/enrollments/{id}/milestones/problem-solving/comments": 5,
    "/enrollments/{id}/milestones/python-programming/promise": 10,
    "/saved-comments": 1,
    "/mentorships": 1,
    "/mentor-profile": 4,
    "/leaves": 1,
    "/cohorts": 4,
    "/cohorts/{cohort}": 4,
    "/cohorts/{cohort}/members": 2,
    "/cohorts/{cohort}/announcements": 2,
    "/invitations": 1,
    "/notification-preferences": 2,
    "/snoozes": 1,
    "/nudges/preview": 33,
    "/calendar-feeds": 1,
    "/push-subscriptions": 2,
    "/push-subscriptions/key": 1,
    "/mail-suppressions": 1,
}


def count(client, url):
    client.get(url)  # the first time compiles the edition
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200, response.content
    return len(queries) - SIGNED_IN


def many(cast):
    """A hundred log entries, and many waiting submissions beside the learner's own."""
    LogEntry.objects.bulk_create(
        LogEntry(
            id=new_id(),
            enrollment=cast.enrollment,
            milestone_key="python-programming",
            day=NOW.date() - dt.timedelta(days=number % 30),
            time_zone="UTC",
            minutes=5,
            created_at=NOW,
        )
        for number in range(100)
    )


@pytest.mark.parametrize("path", COUNTS)
def test_queries_are_pinned(path, cast, as_, things):  # noqa: F811
    client, url = as_(cast.learner), "/api/v1" + path.format(**things)
    few = count(client, url)
    many(cast)
    assert (few, count(client, url)) == (COUNTS[path], COUNTS[path])


def test_what_operators_read_costs_the_same_whatever_is_in_the_ledger(cast, as_, things):  # noqa: F811
    costs = {"/api/v1/deliveries/summary": 9, "/api/v1/deliveries/undelivered": 1}
    assert {url: count(as_(cast.admin), url) for url in costs} == costs


def test_what_coordinators_read_costs_the_same_for_many(cast, as_, things):  # noqa: F811
    way = f"/api/v1/cohorts/{cast.cohort.pk}"
    costs = {f"{way}/announcements": 2, f"{way}/invitation-lists": 3}
    assert {url: count(as_(cast.coordinator), url) for url in costs} == costs
    for days_ago in (6, 4, 2):
        for number in range(9):
            announce(
                person=cast.coordinator,
                cohort=cast.cohort,
                announcement_id=new_id(),
                audience="learners",
                title=f"Note {number}",
                body="Read it.",
                now=NOW - dt.timedelta(days=days_ago),
            )
    for number in range(10):
        invite_list(
            person=cast.coordinator,
            cohort=cast.cohort,
            list_id=new_id(),
            content=f"guest{number}@example.org\n",
            part="learner",
            message="",
            skip_refused=False,
            now=NOW,
        )
    assert {url: count(as_(cast.coordinator), url) for url in costs} == costs


def test_the_queue_costs_the_same_for_many(cast, as_, things):  # noqa: F811
    from tests.progress.test_reviewing import submit

    mentor = as_(cast.mentor)
    queue = "/api/v1/review-queue"
    costs = {queue: 1, f"{queue}?scope=cohort&shelf=all": 1, f"{queue}/counts": 2}
    assert {url: count(mentor, url) for url in costs} == costs
    for _ in range(5):
        enrollment = make_enrollment(make_person())
        make_mentorship(cast.mentor, enrollment.learner)
        assert submit(as_(enrollment.learner), enrollment).status_code == 201
    assert len(mentor.get("/api/v1/review-queue").json()["results"]) == 6
    assert {url: count(mentor, url) for url in costs} == costs
