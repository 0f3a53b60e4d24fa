"""The calendar feed: private, revocable, true, and read back by another reader of iCalendar."""

import datetime as dt
import re
import zoneinfo

import icalendar
import pytest
from django.core.cache import cache

from notifications.calendar.days import AllDay, Weekly
from notifications.calendar.ical import Revision, digest, render
from notifications.calendar.zones import rules_of
from notifications.commands.open_calendar_feed import open_calendar_feed
from notifications.commands.say_calendar import say_calendar
from notifications.models import CalendarFeed
from progress.commands.change_enrollment import change_enrollment
from progress.commands.plan_pause import plan_pause
from progress.commands.plan_sessions import Session, plan_sessions
from progress.commands.resume_enrollment import resume_enrollment
from progress.commands.take_leave import take_leave
from progress.models import Cohort, Enrollment
from tests.factories import NOW, make_member

FEEDS = "/api/v1/calendar-feeds"
DAY = dt.timedelta(days=1)
TODAY = NOW.date()
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


def feed_of(person):
    feed, _ = open_calendar_feed(person=person, label="", now=NOW)
    return CalendarFeed.objects.select_related("person").get(pk=feed.pk)


def events(feed, now=NOW):
    """The events of a feed by the part of their uid before the id, parsed back."""
    calendar = icalendar.Calendar.from_ical(say_calendar(feed=feed, now=now))
    return {str(event["uid"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def starting(found, word):
    return [event for uid, event in found.items() if uid.startswith(word)]


def change(enrollment, **values):
    change_enrollment(person=enrollment.learner, enrollment=enrollment, now=NOW, **values)


@pytest.fixture
def way(cast):
    """The learner's enrollment, with a target in 100 days, in Berlin."""
    cast.learner.time_zone = "Europe/Berlin"
    cast.learner.save()
    Enrollment.objects.filter(pk=cast.enrollment.pk).update(
        target_date=TODAY + 100 * DAY, target_set_on=TODAY
    )
    return Enrollment.objects.with_names().get(pk=cast.enrollment.pk)


def plan(way, *sessions, now=NOW):
    return plan_sessions(person=way.learner, enrollment=way, sessions=sessions, now=now)


def test_an_address_opens_without_signing_in_until_it_is_revoked(cast, as_, way):
    owner, anybody = as_(cast.learner), as_(None)
    made = owner.post(FEEDS, {"label": "Phone"}, format="json")
    assert made.status_code == 201
    url = path_of(made.json()["url"])
    assert re.fullmatch(r"/calendar/[A-Za-z0-9_-]{43}\.ics", url)
    answer = anybody.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"].startswith("private")
    assert b"BEGIN:VCALENDAR" in answer.content
    (row,) = owner.get(FEEDS).json()
    assert set(row) == {"id", "label", "created_at", "last_read_at"}
    assert row["label"] == "Phone"
    assert row["last_read_at"] is not None
    assert as_(cast.stranger).delete(f"{FEEDS}/{row['id']}").status_code == 404
    assert owner.delete(f"{FEEDS}/{row['id']}").status_code == 204
    assert anybody.get(url).status_code == 404
    assert owner.get(FEEDS).json() == []


def test_the_secret_is_nowhere_but_with_its_owner(cast, as_, way):
    made = as_(cast.learner).post(FEEDS, {}, format="json").json()
    secret = made["url"].rpartition("/")[2].removesuffix(".ics")
    stored = CalendarFeed.objects.values().get()
    assert secret not in str(stored)
    cache.clear()
    key = {"HTTP_IDEMPOTENCY_KEY": "once"}
    first = as_(cast.learner).post(FEEDS, {}, format="json", **key).json()
    again = as_(cast.learner).post(FEEDS, {}, format="json", **key).json()
    assert again["id"] == first["id"]
    assert again.get("url") != first["url"]


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/" + "A" * 43 + ".ics",
        "/calendar/.ics",
        "/calendar/short.ics",
        "/calendar/" + "A" * 43,
        "/calendar/",
        "/calendar/../me.ics",
    ],
)
def test_any_other_address_is_404(as_, way, path):
    assert as_(None).get(path).status_code == 404


def test_nobody_reads_the_days_of_a_closed_account(cast, as_, way):
    url = path_of(as_(cast.learner).post(FEEDS, {}, format="json").json()["url"])
    cast.learner.is_active = False
    cast.learner.save()
    assert as_(None).get(url).status_code == 404


def test_it_can_only_be_read(cast, as_, way):
    url = path_of(as_(cast.learner).post(FEEDS, {}, format="json").json()["url"])
    for method in ("post", "put", "delete", "patch"):
        assert getattr(as_(None), method)(url).status_code == 405


def test_what_is_known_already_is_not_sent_again(cast, as_, way):
    url = path_of(as_(cast.learner).post(FEEDS, {}, format="json").json()["url"])
    client = as_(None)
    first = client.get(url)
    again = client.get(url, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    Enrollment.objects.filter(pk=way.pk).update(target_date=TODAY + 200 * DAY)
    assert client.get(url, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


def test_the_target_is_a_day_and_pauses_move_it(cast, way):
    feed = feed_of(cast.learner)
    (target,) = starting(events(feed), "target-")
    assert target["dtstart"].dt == TODAY + 100 * DAY
    assert target["dtend"].dt == TODAY + 101 * DAY
    assert not isinstance(target["dtstart"].dt, dt.datetime)
    assert (target["sequence"], target["last-modified"].dt) == (0, NOW)
    plan_pause(
        person=way.learner,
        enrollment=way,
        pause_id=None,
        starts_on=TODAY + 10 * DAY,
        ends_on=TODAY + 19 * DAY,
        reason="",
        now=NOW,
    )
    later = NOW + dt.timedelta(hours=1)
    found = events(feed, later)
    (moved,) = starting(found, "target-")
    assert moved["uid"] == target["uid"]
    assert moved["dtstart"].dt == TODAY + 110 * DAY
    assert (moved["sequence"], moved["last-modified"].dt) == (1, later)
    (pause,) = starting(found, "pause-")
    assert (pause["dtstart"].dt, pause["dtend"].dt) == (TODAY + 10 * DAY, TODAY + 20 * DAY)
    unchanged = events(feed, later + DAY)
    assert starting(unchanged, "target-")[0]["last-modified"].dt == later
    assert starting(unchanged, "target-")[0]["dtstamp"].dt == later


def test_a_completed_way_has_no_target(cast, way):
    Enrollment.objects.filter(pk=way.pk).update(state="completed", completed_at=NOW)
    assert starting(events(feed_of(cast.learner)), "target-") == []


def test_cohorts_and_leave_stand_there_too(cast, way):
    make_member(cast.cohort, cast.mentor, "mentor")
    take_leave(person=cast.mentor, starts_on=TODAY + DAY, ends_on=TODAY + 5 * DAY, now=NOW)
    found = events(feed_of(cast.mentor))
    assert {str(event["summary"]) for event in found.values()} == {
        "On leave: no reviews",
        "Autumn 2026 begins",
        "Autumn 2026 ends",
    }
    (leave,) = starting(found, "leave-")
    assert (leave["dtstart"].dt, leave["dtend"].dt) == (TODAY + DAY, TODAY + 6 * DAY)
    assert leave["transp"] == "TRANSPARENT"
    Cohort.objects.update(ended_at=NOW)
    assert starting(events(feed_of(cast.mentor)), "cohort-") == []


def test_nobody_sees_anybody_elses_days(cast, way):
    assert starting(events(feed_of(cast.stranger)), "target-") == []
    assert starting(events(feed_of(cast.coordinator)), "target-") == []


def test_sessions_repeat_at_the_same_wall_time_across_both_nights_of_the_year(cast, way):
    plan(way, Session(5, dt.time(19, 30), 90))
    calendar = icalendar.Calendar.from_ical(say_calendar(feed=feed_of(cast.learner), now=NOW))
    (event,) = (one for one in calendar.walk("VEVENT") if "rrule" in one)
    begins = event["dtstart"].dt
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert (begins.date(), begins.time()) == (dt.date(2026, 11, 28), dt.time(19, 30))
    assert event["duration"].dt == dt.timedelta(minutes=90)
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY"
    (rules,) = calendar.walk("VTIMEZONE")
    assert rules["tzid"] == "Europe/Berlin"
    theirs = rules.to_tz(lookup_tzid=False)
    for day, offset in (
        (dt.date(2027, 3, 27), 1),
        (dt.date(2027, 3, 28), 2),
        (dt.date(2027, 10, 30), 2),
        (dt.date(2027, 10, 31), 1),
        (dt.date(2030, 7, 6), 2),
    ):
        there = dt.datetime.combine(day, dt.time(19, 30), theirs)
        assert there.utcoffset() == dt.timedelta(hours=offset)


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "America/Santiago",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Asia/Tokyo",
        "America/Nuuk",
        "Antarctica/Troll",
        "UTC",
    ],
)
def test_rules_of_a_zone_agree_with_its_zone_for_ten_years(name):
    zone = zoneinfo.ZoneInfo(name)
    theirs = icalendar.Timezone.from_ical(rules_of(zone, 2025, 2036).to_ical()).to_tz(
        lookup_tzid=False
    )
    wrong = []
    for days in range(3650):
        day = dt.date(2026, 1, 1) + days * DAY
        at = dt.datetime.combine(day, dt.time(12, 15))
        ours, other = (at.replace(tzinfo=one).utcoffset() for one in (zone, theirs))
        if ours != other:
            wrong.append((at, ours, other))
    assert wrong == []


def test_no_session_is_on_a_paused_day(cast, way):
    plan(way, Session(1, dt.time(7), 30))
    for first, last in ((10, 19), (40, 41)):
        plan_pause(
            person=way.learner,
            enrollment=way,
            pause_id=None,
            starts_on=TODAY + first * DAY,
            ends_on=TODAY + last * DAY,
            reason="",
            now=NOW,
        )
    (event,) = starting(events(feed_of(cast.learner)), "session-")
    (out,) = event["exdate"].dts if not isinstance(event["exdate"], list) else event["exdate"]
    day = out.dt
    assert (day.date().weekday(), day.time(), day.utcoffset()) == (
        1,
        dt.time(7),
        dt.timedelta(hours=1),
    )
    assert TODAY + 10 * DAY <= day.date() <= TODAY + 19 * DAY


def test_a_pause_without_an_end_ends_the_sessions_until_it_is_over(cast, way):
    plan(way, Session(1, dt.time(7), 30))
    feed = feed_of(cast.learner)
    (before,) = starting(events(feed), "session-")
    paused_on = TODAY + 14 * DAY
    plan_pause(
        person=way.learner,
        enrollment=way,
        pause_id=None,
        starts_on=paused_on,
        ends_on=None,
        reason="",
        now=NOW,
    )
    (during,) = starting(events(feed), "session-")
    assert during["uid"] == before["uid"]
    (until,) = during["rrule"]["UNTIL"]
    assert until == dt.datetime.combine(paused_on, dt.time(), BERLIN) - dt.timedelta(seconds=1)
    back = NOW + 20 * DAY
    resume_enrollment(person=way.learner, enrollment=way, now=back)
    (after,) = starting(events(feed, back), "session-")
    assert "UNTIL" not in after["rrule"]
    assert after["sequence"] == 2


def test_names_with_everything_in_them_stay_one_value():
    name = 'Autumn, "spring"; 2026\r\nATTENDEE:mailto:x@example.org\\n 🍂 ' + "ü" * 100
    entry = AllDay(uid="a", summary=name, path="/", first=TODAY, last=TODAY)
    text = render(
        [entry],
        {"a": Revision(0, NOW)},
        name=name,
        zone=BERLIN,
        site="https://way.example.org",
        year=2026,
    )
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(line.startswith(b"ATTENDEE") for line in lines)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    read = str(event["summary"])
    assert read == " ".join(name.split())
    assert event["uid"] == "a@way.example.org"
    assert event["url"] == "https://way.example.org/"


def test_it_says_how_often_to_come_back_and_is_the_same_each_time(cast, way):
    plan(way, Session(0, dt.time(8), 45), Session(3, dt.time(8), 45))
    feed = feed_of(cast.learner)
    text = say_calendar(feed=feed, now=NOW)
    assert say_calendar(feed=feed, now=NOW + 3 * dt.timedelta(hours=1)) == text
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["refresh-interval"].dt == dt.timedelta(hours=6)
    assert b"X-PUBLISHED-TTL:PT6H" in text
    assert b"METHOD" not in text
    assert len({str(event["uid"]) for event in calendar.walk("VEVENT")}) == len(
        calendar.walk("VEVENT")
    )


def test_another_zone_is_a_change_of_sessions_and_of_nothing_else(cast, way):
    plan(way, Session(0, dt.time(8), 45))
    feed = feed_of(cast.learner)
    events(feed)
    feed.person.time_zone = "America/New_York"
    feed.person.save()
    found = events(feed, NOW + DAY)
    (session,) = starting(found, "session-")
    assert session["dtstart"].params["TZID"] == "America/New_York"
    assert session["dtstart"].dt.time() == dt.time(8)
    assert session["sequence"] == 1
    assert starting(found, "target-")[0]["sequence"] == 0


def test_in_the_language_of_its_owner(cast, way):
    cast.learner.locale = "de"
    cast.learner.save()
    feed = feed_of(cast.learner)
    assert starting(events(feed), "target-")


def test_days_differ_once_anything_about_them_does():
    entry = Weekly("s", "A", "/", TODAY, dt.time(8), 30)
    assert digest(entry, BERLIN) != digest(entry, zoneinfo.ZoneInfo("UTC"))
    assert digest(entry, BERLIN) == digest(Weekly("s", "A", "/", TODAY, dt.time(8), 30), BERLIN)


def test_the_query_count_is_fixed(cast, way, django_assert_max_num_queries):
    feed = feed_of(cast.learner)
    plan(way, *(Session(day, dt.time(8), 30) for day in range(7)))
    say_calendar(feed=feed, now=NOW)
    with django_assert_max_num_queries(9):
        say_calendar(feed=feed, now=NOW)


def test_ten_addresses_are_enough(cast, as_):
    client = as_(cast.learner)
    answers = [client.post(FEEDS, {}, format="json").status_code for _ in range(11)]
    assert answers == [201] * 10 + [409]


@pytest.mark.parametrize("body", [{"label": "a\nb"}, {"label": "a" * 81}, {"name": "x"}])
def test_a_bad_label_is_refused(cast, as_, body):
    assert as_(cast.learner).post(FEEDS, body, format="json").status_code == 400
    assert not CalendarFeed.objects.exists()


def test_secrets_stay_out_of_the_log():
    from backend.logs import without_tokens

    line = {"request": "GET /calendar/" + "A" * 43 + ".ics", "event": "request_started"}
    assert without_tokens(None, "info", line)["request"] == "GET /calendar/…"
