"""Every kind that the clock causes: a table each of what is true, and what is due."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from notifications.catalogue import KINDS, Names
from notifications.catalogue.timed import TimedKind
from notifications.looking.learner import learners
from progress.queries.learner_course import Down, Newer, Unanswered
from progress.queries.learner_facts import Micros, RoundRead
from progress.rhythm import Interval
from tests.factories import make_enrollment, make_person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
START = dt.datetime(2026, 9, 1, 12, 0, tzinfo=dt.UTC)
MONDAY = dt.date(2026, 11, 23)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.fixture
def facts():
    """A learner who set out in September, as facts of which tests change what they are about."""
    one = make_enrollment(make_person("Lin", time_zone="UTC"), now=START)
    return learners([one.pk], now=START)[one.pk]


def seen(facts, now, *, looked_at=None, enrollment=None, **course):
    """The facts at an instant, with something else true of the course."""
    for name, value in (enrollment or {}).items():
        setattr(facts.enrollment, name, value)
    changed = replace(facts, course=replace(facts.course, **course), now=at(now))
    return replace(changed, looked_at=at(looked_at) if looked_at else changed.now)


def worked(*days: str, minutes: int = 60):
    """Minutes on days, and the last of them."""
    logged = {dt.date.fromisoformat(day): minutes for day in days}
    return {"logged": logged, "last_worked_on": max(logged)}


def asked(name, facts):
    """What a kind finds: periods that are due, those that are stale, and when it looks next."""
    looked = KINDS[name].look(facts)
    due = [slot.period for slot in looked.slots if not slot.is_stale]
    stale = [slot.period for slot in looked.slots if slot.is_stale]
    return due, stale, looked.next_at


EVERY_OTHER_DAY = worked(*[f"2026-11-{n:02}" for n in range(1, 16, 2)])
"""Quiet after a week: the usual gap is two days."""


@pytest.mark.parametrize(
    ("now", "course", "due", "stale", "next_at"),
    [
        ("2026-11-20T12:00", {}, [], [], "2026-11-23T17:00"),
        ("2026-11-23T16:59", {}, [], [], "2026-11-23T17:00"),
        ("2026-11-23T17:00", {}, ["2026-11-15"], [], "2026-12-07T17:00"),
        ("2026-11-28T09:00", {}, ["2026-11-15"], [], "2026-12-07T17:00"),
        ("2026-12-07T17:00", {}, ["2026-11-15:again"], ["2026-11-15"], None),
        ("2027-01-02T17:00", {}, [], ["2026-11-15", "2026-11-15:again"], None),
        # A pause that ended in between does not count as silence.
        (
            "2026-11-23T17:00",
            {"pauses": (Interval(dt.date(2026, 11, 17), dt.date(2026, 11, 19)),)},
            [],
            [],
            "2026-11-26T17:00",
        ),
        # In a pause nothing is due; the next look is when it is over.
        (
            "2026-11-23T17:00",
            {"pauses": (Interval(dt.date(2026, 11, 20), dt.date(2026, 11, 30)),)},
            [],
            [],
            "2026-12-01T17:00",
        ),
        (
            "2026-11-23T17:00",
            {"pauses": (Interval(dt.date(2026, 11, 20), None),)},
            [],
            [],
            None,
        ),
        # While a round waits for a mentor it is not their turn.
        (
            "2026-11-23T17:00",
            {"rounds": [RoundRead("python-programming", Micros.of(at("2026-11-15T12:00")), 0)]},
            [],
            [],
            None,
        ),
    ],
)
def test_quiet(facts, now, course, due, stale, next_at):
    found = asked("quiet", seen(facts, now, **{**EVERY_OTHER_DAY, **course}))
    assert found == (due, stale, at(next_at) if next_at else None)


@pytest.mark.parametrize(
    ("now", "due", "next_at"),
    [
        ("2026-11-23T17:00", [], "2026-11-28T17:00"),
        ("2026-11-28T17:00", ["2026-11-15"], None),
        ("2026-12-27T17:00", [], None),
    ],
)
def test_mentee_quiet_comes_after_the_learner_was_reminded(facts, now, due, next_at):
    mentor = make_person("Mo")
    found = asked("mentee-quiet", seen(facts, now, **EVERY_OTHER_DAY, mentors=(mentor,)))
    assert (found[0], found[2]) == (due, at(next_at) if next_at else None)


def test_nobody_is_told_of_a_quiet_learner_without_a_mentor(facts):
    assert asked("mentee-quiet", seen(facts, "2026-12-01T17:00", **EVERY_OTHER_DAY)) == (
        [],
        [],
        None,
    )


USUALLY_300 = worked(*[f"2026-11-{n:02}" for n in (2, 4, 6, 8, 9, 11, 13, 15, 16, 18, 20, 22)])


@pytest.mark.parametrize(
    ("now", "minutes", "goal", "due", "next_at"),
    [
        ("2026-11-25T17:00", 60, 360, [], "2026-11-26T17:00"),  # Wednesday
        ("2026-11-26T16:59", 60, 360, [], "2026-11-26T17:00"),
        ("2026-11-26T17:00", 60, 360, ["2026-11-23"], "2026-11-27T17:00"),
        ("2026-11-27T17:00", 60, 360, ["2026-11-23"], "2026-12-03T17:00"),
        ("2026-11-29T20:00", 300, 360, ["2026-11-23"], "2026-12-03T17:00"),
        ("2026-11-26T17:00", 360, 360, [], "2026-11-27T17:00"),  # kept
        ("2026-11-26T17:00", 300, 360, [], "2026-11-27T17:00"),  # the usual pace will do
        ("2026-11-29T20:00", 60, 360, [], "2026-12-03T17:00"),  # five hours on a Sunday evening
        ("2026-11-26T17:00", 60, 2000, [], "2026-11-27T17:00"),  # out of reach
    ],
)
def test_goal_at_risk(facts, now, minutes, goal, due, next_at):
    week = worked("2026-11-24", minutes=minutes)
    course = {
        "logged": {**USUALLY_300["logged"], **week["logged"]},
        "last_worked_on": week["last_worked_on"],
    }
    looked = seen(facts, now, enrollment={"weekly_minutes": goal}, **course)
    assert asked("goal-at-risk", looked) == (due, [], at(next_at))


def test_a_goal_is_not_asked_for_of_somebody_who_is_quiet(facts):
    looked = seen(facts, "2026-11-26T17:00", **worked("2026-10-01", minutes=300))
    assert asked("goal-at-risk", looked)[0] == []


@pytest.mark.parametrize(
    ("now", "target", "set_on", "near", "stale", "passed"),
    [
        ("2026-11-01T09:00", "2026-12-31", "2026-09-01", [], [], []),
        ("2026-12-01T08:59", "2026-12-31", "2026-09-01", [], [], []),
        ("2026-12-01T09:00", "2026-12-31", "2026-09-01", ["2026-12-31:30"], [], []),
        ("2026-12-24T09:00", "2026-12-31", "2026-09-01", ["2026-12-31:7"], ["2026-12-31:30"], []),
        ("2026-12-31T23:59", "2026-12-31", "2026-09-01", ["2026-12-31:7"], ["2026-12-31:30"], []),
        ("2027-01-01T09:00", "2026-12-31", "2026-09-01", [], [], ["2026-12-31"]),
        ("2027-02-01T09:00", "2026-12-31", "2026-09-01", [], [], ["stale"]),
        # It was set when it was nearer than that: no need to say so.
        ("2026-12-20T09:00", "2026-12-31", "2026-12-10", [], [], []),
        ("2026-12-24T09:00", "2026-12-31", "2026-12-10", ["2026-12-31:7"], [], []),
        ("2026-12-24T09:00", None, None, [], [], []),
    ],
)
def test_targets(facts, now, target, set_on, near, stale, passed):
    chosen = {
        "target_date": target and dt.date.fromisoformat(target),
        "target_set_on": set_on and dt.date.fromisoformat(set_on),
    }
    looked = seen(facts, now, enrollment=chosen)
    assert asked("target-near", looked)[:2] == (near, stale)
    due, late, _ = asked("target-passed", looked)
    assert due + (["stale"] if late else []) == passed


def test_a_pause_moves_the_target_and_what_is_said_of_it(facts):
    pauses = (Interval(dt.date(2026, 10, 1), dt.date(2026, 10, 10)),)
    chosen = {"target_date": dt.date(2026, 12, 21), "target_set_on": dt.date(2026, 9, 1)}
    looked = seen(facts, "2026-12-01T09:00", enrollment=chosen, pauses=pauses)
    assert asked("target-near", looked)[0] == ["2026-12-31:30"]


@pytest.mark.parametrize(
    ("now", "due", "stale", "next_at"),
    [
        ("2026-11-05T11:59", [], [], "2026-11-05T12:00"),
        ("2026-11-05T12:00", ["day-4"], [], "2026-11-11T12:00"),
        ("2026-11-11T12:00", ["day-10"], ["day-4"], None),
        ("2026-12-31T12:00", [], ["day-4", "day-10"], None),
    ],
)
def test_changes_unanswered(facts, now, due, stale, next_at):
    one = Unanswered(facts.enrollment.pk, "sql", "SQL", 1, at("2026-11-01T12:00"))
    found = asked("changes-unanswered", seen(facts, now, unanswered=(one,)))
    assert found == (due, stale, at(next_at) if next_at else None)


@pytest.mark.parametrize(
    ("now", "due", "stale", "next_at"),
    [
        ("2026-11-02T11:59", [], [], "2026-11-02T12:00"),
        ("2026-11-02T12:00", ["2026-11-01T12:00:00+00:00"], [], None),
        ("2026-11-20T12:00", [], ["2026-11-01T12:00:00+00:00"], None),
    ],
)
def test_probe_down(facts, now, due, stale, next_at):
    one = Down(facts.enrollment.pk, "deploy", "A deployment", at("2026-11-01T12:00"))
    found = asked("probe-down", seen(facts, now, down=(one,)))
    assert found == (due, stale, at(next_at) if next_at else None)


@pytest.mark.parametrize(
    ("now", "due", "stale"),
    [("2026-11-01T12:00", ["edition-2"], []), ("2026-12-02T12:00", [], ["edition-2"])],
)
def test_edition_new(facts, now, due, stale):
    newer = Newer(2, "Become an engineer", at("2026-11-01T12:00"))
    assert asked("edition-new", seen(facts, now, newer=newer))[:2] == (due, stale)
    assert asked("edition-new", seen(facts, now))[:2] == ([], [])


@pytest.mark.parametrize(
    ("now", "looked_at", "course", "due", "stale", "next_at"),
    [
        ("2026-11-30T06:59", None, {}, [], ["2026-W48"], "2026-11-30T07:00"),
        ("2026-11-30T07:00", None, {}, ["2026-W49"], [], "2026-12-07T07:00"),
        ("2026-12-02T23:00", None, {}, ["2026-W49"], [], "2026-12-07T07:00"),
        ("2026-12-06T23:00", None, {}, [], ["2026-W49"], "2026-12-07T07:00"),
        # Nobody looked for three weeks: one digest, and the others are written down as late.
        (
            "2026-11-30T07:00",
            "2026-11-09T06:59",
            {},
            ["2026-W49"],
            ["2026-W48", "2026-W47", "2026-W46"],
            "2026-12-07T07:00",
        ),
        ("2026-11-30T07:00", None, {"logged": {}}, [], [], "2026-12-07T07:00"),
    ],
)
def test_learner_digest(facts, now, looked_at, course, due, stale, next_at):
    logged = {"logged": {dt.date(2026, 11, n): 60 for n in range(2, 30)}}
    found = asked("learner-digest", seen(facts, now, looked_at=looked_at, **{**logged, **course}))
    assert found == (due, stale, at(next_at))


def test_the_digest_says_what_the_week_was(facts):
    logged = {MONDAY + DAY * n: 120 for n in range(3)} | {dt.date(2026, 11, 30): 500}
    looked = seen(
        facts, "2026-11-30T08:00", logged=logged, completed_at={"sql": at("2026-11-25T10:00")}
    )
    (slot,) = KINDS["learner-digest"].look(looked).slots
    assert slot.data["minutes"] == 360
    assert slot.data["days"] == 3
    assert slot.data["kept"] is True
    assert slot.data["completed"] == ["sql"]
    words = KINDS["learner-digest"].words(slot.data, Names([]))
    assert (words.title, words.body) == ("1 milestone complete this week", "6 h on 3 days.")


def test_who_is_done_or_gone_is_told_nothing(facts):
    timed = [kind for kind in KINDS.values() if isinstance(kind, TimedKind)]
    about_learners = [kind for kind in timed if kind.about == "enrollment"]
    assert len(about_learners) == 9
    looked = seen(facts, "2026-12-07T17:00", enrollment={"state": "withdrawn"}, **EVERY_OTHER_DAY)
    for kind in about_learners:
        assert kind.look(looked).slots == ()
        assert kind.look(looked).next_at is None


SAID = {
    "quiet": {"days": 8, "usual_days": 2, "step": 1},
    "goal-at-risk": {"minutes": 60, "goal_minutes": 360, "minutes_a_day": 75, "days": 4},
    "target-near": {"target_on": "2026-12-31", "days": 30, "hours_left": 120},
    "target-passed": {"target_on": "2026-12-31", "percent": 40},
    "changes-unanswered": {"milestone_key": "sql", "milestone_title": "SQL", "days": 4},
    "probe-down": {"milestone_key": "api", "milestone_title": "API"},
    "edition-new": {"pathway_title": "Engineer", "edition": 2, "current": 1},
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", SAID)
def test_words_are_whole(name, language):
    with translation.override(language):
        words = KINDS[name].words(SAID[name], Names([]))
    for text in (words.title, words.body, words.reason):
        assert text
        assert "%(" not in text
        assert len(words.title) < 70
    assert words.url.startswith("/")


def test_words_in_english():
    said = {name: KINDS[name].words(data, Names([])) for name, data in SAID.items()}
    assert said["quiet"].reason == "You usually work every 2 days, and it has been 8."
    assert said["goal-at-risk"].title == "5 h to your weekly goal"
    assert said["target-near"].reason == "You set out to be there by 31 December 2026."
    assert "40 % of it" in said["target-passed"].body
