"""Who hears of a second opinion that nobody gives: each step once, blindly, and only if true."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.commands.choose_preferences import Chosen, choose_preferences
from notifications.looking.mentor import mentors
from notifications.models import Delivery, Notification
from notifications.nudges import NUDGES, planning
from notifications.policy import Choice
from notifications.queries.inbox import with_words
from notifications.queries.preview import preview
from progress.commands.ask_second_opinion import ask_second_opinion
from progress.commands.claim_second_opinion import claim_second_opinion
from progress.commands.end_mentorship import end_mentorship
from progress.commands.withdraw_second_opinion import withdraw_second_opinion
from progress.models import HandOver, Leave, MentorProfile, Mentorship, Pause, SecondOpinion
from progress.states import SubmissionState
from tests.factories import NOW, make_enrollment, make_member, make_mentorship, make_person
from tests.notifications.acts import LATER, TITLE, decide, submit
from tests.notifications.post import Postbox, html_of, send, text_of
from tests.notifications.test_ladder import colleague, tick, told
from tests.notifications.test_opinions import ana, asked, gives

__all__ = ["ana"]  # a fixture
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
REMIND, OFFER, TELL = ("review-waiting", "remind"), ("review-waiting", "offer"), "review-late"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_appointments(monkeypatch):
    """What else the clock causes has its own tests."""
    monkeypatch.setattr(planning, "keep_appointments", lambda *, now: 0)


@pytest.fixture
def question(cast, ana):
    """Asked at LATER by the learner; what was told of it at once is out of the way."""
    submission = asked(cast)
    tick(LATER)
    clear()
    return submission


def clear():
    Notification.objects.all().delete()
    Delivery.objects.all().delete()


def words(person):
    return with_words(list(Notification.objects.owned_by(person).order_by("id")))[-1]


def letters(now):
    box = Postbox()
    send(box, now=now)
    return dict(box.messages)


def test_step_by_step(cast, ana, question):
    pia = colleague(cast, "Pia", kinds=["project"])
    everybody = (cast.mentor, ana, pia, cast.coordinator, cast.learner)
    seen = {}
    for day in range(13):
        tick(LATER + day * DAY - dt.timedelta(seconds=1))
        seen[day] = {one.name: told(one) for one in everybody}
        tick(LATER + day * DAY)
    nobody = {one.name: [] for one in everybody}
    assert seen[3] == nobody
    assert seen[4] == seen[5] == {**nobody, "Ana Second": [REMIND]}
    assert seen[6] == seen[10] == {**nobody, "Ana Second": [REMIND, OFFER], "Pia": [OFFER]}
    assert seen[11] == seen[12] == {**seen[6], "Cleo Coordinator": [(TELL, "tell")]}
    assert not HandOver.objects.exists()


def test_the_days_count_from_the_question_and_not_from_the_round(cast, ana):
    """Handed in at NOW, decided, and asked about six days later: nothing is late yet."""
    pia = colleague(cast, "Pia", kinds=["project"])
    submission = submit(cast.enrollment)
    decide(submission, cast.mentor, SubmissionState.CHANGES_REQUESTED)
    tick(LATER)
    submission.refresh_from_db()
    asked_at = NOW + 6 * DAY
    ask_second_opinion(person=cast.learner, submission=submission, now=asked_at)
    clear()
    tick(asked_at)
    assert (told(ana), told(pia)) == ([("second-opinion-asked", None)], [])
    tick(asked_at + 3 * DAY)
    assert (told(ana)[1:], told(pia)) == ([REMIND], [])
    tick(asked_at + 5 * DAY)
    assert (told(ana)[2:], told(pia)) == ([OFFER], [OFFER])


def test_nobody_is_told_twice_when_the_beat_stood_still(cast, ana, question):
    for _ in range(3):
        tick(LATER + 12 * DAY)
    assert told(ana) == [OFFER]
    row = Notification.objects.get(person=ana)
    assert (row.data["skipped"], row.data["days"]) == ({"remind": "overtaken"}, 12)
    assert told(cast.coordinator) == [(TELL, "tell")]
    assert told(cast.mentor) == told(cast.learner) == []


@pytest.mark.parametrize("against", ["leave", "capacity", "kinds"])
def test_terms_that_speak_against_it(cast, ana, question, against):
    if against == "leave":
        Leave.objects.create(
            person=ana, starts_on=NOW.date(), ends_on=NOW.date() + 60 * DAY, created_at=NOW
        )
    else:
        fields = {"weekly_capacity": 0} if against == "capacity" else {"kinds": ["project"]}
        MentorProfile.objects.create(person=ana, changed_at=NOW, **fields)
    tick(LATER + 3 * DAY)
    assert told(ana) == []
    tick(LATER + 5 * DAY)
    assert told(ana) == ([OFFER] if against == "kinds" else [])
    if against == "kinds":
        assert words(ana).reason == (
            "You may review Lin Learner’s work. It is not what you usually take, and it is "
            "offered to everybody after 5 days."
        )


@pytest.mark.parametrize("ending", ["given", "taken back", "next round"])
def test_what_has_ended_is_not_due(cast, ana, question, ending):
    if ending == "given":
        gives(ana, question)
    elif ending == "taken back":
        withdraw_second_opinion(person=cast.learner, submission=question, now=LATER)
    else:
        submit(cast.enrollment, now=LATER)
    tick(LATER + 12 * DAY)
    mine = Notification.objects.filter(kind__startswith="review-", data__has_key="opinion_id")
    assert not mine.exists()


def test_a_question_asked_again_climbs_its_own_ladder(cast, ana, question):
    tick(LATER + 3 * DAY)
    assert told(ana) == [REMIND]
    again = LATER + 4 * DAY
    withdraw_second_opinion(person=cast.learner, submission=question, now=again)
    ask_second_opinion(person=cast.learner, submission=question, now=again)
    tick(again + 3 * DAY)
    assert [one for one in told(ana) if one == REMIND] == [REMIND, REMIND]


def test_a_live_claim_is_work_and_holds_the_ladder(cast, ana, question):
    bo = colleague(cast, "Bo")
    due = LATER + 10 * DAY
    claim_second_opinion(person=bo, submission=question, now=due)
    tick(due)
    assert told(ana) == told(bo) == told(cast.coordinator) == []
    tick(due + 2 * HOUR)
    assert told(ana) == told(bo) == [OFFER]
    assert told(cast.coordinator) == [(TELL, "tell")]


def test_coordinators_are_not_told_of_learners_who_rest(cast, ana, question):
    Pause.objects.create(
        enrollment=cast.enrollment, starts_on=NOW.date(), created_at=NOW, changed_at=NOW
    )
    tick(LATER + 11 * DAY)
    assert told(cast.coordinator) == []
    assert told(ana) == [OFFER]
    Pause.objects.all().delete()
    tick(LATER + 11 * DAY)
    assert told(cast.coordinator) == [(TELL, "tell")]


def test_who_runs_the_cohort_and_may_give_it_hears_of_it_once_at_the_end(cast, ana, question):
    make_member(cast.cohort, cast.coordinator, "mentor")
    tick(LATER + 12 * DAY)
    assert told(cast.coordinator) == [(TELL, "tell")]
    assert [one.kind for one in preview(cast.coordinator, now=LATER + 12 * DAY).items].count(
        "review-waiting"
    ) == 0


@pytest.mark.parametrize("left", [True, False])
def test_who_runs_the_cohort_reads_what_was_tried(cast, ana, question, left):
    if not left:
        ended = Mentorship.objects.get(mentor=ana)
        end_mentorship(person=ana, mentorship=ended, now=LATER)
    now = LATER + 10 * DAY
    tick(now)
    row = words(cast.coordinator)
    assert row.title == f"A second opinion has waited 10 days: “{TITLE}” by Lin Learner"
    assert row.body == (
        f"“{TITLE}” was offered to all who may give one, and nobody has. See who could, and ask "
        "them."
        if left
        else f"Nobody is left who may give one on “{TITLE}”. Find them another mentor."
    )
    assert row.reason.startswith("You coordinate Lin Learner’s cohort")
    assert ("were reminded" in row.reason) is left
    assert row.url == f"/cohorts/{cast.cohort.pk}"
    mail = letters(now)[cast.coordinator.email]
    for said in (text_of(mail), html_of(mail)):
        assert row.body in " ".join(said.split())
        assert "A second opinion was asked for on Sunday 22 November" in said


@pytest.mark.parametrize("by", ["learner", "mentor"])
def test_the_veil_holds(cast, ana, by):
    """Two worlds that differ in the first decision and in who asked: the same is said in both."""
    outcome = {
        "learner": SubmissionState.CHANGES_REQUESTED,
        "mentor": SubmissionState.APPROVED,
    }[by]
    asked(cast, outcome, by=getattr(cast, by))
    make_member(cast.cohort, cast.coordinator, "mentor")
    tick(LATER)
    clear()
    box = Postbox()
    for days in (3, 5, 10):
        tick(LATER + days * DAY)
        send(box, now=LATER + days * DAY)
    blind = (ana, cast.coordinator)
    mails = [one for address, one in box.messages if address in {who.email for who in blind}]
    rows = list(Notification.objects.filter(person__in=blind))
    assert len(mails) == len(rows) == 5
    said = [read(one) for one in mails for read in (text_of, html_of)]
    said += [f"{one.title} {one.body} {one.reason} {one.url}" for one in with_words(rows)]
    said += [str(row.data) for row in rows]
    for text in said:
        for secret in ("VERDICT", "Mo Mentor", str(cast.mentor.pk), "approv", "changes", " asked"):
            assert secret not in text.replace("was asked for on", ""), text


def test_what_the_mail_of_a_mentor_says(cast, ana, question):
    now = LATER + 3 * DAY
    tick(now)
    row = words(ana)
    assert row.title == f"A second opinion has waited 3 days: “{TITLE}” by Lin Learner"
    assert row.reason == "You mentor Lin Learner, and nobody has answered this in 3 days."
    assert row.url == f"/reviews/{question.pk}"
    mail = letters(now)[ana.email]
    for said in (text_of(mail), html_of(mail)):
        assert "was submitted on Sunday 22 November" in said
        assert "A second opinion was asked for on Sunday 22 November" in said
        assert row.body in " ".join(said.split())
        assert "One answer from you" not in said
    tick(LATER + 5 * DAY)
    assert words(ana).body.startswith("It is offered to all who may give it now.")


@pytest.mark.parametrize("then", ["given", "claimed", "left", "away", "overtaken"])
def test_a_mail_is_true_when_it_is_sent(cast, ana, question, then):
    bo = colleague(cast, "Bo")
    now = LATER + 3 * DAY
    tick(now)
    (waits,) = Delivery.objects.filter(kind="review-waiting", person=ana)
    if then == "given":
        gives(bo, question, now=now)
    elif then == "claimed":
        claim_second_opinion(person=bo, submission=question, now=now)
    elif then == "left":
        end_mentorship(person=ana, mentorship=Mentorship.objects.get(mentor=ana), now=now)
    elif then == "away":
        Leave.objects.create(
            person=ana, starts_on=NOW.date(), ends_on=now.date() + DAY, created_at=NOW
        )
    else:
        now = LATER + 5 * DAY
        tick(now)
    letters(now)
    waits.refresh_from_db()
    expected = {
        "given": "no-longer-waiting",
        "left": "no-longer-mentor",
        "away": "not-offered-now",
        "overtaken": "overtaken",
    }
    if then in expected:
        assert (waits.state, waits.suppressed_reason) == ("suppressed", expected[then])
    else:
        assert waits.state == "queued"
        assert waits.due_at == SecondOpinion.objects.get().claim_expires_at


@pytest.mark.parametrize("then", ["given", "claimed", "left"])
def test_a_coordinators_mail_is_true_when_it_is_sent(cast, ana, question, then):
    now = LATER + 10 * DAY
    tick(now)
    (waits,) = Delivery.objects.filter(kind="review-late")
    if then == "given":
        gives(ana, question, now=now)
    elif then == "claimed":
        claim_second_opinion(person=ana, submission=question, now=now)
    else:
        cast.cohort.members.filter(person=cast.coordinator).update(left_at=now)
    letters(now)
    waits.refresh_from_db()
    assert waits.suppressed_reason == {
        "given": "no-longer-waiting",
        "claimed": "",
        "left": "no-longer-coordinator",
    }.get(then)
    assert waits.state == ("queued" if then == "claimed" else "suppressed")


def test_who_wants_no_reminders_of_reviews_gets_none_of_opinions(cast, ana, question):
    choose_preferences(
        person=ana, values={}, choices=[Chosen("review-waiting", "email", Choice.OFF)]
    )
    now = LATER + 3 * DAY
    tick(now)
    assert told(ana) == [REMIND]  # the inbox has it
    assert ana.email not in letters(now)


def test_the_preview_says_what_then_happens(cast, ana, question):
    pia = colleague(cast, "Pia", kinds=["project"])
    foreseen = {
        person: [
            (one.kind, one.inbox_at)
            for one in preview(person, now=LATER + HOUR).items
            if one.kind == "review-waiting"
        ]
        for person in (ana, pia, cast.mentor)
    }
    remind, offer = LATER + 3 * DAY, LATER + 5 * DAY
    assert foreseen == {
        ana: [("review-waiting", remind), ("review-waiting", offer)],
        pia: [("review-waiting", offer)],
        cast.mentor: [],
    }
    tick(LATER + 8 * DAY)
    ahead = [one.kind for one in preview(pia, now=LATER + 8 * DAY).items]
    assert ahead.count("review-waiting") == 1  # made, and on its way: not once more


def test_a_mentors_week_names_it_and_counts_what_they_gave(cast, ana, question):
    """Also when the way was completed by the decision that they may not know."""
    cast.enrollment.complete(now=LATER)
    now = LATER + DAY
    (one,) = mentors([ana.pk], now=now)[ana.pk].waiting
    assert (one.submission_id, one.waiting_since) == (question.pk, LATER)
    assert mentors([cast.mentor.pk], now=now)[cast.mentor.pk].waiting == ()
    gives(ana, question, now=now)
    facts = mentors([ana.pk, cast.mentor.pk], now=now)
    assert (facts[ana.pk].waiting, facts[ana.pk].reviewed) == ((), [now])
    assert facts[cast.mentor.pk].reviewed == [LATER]


def test_finding_what_is_due_takes_the_same_queries_for_one_and_for_many(cast, ana, question):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            found = [len(one.due(LATER + 12 * DAY, limit=100)) for one in NUDGES]
        return found, len(queries)

    assert statements() == ([0, 1, 0, 1], 9)
    for number in range(4):
        other = make_enrollment(make_person(f"Other {number}"))
        make_mentorship(cast.mentor, other.learner)
        make_mentorship(ana, other.learner)
        make_member(cast.cohort, other.learner, "learner")
        one = submit(other)
        decide(one, cast.mentor)
        one.refresh_from_db()
        ask_second_opinion(person=other.learner, submission=one, now=LATER)
    assert statements() == ([0, 5, 0, 5], 9)
