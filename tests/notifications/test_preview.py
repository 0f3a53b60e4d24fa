"""The days ahead: what the preview says is what then happens."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from notifications.commands.choose_preferences import Chosen, choose_preferences
from notifications.commands.snooze import snooze
from notifications.models import Delivery, NotificationPreferences
from notifications.nudges.planning import plan
from notifications.policy import Choice
from notifications.queries.preview import preview
from progress.commands.plan_pause import plan_pause
from progress.models import LogEntry
from progress.states import SubmissionState
from tests.factories import (
    NOW,
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
    new_id,
)
from tests.notifications.acts import KEY, decide, deliver, submit
from tests.notifications.post import Postbox, send

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def lin(db):
    """A learner in Berlin who works an hour every other day, and stops now."""
    person = make_person("Lin", time_zone="Europe/Berlin")
    one = make_enrollment(
        person, now=NOW - 60 * DAY, target_date=(NOW + 35 * DAY).date(), weekly_minutes=300
    )
    for n in range(0, 56, 2):
        LogEntry.objects.create(
            id=new_id(),
            enrollment=one,
            milestone_key=KEY,
            day=(NOW - n * DAY).date(),
            time_zone="Europe/Berlin",
            minutes=60,
            created_at=NOW,
        )
    deliver(NOW)
    return one


def seen(person, now=NOW):
    return [(one.kind, one.at) for one in preview(person, now=now).items]


def live(person, moments):
    """What really happens, by a beat at each of these moments and every twelve hours."""
    ticks = {NOW + n * 12 * HOUR for n in range(28)} | set(moments)
    box = Postbox()
    for now in sorted(ticks):
        plan(now=now)
        send(box, now=now)
    sent = Delivery.objects.filter(person=person, state="sent").order_by("sent_at")
    return [(one.kind, one.sent_at) for one in sent]


def test_what_it_says_is_what_happens(lin):
    items = preview(lin.learner, now=NOW).items
    foreseen = [(one.kind, one.at) for one in items]
    assert {kind for kind, _ in foreseen} >= {"learner-digest", "quiet", "target-near"}
    assert live(lin.learner, {at for one in items for at in (one.at, one.inbox_at)}) == foreseen


def test_it_happens_in_a_mentors_week_too(lin):
    mentor = make_person("Mo", time_zone="America/New_York")
    make_mentorship(mentor, lin.learner)
    submission = submit(make_enrollment(make_person("Nia")), now=NOW)
    make_mentorship(mentor, submission.enrollment.learner)
    Delivery.objects.all().delete()
    foreseen = [one for one in seen(mentor) if one[0] != "review-waiting"]
    waits = [one for one in seen(mentor) if one[0] == "review-waiting"]
    assert len(waits) == 2  # the first step of the ladder, and the second
    assert {kind for kind, _ in foreseen} == {"mentee-quiet"} | {"mentor-digest"}


def test_only_the_mentors_of_a_cohort_hear_of_what_waits_in_it(lin):
    """Whoever learns or coordinates there is in the same cohort, and reviews nothing."""
    mentor, coordinator, nia = make_person("Mo"), make_person("Cleo"), make_person("Nia")
    cohort = make_cohort(coordinator)
    make_member(cohort, mentor, "mentor")
    for learner in (lin.learner, nia):
        make_member(cohort, learner, "learner")
    submit(make_enrollment(nia), now=NOW)
    waits = {
        person.name: [kind for kind, _ in seen(person) if kind == "review-waiting"]
        for person in (mentor, coordinator, nia, lin.learner)
    }
    assert waits == {"Mo": ["review-waiting"] * 2, "Cleo": [], "Nia": [], "Lin": []}


def test_the_policy_is_asked_with_a_later_clock(lin):
    choose_preferences(
        person=lin.learner,
        values={"weekly_cap": 0},
        choices=[Chosen("learner-digest", "email", Choice.OFF)],
    )
    fates = {one.kind: one.fates[0] for one in preview(lin.learner, now=NOW).items}
    assert fates["quiet"].dropped == "weekly-cap"
    assert fates["learner-digest"].dropped == "kind-off"


def test_what_is_snoozed_comes_when_the_snooze_is_over(lin):
    snooze(person=lin.learner, days=10, kind="target-near", now=NOW)
    found = {one.kind: one for one in preview(lin.learner, now=NOW).items}
    (fate,) = found["target-near"].fates
    assert (fate.at, fate.put_off_by) == (NOW + 10 * DAY, ("snoozed",))


def test_quiet_hours_put_off_and_say_so(lin):
    NotificationPreferences.objects.create(
        person=lin.learner, quiet_from=dt.time(16), quiet_until=dt.time(10)
    )
    found = {one.kind: one for one in preview(lin.learner, now=NOW).items}
    assert found["quiet"].fates[0].put_off_by == ("quiet-hours",)
    assert found["quiet"].fates[0].at.astimezone(lin.learner.zone).hour == 10
    assert found["quiet"].inbox_at.astimezone(lin.learner.zone).hour == 17


def test_a_pause_empties_it(lin):
    plan_pause(
        person=lin.learner,
        enrollment=lin,
        pause_id=None,
        starts_on=NOW.date(),
        ends_on=None,
        reason="",
        now=NOW,
    )
    assert seen(lin.learner) == []


def test_what_is_queued_and_no_longer_true_is_not_promised(lin):
    plan(now=NOW + 9 * DAY)
    assert "quiet" in {kind for kind, _ in seen(lin.learner, NOW + 9 * DAY)}
    LogEntry.objects.create(
        id=new_id(),
        enrollment=lin,
        milestone_key=KEY,
        day=(NOW + 9 * DAY).date(),
        time_zone="UTC",
        minutes=9,
        created_at=NOW,
    )
    (one,) = (
        one
        for one in preview(lin.learner, now=NOW + 9 * DAY).items
        if one.kind == "quiet" and one.inbox_at == NOW + 9 * DAY
    )
    assert one.fates[0].dropped == "heard-again"


def ask(person):
    client = APIClient()
    with time_machine.travel(NOW, tick=False):
        client.force_login(person)
        return client.get("/api/v1/nudges/preview")


def test_through_the_api(lin):
    NotificationPreferences.objects.create(person=lin.learner, nudges_by_email=False)
    answer = ask(lin.learner).json()
    assert answer["until"] == "2026-12-06T12:00:00Z"
    first = next(one for one in answer["items"] if one["kind"] == "learner-digest")
    assert first == {
        "kind": "learner-digest",
        "at": "2026-11-23T06:00:00Z",
        "day": "2026-11-23",
        "inbox_at": "2026-11-23T06:00:00Z",
        "title": first["title"],
        "body": first["body"],
        "reason": first["reason"],
        "url": "/progress",
        "channels": [
            {
                "channel": "email",
                "outcome": "dropped",
                "at": "2026-11-23T06:00:00Z",
                "reasons": ["nudges-by-email-off"],
                "why": ["You have turned reminders by mail off."],
            }
        ],
        "enrollment_id": str(lin.pk),
        "milestone_key": "",
    }


def test_it_takes_no_parameters(lin):
    client = APIClient()
    client.force_login(lin.learner)
    response = client.get("/api/v1/nudges/preview?days=30")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "days"


def test_nobody_has_anything_ahead_without_a_way(db):
    assert ask(make_person()).json()["items"] == []


def test_it_takes_the_same_queries_for_one_and_for_many(lin):
    """Of somebody who learns, mentors and coordinates: all that can be asked."""
    mentor = make_person("Mo")
    cohort = make_cohort(mentor)
    make_member(cohort, mentor, "mentor")
    make_member(cohort, lin.learner, "learner")
    make_mentorship(mentor, lin.learner)
    make_enrollment(mentor)
    deliver()

    def statements():
        with CaptureQueriesContext(connection) as queries:
            preview(mentor, now=NOW)
        return len(queries)

    statements()
    one = statements()
    for n in range(5):
        other = make_enrollment(make_person(f"L {n}"))
        make_member(cohort, other.learner, "learner")
        make_mentorship(mentor, other.learner)
        decide(submit(other), mentor, SubmissionState.CHANGES_REQUESTED)
    deliver()
    assert statements() - one <= 1  # names, where there are any
    assert one <= 65
