"""Digests as they arrive: for a learner, a mentor and a coordinator."""

import datetime as dt

import pytest

from notifications.models import ChannelChoice, Delivery, Notification, NotificationPreferences
from notifications.nudges.planning import plan
from notifications.nudges.sooner import make_missing
from progress.commands.ask_second_opinion import ask_second_opinion
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
from tests.notifications.acts import KEY, TITLE, decide, deliver, submit
from tests.notifications.post import Postbox, html_of, send, text_of

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
MONDAY = dt.datetime(2026, 11, 30, 7, 0, tzinfo=dt.UTC)


@pytest.fixture
def lin(db):
    """A learner who logs an hour, a week before it is told of."""
    one = make_enrollment(make_person("Lin", time_zone="UTC"), weekly_minutes=60)
    LogEntry.objects.create(
        id=new_id(),
        enrollment=one,
        milestone_key=KEY,
        day=dt.date(2026, 11, 25),
        time_zone="UTC",
        minutes=90,
        created_at=NOW,
    )
    deliver()
    return one


def post(person, *, at=MONDAY):
    """What `person` gets of what is planned at an instant, by mail."""
    plan(now=at)
    box = Postbox()
    send(box, now=at)
    return [message for address, message in box.messages if address == person.email]


def test_a_learner_reads_of_their_week_and_what_is_next(lin):
    (message,) = post(lin.learner)
    assert message["Subject"] == "You kept your week"
    for said in (text_of(message), html_of(message)):
        assert "1 h 30 min on 1 day." in said
        assert "What is next" in said
        assert TITLE in said


def test_once_a_week_and_on_the_day_of_their_choice(lin):
    NotificationPreferences.objects.create(person=lin.learner, digest_weekday=1)
    assert post(lin.learner, at=MONDAY) == []
    assert len(post(lin.learner, at=MONDAY + DAY)) == 1
    assert post(lin.learner, at=MONDAY + DAY + HOUR) == []


def test_what_was_put_into_the_digest_stands_in_it(lin):
    ChannelChoice.objects.create(
        person=lin.learner, kind="target-near", channel="email", choice="digest"
    )
    lin.target_date = dt.date(2026, 12, 26)  # thirty days before is a Thursday
    lin.save(update_fields=["target_date"])
    deliver(NOW + HOUR)
    plan(now=NOW + 4 * DAY)
    send(Postbox(), now=NOW + 4 * DAY)
    assert Delivery.objects.get(kind="target-near").suppressed_reason == "in-digest"
    (message,) = post(lin.learner)
    assert "Kept out of your mail" in text_of(message)
    assert "30 days to your target date" in text_of(message)


def test_a_mentor_reads_who_waits(lin):
    mentor = make_person("Mo", time_zone="UTC")
    make_mentorship(mentor, lin.learner)
    submit(lin, now=MONDAY - DAY)
    Delivery.objects.all().delete()
    make_missing(now=MONDAY - 2 * HOUR)
    (message,) = post(mentor)
    assert message["Subject"] == "1 review waits for you"
    for said in (text_of(message), html_of(message)):
        assert TITLE in said
        assert "Lin" in said


def test_a_mentor_with_nothing_to_read_gets_nothing(lin):
    mentor = make_person("Mo", time_zone="UTC")
    make_mentorship(mentor, lin.learner)
    make_missing(now=MONDAY - 2 * HOUR)
    assert post(mentor) == []


def test_a_coordinator_reads_who_may_need_a_hand_and_why(lin):
    coordinator = make_person("Cleo", time_zone="UTC")
    cohort = make_cohort(coordinator)
    sam = make_enrollment(make_person("Sam Silent", time_zone="UTC"), now=NOW - 30 * DAY).learner
    for person in (lin.learner, sam):
        make_member(cohort, person, "learner")
    make_member(cohort, make_person("Mo Mentor"), "mentor")
    make_missing(now=MONDAY - 2 * HOUR)
    (message,) = post(coordinator)
    assert message["Subject"] == "Autumn 2026: 1 learner may need a hand"
    for said in (text_of(message), html_of(message)):
        assert "2 learners have set out." in said
        assert "Sam Silent" in said
        assert "Nothing for 38 days." in said
        assert "Mo Mentor: 0 in hand, 0 decided in 90 days" in said
        assert "Lin" not in said


def test_a_coordinator_who_may_give_a_second_opinion_reads_nothing_of_the_first(lin):
    """Changes again and again would tell that the last decision asked for some."""
    cleo, mo = make_person("Cleo", time_zone="UTC"), make_person("Mo", time_zone="UTC")
    both, one = make_person("Ana Both", time_zone="UTC"), make_cohort(cleo)
    make_member(one, lin.learner, "learner")
    for part in ("mentor", "coordinator"):
        make_member(one, both, part)
    make_mentorship(mo, lin.learner)
    for number in range(2):
        now = NOW + number * HOUR
        round_ = submit(lin, now=now)
        decide(round_, mo, SubmissionState.CHANGES_REQUESTED, now=now)
    round_.refresh_from_db()
    ask_second_opinion(person=lin.learner, submission=round_, now=now)
    make_missing(now=MONDAY - 2 * HOUR)
    plan(now=MONDAY)
    said = Notification.objects.filter(kind="cohort-digest").values_list("person", "data__cohorts")
    told = {person: [week["reasons"] for week in weeks] for person, weeks in said}
    assert told == {cleo.pk: [{"repeated_changes": 1}], both.pk: [{}]}
