"""The engine: once, caught up, humane, and only what is true."""

import datetime as dt
import threading

import pytest
from django.db import connection

from notifications.catalogue import KINDS
from notifications.catalogue.timed import TimedKind
from notifications.models import Delivery, Notification, NotificationPreferences
from notifications.nudges import NUDGES, planning
from notifications.nudges.planning import plan
from notifications.queries.inbox import with_words
from progress.commands.claim_submission import claim_submission
from progress.commands.end_mentorship import end_mentorship
from progress.commands.hand_over_late_reviews import hand_over_late_reviews
from progress.commands.plan_pause import plan_pause
from progress.models import Mentorship
from tests.factories import NOW, make_enrollment, make_mentorship, make_person
from tests.notifications.acts import TITLE, decide, deliver, submit
from tests.notifications.post import Postbox, html_of, send, text_of

DAY = dt.timedelta(days=1)
DUE = NOW + 3 * DAY  # a Wednesday, 12:00 UTC


@pytest.fixture(autouse=True)
def no_appointments(monkeypatch):
    """What is planned by appointments has its own tests; here are nudges with a query."""
    monkeypatch.setattr(planning, "keep_appointments", lambda *, now: 0)


def mail_of_nudges():
    return Delivery.objects.filter(is_nudge=True)


@pytest.fixture
def waiting(cast):
    """A round that has waited three days; what was told of it at once is out of the way."""
    submission = submit(cast.enrollment)
    deliver()
    Notification.objects.all().delete()
    return submission


def test_every_nudge_has_a_kind_in_the_catalogue():
    for nudge in NUDGES:
        assert nudge.kind.is_nudge
        assert type(KINDS[nudge.kind.name]) is type(nudge.kind)
    by_the_clock = {k.name for k in KINDS.values() if k.is_nudge and not k.event_type}
    looking = {kind.name for kind in KINDS.values() if isinstance(kind, TimedKind)}
    assert by_the_clock == looking | {nudge.kind.name for nudge in NUDGES}
    assert all(not KINDS[name].event_type for name in looking)


def test_a_mentor_is_reminded_of_a_learner_who_rests(cast, waiting):
    plan_pause(
        person=cast.learner,
        enrollment=cast.enrollment,
        pause_id=None,
        starts_on=NOW.date(),
        ends_on=None,
        reason="",
        now=NOW,
    )
    assert plan(now=DUE) == 1


def test_a_mentor_is_reminded_on_the_third_day(cast, waiting):
    assert plan(now=DUE - dt.timedelta(seconds=1)) == 0
    assert plan(now=DUE) == 1
    (row,) = with_words(list(Notification.objects.owned_by(cast.mentor)))
    assert row.title == "Lin Learner has waited 3 days for a review"
    assert row.reason == "You mentor Lin Learner, and nobody has answered this in 3 days."
    assert row.url == f"/reviews/{waiting.pk}"
    box = Postbox()
    send(box, now=DUE)
    ((address, message),) = box.messages
    assert address == cast.mentor.email
    for said in (text_of(message), html_of(message)):
        assert TITLE in said
        assert "submitted on Sunday 22 November, 12:00 UTC" in said
        assert "nobody has answered this in 3 days" in said
        assert "http://localhost:8000/profile" in said
    assert mail_of_nudges().get().state == "sent"


def test_running_twice_adds_nothing_and_a_stopped_beat_is_caught_up(waiting):
    late = DUE + 20 * DAY
    assert plan(now=late) == 0  # what says who has it waits until that was looked for
    hand_over_late_reviews(now=late)  # to nobody: the learner's only mentor has it already
    assert plan(now=late) == 2  # the mentor, and who runs the cohort
    for days in range(21):
        assert plan(now=DUE + days * DAY) == 0
    assert Notification.objects.count() == mail_of_nudges().count() == 2


@pytest.mark.django_db(transaction=True)
def test_three_beats_at_once_make_one_nudge_each(cast):
    rounds = [submit(cast.enrollment)]
    for _ in range(9):
        learner = make_person()
        make_mentorship(cast.mentor, learner)
        rounds.append(submit(make_enrollment(learner)))
    deliver()
    Notification.objects.all().delete()
    made, ready = [], threading.Barrier(3)

    def beat():
        try:
            ready.wait()
            made.append(plan(now=DUE, batch=3))
        finally:
            connection.close()

    beats = [threading.Thread(target=beat) for _ in range(3)]
    for thread in beats:
        thread.start()
    for thread in beats:
        thread.join()
    assert len(made) == 3
    assert sum(made) == Notification.objects.count() == mail_of_nudges().count() == len(rounds)


def test_each_active_mentor_is_reminded(cast, waiting):
    make_mentorship(cast.other_mentor, cast.learner)
    former = make_mentorship(cast.stranger, cast.learner)
    end_mentorship(person=cast.learner, mentorship=former, now=NOW)
    assert plan(now=DUE) == 2
    assert set(Notification.objects.values_list("person", flat=True)) == {
        cast.mentor.pk,
        cast.other_mentor.pk,
    }


def test_nobody_is_reminded_of_what_somebody_works_on_until_the_claim_runs_out(cast, waiting):
    claim_submission(person=cast.mentor, submission=waiting, now=DUE - dt.timedelta(hours=1))
    assert plan(now=DUE) == 0
    assert plan(now=DUE + dt.timedelta(hours=2)) == 1


def test_a_claim_after_planning_puts_the_mail_off_and_a_decision_suppresses_it(cast, waiting):
    plan(now=DUE)
    held = claim_submission(person=cast.mentor, submission=waiting, now=DUE)
    box = Postbox()
    send(box, now=DUE)
    row = mail_of_nudges().get()
    assert (row.state, row.due_at, row.attempts) == ("queued", held.claim_expires_at, 0)
    decide(waiting, cast.mentor, now=DUE + dt.timedelta(minutes=1))
    send(box, now=DUE + dt.timedelta(hours=3))
    row.refresh_from_db()
    assert (row.state, row.suppressed_reason) == ("suppressed", "no-longer-waiting")
    assert box.messages == []


def test_a_mentorship_that_ended_suppresses_it(cast, waiting):
    plan(now=DUE)
    mentorship = Mentorship.objects.get(mentor=cast.mentor)
    end_mentorship(person=cast.mentor, mentorship=mentorship, now=DUE)
    send(Postbox(), now=DUE)
    assert mail_of_nudges().get().suppressed_reason == "no-longer-mentor"


def test_quiet_hours_put_it_off_to_the_morning_where_the_mentor_lives(cast, waiting):
    cast.mentor.time_zone = "America/Los_Angeles"  # 4:00 there
    cast.mentor.save(update_fields=["time_zone"])
    plan(now=DUE)
    box = Postbox()
    send(box, now=DUE)
    morning = dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC)
    row = mail_of_nudges().get()
    assert (row.state, row.due_at, row.attempts) == ("queued", morning, 0)
    send(box, now=morning - dt.timedelta(seconds=1))
    assert box.messages == []
    send(box, now=morning)
    assert len(box.messages) == 1


def test_who_wants_no_reminders_has_them_in_the_inbox_only(cast, waiting):
    plan(now=DUE)
    NotificationPreferences.objects.create(person=cast.mentor, nudges_by_email=False)
    send(Postbox(), now=DUE)
    assert mail_of_nudges().get().suppressed_reason == "nudges-by-email-off"
    assert Notification.objects.owned_by(cast.mentor).count() == 1


def test_the_weekly_cap_counts_what_went_out(cast):
    NotificationPreferences.objects.create(person=cast.mentor, weekly_cap=2)
    for _ in range(4):
        learner = make_person()
        make_mentorship(cast.mentor, learner)
        submit(make_enrollment(learner))
    deliver()
    Notification.objects.all().delete()
    plan(now=DUE)
    box = Postbox()
    send(box, now=DUE)
    assert len(box.messages) == 2
    assert mail_of_nudges().filter(suppressed_reason="weekly-cap").count() == 2


def test_planning_takes_the_same_number_of_queries_for_one_and_for_many(
    cast, django_assert_max_num_queries
):
    for _ in range(6):
        learner = make_person()
        make_mentorship(cast.mentor, learner)
        submit(make_enrollment(learner))
    deliver()
    Notification.objects.all().delete()
    with django_assert_max_num_queries(17):
        assert plan(now=DUE) == 6


def test_an_inactive_mentor_is_not_due(cast, waiting):
    cast.mentor.is_active = False
    cast.mentor.save(update_fields=["is_active"])
    assert plan(now=DUE) == 0
