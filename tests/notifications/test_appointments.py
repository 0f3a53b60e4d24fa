"""The engine: looked at when due, once, caught up, whoever else is there."""

import datetime as dt
import itertools
import threading
import zoneinfo
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from notifications.catalogue import KINDS
from notifications.commands.choose_preferences import choose_preferences
from notifications.looking.learner import LearnerFacts, learners
from notifications.models import Appointment, Delivery, Notification
from notifications.nudges.appointments import keep_appointments
from notifications.nudges.planning import plan
from notifications.nudges.sooner import make_missing
from progress import events, outbox
from progress.commands.log_progress import log_progress
from progress.commands.plan_pause import plan_pause
from progress.models import Enrollment, LogEntry
from tests.factories import NOW, make_enrollment, make_mentorship, make_person, new_id
from tests.notifications.acts import KEY, deliver
from tests.notifications.post import Postbox, send, text_of

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
QUIET = NOW + 15 * DAY + 5 * HOUR
"""The evening on which somebody who only set out at NOW has been quiet for too long."""
ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})


@pytest.fixture
def lin(db):
    """A learner who set out and did nothing since."""
    one = make_enrollment(make_person("Lin", time_zone="UTC"))
    deliver()
    return one


def keys(kind=""):
    return list(
        Notification.objects.filter(kind__contains=kind)
        .order_by("id")
        .values_list("key", flat=True)
    )


def log(enrollment, day, *, now, minutes=30):
    LogEntry.objects.create(
        id=new_id(),
        enrollment=enrollment,
        milestone_key=KEY,
        day=day,
        time_zone="UTC",
        minutes=minutes,
        created_at=now,
    )


def test_setting_out_makes_an_appointment_and_every_look_the_next(lin):
    (one,) = Appointment.objects.all()
    assert (one.about, one.subject_id, one.person) == ("enrollment", lin.pk, lin.learner)
    assert plan(now=NOW + HOUR) == 0
    one.refresh_from_db()
    assert one.looked_at == NOW + HOUR
    # The next thing that may come is Monday's digest, after quiet hours.
    assert one.due_at == dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC)


def test_nothing_is_read_before_it_is_due(lin):
    plan(now=NOW + HOUR)
    with CaptureQueriesContext(connection) as queries:
        keep_appointments(now=NOW + 2 * HOUR)
    reads = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(reads) == 4  # who has moved, and what is due of each sort
    assert not any("progress_" in sql for sql in reads)


def test_a_silence_is_told_once_and_once_more(lin):
    for hours in range(0, 24 * 60, 6):
        plan(now=NOW + hours * HOUR)
    assert keys() == [f"quiet:{lin.pk}:2026-11-22", f"quiet:{lin.pk}:2026-11-22:again"]


def test_a_beat_that_stopped_for_three_weeks_is_caught_up_with_what_is_still_true(lin):
    day = NOW.date()
    for n in range(0, 14, 2):
        log(lin, day + n * DAY, now=NOW)
    plan(now=NOW + HOUR)  # and then nothing, past two digests and both reminders of a silence
    late = NOW + 40 * DAY
    assert plan(now=late) == 1
    assert plan(now=late + HOUR) == 0
    (told,) = keys()
    assert told == f"quiet:{lin.pk}:2026-12-04:again"
    dropped = Delivery.objects.filter(suppressed_reason="stale")
    assert [one.key.rpartition(":")[0] for one in dropped] == [f"quiet:{lin.pk}:2026-12-04"]
    assert dropped.get().notification is None


def test_a_missed_digest_is_written_down_as_late(lin):
    plan(now=NOW + HOUR)
    for n in range(1, 22):
        log(lin, NOW.date() + n * DAY, now=NOW)
    late = NOW + 22 * DAY + HOUR  # a Monday, after three digests were missed and one is due
    plan(now=late)
    assert keys("digest") == [f"learner-digest:{lin.pk}:2026-W51"]
    stale = Delivery.objects.filter(suppressed_reason="stale", kind="learner-digest")
    assert sorted(one.key.split(":")[2] for one in stale) == ["2026-W48", "2026-W49", "2026-W50"]


def test_what_was_told_in_time_is_not_called_late_afterwards(lin):
    plan(now=QUIET)
    send(Postbox(), now=QUIET)
    plan(now=QUIET + 14 * DAY)
    states = Delivery.objects.filter(kind="quiet").order_by("id").values_list("state", flat=True)
    assert list(states) == ["sent", "queued"]


@pytest.mark.django_db(transaction=True)
def test_three_beats_at_once_add_nothing():
    for n in range(30):
        make_enrollment(make_person(f"Learner {n}", time_zone="UTC"))
    deliver()
    made, start = [], threading.Barrier(3)

    def beat():
        start.wait()
        made.append(plan(now=QUIET))
        connection.close()

    threads = [threading.Thread(target=beat) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == Notification.objects.count() == Delivery.objects.count() == 30
    assert Appointment.objects.filter(due_at__lte=QUIET).count() == 0


def test_it_is_asked_again_just_before_sending(lin):
    plan(now=QUIET)
    log_progress(
        person=lin.learner,
        entry_id=new_id(),
        enrollment=lin,
        milestone_key=KEY,
        day=QUIET.date(),
        minutes=20,
        note="",
        now=QUIET,
    )
    box = Postbox()
    send(box, now=QUIET + HOUR)
    assert box.messages == []
    assert Delivery.objects.get(kind="quiet").suppressed_reason == "heard-again"


def test_a_quiet_learner_is_written_to_kindly(lin):
    plan(now=QUIET)
    box = Postbox()
    send(box, now=QUIET)
    assert box.last["Subject"] == "Twenty minutes would be a beginning"
    assert "We have not heard from you for 15 days." in text_of(box.last)


def test_a_mentor_hears_of_it_later(lin):
    mentor = make_person("Mo", time_zone="UTC")
    make_mentorship(mentor, lin.learner)
    plan(now=QUIET)
    assert not Notification.objects.owned_by(mentor).exists()
    plan(now=QUIET + 5 * DAY)
    (row,) = Notification.objects.owned_by(mentor)
    assert (row.kind, row.data["learner_id"]) == ("mentee-quiet", str(lin.learner_id))


def test_a_pause_that_begins_brings_the_look_forward(lin):
    plan(now=NOW + HOUR)
    plan_pause(
        person=lin.learner,
        enrollment=lin,
        pause_id=None,
        starts_on=NOW.date(),
        ends_on=None,
        reason="",
        now=NOW + 2 * HOUR,
    )
    deliver(NOW + 2 * HOUR)
    assert Appointment.objects.get().due_at <= NOW + 2 * HOUR
    plan(now=NOW + 2 * HOUR)
    assert Appointment.objects.get().due_at is None
    assert plan(now=QUIET) == 0


def test_a_published_edition_brings_everybody_on_earlier_ones_forward(lin):
    plan(now=NOW + HOUR)
    with transaction.atomic():
        outbox.record(
            events.Event(
                type=events.EDITION_PUBLISHED,
                occurred_at=NOW + 2 * HOUR,
                actor_id=None,
                subject_id=lin.edition_id,
                data={"pathway": lin.pathway.slug, "edition": 2},
            )
        )
    with CaptureQueriesContext(connection) as queries:
        deliver(NOW + 2 * HOUR)
    assert Appointment.objects.due(NOW + 2 * HOUR).count() == 1
    updates = [one for one in queries if one["sql"].startswith('UPDATE "notifications_app')]
    assert len(updates) == 1


def test_a_move_to_another_zone_is_noticed_at_once(lin):
    plan(now=NOW + HOUR)
    client = APIClient()
    client.force_login(lin.learner)
    response = client.patch("/api/v1/me", {"time_zone": "Pacific/Auckland"}, format="json")
    assert response.status_code == 200
    User.objects.filter(pk=lin.learner_id).update(zone_changed_at=NOW + 2 * HOUR)
    plan(now=NOW + 3 * HOUR)
    # In Auckland it is Monday already: 7 o'clock there was at 18:00 UTC on Sunday.
    assert Appointment.objects.get().due_at == dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)
    before = Appointment.objects.get().looked_at
    plan(now=NOW + 4 * HOUR)
    assert Appointment.objects.get().looked_at == before


def test_the_same_zone_again_is_no_move(lin):
    client = APIClient()
    client.force_login(lin.learner)
    client.patch("/api/v1/me", {"time_zone": "UTC", "name": "Lin L."}, format="json")
    lin.learner.refresh_from_db()
    assert (lin.learner.name, lin.learner.zone_changed_at) == ("Lin L.", None)


def test_other_hours_and_another_weekday_are_heeded_at_once(lin):
    plan(now=NOW + HOUR)
    choose_preferences(person=lin.learner, values={"digest_weekday": 3}, choices=())
    plan(now=NOW + 2 * HOUR)
    log(lin, NOW.date(), now=NOW)
    assert Appointment.objects.get().due_at == dt.datetime(2026, 11, 26, 7, tzinfo=dt.UTC)


def test_a_sweep_makes_what_is_missing_and_again_nothing(cast):
    deliver()
    Appointment.objects.all().delete()
    assert make_missing(now=NOW) == 5  # two learners, two mentors, a coordinator
    assert make_missing(now=NOW) == 0
    assert Appointment.objects.filter(due_at__range=(NOW, NOW + HOUR)).count() == 5


def test_who_joins_in_has_an_appointment_of_their_own(cast):
    assert {one.about for one in Appointment.objects.all()} <= {"enrollment"}
    make_missing(now=NOW)
    assert set(Appointment.objects.values_list("about", flat=True)) == {
        "enrollment",
        "mentor",
        "coordinator",
    }


def test_a_learner_who_can_not_be_looked_at_holds_up_nobody(lin, monkeypatch):
    others = [make_enrollment(make_person(time_zone="UTC")) for _ in range(6)]
    deliver()
    real = KINDS["quiet"].rule

    def broken(facts):
        if facts.enrollment.pk == others[2].pk:
            raise KeyError("a milestone that nobody knows")
        return real(facts)

    monkeypatch.setattr(type(KINDS["quiet"]), "rule", lambda _kind, facts: broken(facts))
    assert plan(now=QUIET) == 6
    assert Appointment.objects.get(subject_id=others[2].pk).due_at == QUIET + HOUR


def test_planning_takes_the_same_statements_for_one_and_for_many(lin):
    def statements():
        Appointment.objects.update(due_at=NOW)
        with CaptureQueriesContext(connection) as queries:
            keep_appointments(now=QUIET)
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    keep_appointments(now=NOW)
    Notification.objects.all().delete()
    one = statements()
    for n in range(20):
        make_mentorship(make_person(), make_enrollment(make_person(f"L {n}")).learner)
    deliver()
    assert statements() == one <= 32


def walk(facts: LearnerFacts, kind: str, until: dt.datetime) -> list[tuple[dt.datetime, str]]:
    """Go from appointment to appointment as the engine does; return each new slot and when."""
    found: dict[str, dt.datetime] = {}
    while facts.now < until:
        looked = KINDS[kind].look(facts)
        for slot in looked.slots:
            if not slot.is_stale:
                found.setdefault(slot.period, facts.now)
        assert looked.next_at is not None
        assert looked.next_at > facts.now
        facts = facts.at(looked.next_at)
    return [(at, period) for period, at in found.items()]


def somewhere(facts: LearnerFacts, zone: str, now: dt.datetime) -> LearnerFacts:
    """The same learner in another zone, who worked an hour every day."""
    facts.enrollment.learner.time_zone = zone
    hours = replace(facts.wishes.hours, zone=zoneinfo.ZoneInfo(zone))
    wishes = replace(facts.wishes, hours=hours)
    return replace(facts, wishes=wishes, now=now, looked_at=now)


@pytest.fixture
def busy(lin):
    """Facts of somebody who works an hour a day for years."""
    facts = learners([lin.pk], now=NOW)[lin.pk]
    lin.started_at = NOW
    days = [dt.date(2025, 12, 1) + n * DAY for n in range(400)]
    enrollment = facts.enrollment
    Enrollment.objects.filter(pk=enrollment.pk).update(started_at=NOW - 400 * DAY)
    enrollment.started_at = NOW - 400 * DAY
    course = replace(facts.course, logged=dict.fromkeys(days, 60), last_worked_on=days[-1])
    return replace(facts, course=course)


def zones_by_clock(begins: dt.datetime, weeks: int) -> list[list[str]]:
    """Every zone, those together whose clocks show the same in each hour of so many weeks."""
    hours = [begins + n * HOUR for n in range(weeks * 7 * 24)]
    found: dict[tuple, list[str]] = {}
    for name in ZONES:
        zone = zoneinfo.ZoneInfo(name)
        shown = tuple(hour.astimezone(zone).utcoffset() for hour in hours)
        found.setdefault(shown, []).append(name)
    return list(found.values())


@pytest.mark.parametrize("month", [(2026, 2, 28), (2026, 9, 19)])
def test_one_digest_a_local_week_in_every_zone_through_both_nights(busy, month, capsys):
    """Spring and autumn of 2026, in which every zone with summer time changes its clock."""
    begins = dt.datetime(*month, tzinfo=dt.UTC)
    looks = 0
    for name, *alike in zones_by_clock(begins, 10):
        facts = somewhere(busy, name, begins)
        told = walk(facts, "learner-digest", begins + 9 * 7 * DAY)
        zone = zoneinfo.ZoneInfo(name)
        days = [at.astimezone(zone).date() for at, _ in told]
        assert {day.weekday() for day in days} == {0}, name
        assert [b - a for a, b in itertools.pairwise(days)] == [7 * DAY] * (len(days) - 1)
        assert all(at.astimezone(zone).hour == 7 for at, _ in told), name
        looks += len(told) * (1 + len(alike))
    with capsys.disabled():
        print(f"\n{len(ZONES)} zones, {looks} digests from {begins:%B}: one a local week")  # noqa: T201


@pytest.mark.parametrize("there", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_move_on_the_very_day_makes_no_second_one(busy, there, capsys):
    begins = dt.datetime(2026, 3, 7, tzinfo=dt.UTC)
    for name, *_alike in zones_by_clock(begins, 4):
        facts = somewhere(busy, name, begins)
        ((at, period),) = walk(facts, "learner-digest", begins + 7 * DAY)
        moved = walk(somewhere(facts, there, at + HOUR), "learner-digest", at + 15 * DAY)
        weeks = sorted({period, *(week for _, week in moved)})
        assert weeks == [f"2026-W{n}" for n in range(11, 11 + len(weeks))], (name, weeks)
        assert len(weeks) in {2, 3}
    with capsys.disabled():
        print(f"\n{len(ZONES)} zones → {there}: one a local week")  # noqa: T201
