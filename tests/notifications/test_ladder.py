"""Who hears of a late review: each step once, only the latest, and only what is true."""

import datetime as dt

import pytest

from notifications.models import Delivery, Notification
from notifications.nudges.planning import plan
from notifications.queries.inbox import with_words
from notifications.queries.preview import preview
from progress.commands.claim_submission import claim_submission
from progress.commands.hand_over_late_reviews import hand_over_late_reviews
from progress.commands.leave_cohort import leave_cohort
from progress.commands.save_review_draft import save_review_draft
from progress.commands.withdraw_submission import withdraw_submission
from progress.commands.write_comment import write_comment
from progress.models import CohortMember, HandOver, Leave, MentorProfile, Pause
from progress.states import SubmissionState
from tests.at_once import at_once
from tests.factories import NOW, make_member, make_person, new_id
from tests.notifications.acts import KEY, TITLE, decide, deliver, submit
from tests.notifications.post import Postbox, html_of, send, text_of

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast):
    """A round handed in at NOW; what was told of it at once is out of the way."""
    submission = submit(cast.enrollment)
    deliver()
    Notification.objects.all().delete()
    return submission


def colleague(cast, name="Olu", **terms):
    """Another mentor of the learner's cohort."""
    person = make_person(name)
    make_member(cast.cohort, person, "mentor")
    if terms:
        MentorProfile.objects.create(person=person, changed_at=NOW, **terms)
    return person


def tick(now):
    """What the beats do at `now`, in the order that is least kind: nudges before hand-overs."""
    plan(now=now)
    hand_over_late_reviews(now=now)
    deliver(now)
    plan(now=now)


def told(person):
    """Kinds and steps that stand in somebody's inbox, the oldest first."""
    rows = Notification.objects.owned_by(person).order_by("created_at", "id")
    return [(row.kind, row.data.get("step") or row.data.get("to")) for row in rows]


def words(person, kind):
    rows = list(Notification.objects.owned_by(person).filter(kind=kind))
    return with_words(rows)[-1]


def test_step_by_step(cast, late):
    olu, pia = colleague(cast), colleague(cast, "Pia", kinds=["project"])
    everybody = (cast.mentor, olu, pia, cast.coordinator, cast.learner)
    seen = {}
    for day in range(13):
        for hour in (0, 1):
            tick(NOW + day * DAY + hour * dt.timedelta(hours=1))
        seen[day] = {one.name: told(one) for one in everybody}
    remind, offer = ("review-waiting", "remind"), ("review-waiting", "offer")
    assert seen[2] == {one.name: [] for one in everybody}
    assert seen[3] == {**seen[2], "Mo Mentor": [remind], "Olu": [remind]}
    assert seen[5] == {
        **seen[2],
        "Mo Mentor": [remind, offer],
        "Olu": [remind, offer],
        "Pia": [offer],
    }
    over = "submission-handed-over"
    assert seen[7] == {
        "Mo Mentor": [remind, offer, (over, "before")],
        "Olu": [remind, offer, (over, "mentor")],
        "Pia": [offer],
        "Cleo Coordinator": [],
        "Lin Learner": [(over, "learner")],
    }
    assert seen[9] == seen[7]
    assert seen[10] == {**seen[7], "Cleo Coordinator": [("review-late", "tell")]}
    assert seen[12] == seen[10]


def test_after_twelve_days_without_a_beat_each_hears_the_latest_alone(cast, late):
    olu, pia = colleague(cast), colleague(cast, "Pia")
    Leave.objects.create(
        person=pia, starts_on=NOW.date(), ends_on=NOW.date() + 20 * DAY, created_at=NOW
    )
    now = NOW + 12 * DAY
    for _ in range(3):
        tick(now)
    assert told(olu) == [("submission-handed-over", "mentor")]
    assert told(cast.mentor) == [("submission-handed-over", "before")]
    assert told(cast.coordinator) == [("review-late", "tell")]
    assert told(cast.learner) == [("submission-handed-over", "learner")]
    assert told(pia) == []
    kept = Notification.objects.get(person=olu).data["skipped"]
    assert kept == {"remind": "overtaken", "offer": "overtaken"}
    box = Postbox()
    send(box, now=now)
    assert sorted(address for address, _ in box.messages) == sorted(
        one.email for one in (olu, cast.mentor, cast.coordinator, cast.learner)
    )


def test_where_nobody_can_take_it_over_the_latest_reminder_says_what_it_left_out(cast, late):
    tick(NOW + 12 * DAY)
    assert told(cast.mentor) == [("review-waiting", "offer")]
    row = Notification.objects.get(person=cast.mentor)
    assert (row.data["skipped"], row.data["days"]) == ({"remind": "overtaken"}, 12)
    assert told(cast.coordinator) == [("review-late", "tell")]


def test_what_was_on_time_left_nothing_out(cast, late):
    pia = colleague(cast, "Pia", kinds=["project"])
    tick(NOW + 3 * DAY)
    tick(NOW + 5 * DAY)
    for person in (cast.mentor, pia):
        last = Notification.objects.owned_by(person).order_by("-id")[0]
        assert last.data["step"] == "offer"
        assert "skipped" not in last.data


def test_a_reminder_that_could_not_be_sent_in_time_gives_way_to_the_next(cast, late):
    tick(NOW + 3 * DAY)
    tick(NOW + 5 * DAY)  # and only now is there a mail server
    box = Postbox()
    send(box, now=NOW + 5 * DAY)
    assert len(box.messages) == 1
    assert "has waited 5 days" in box.last["Subject"]
    assert "It is offered to everybody who may review it now." in text_of(box.last)
    overtaken = Delivery.objects.get(is_nudge=True, state="suppressed")
    assert overtaken.suppressed_reason == "overtaken"
    tick(NOW + 5 * DAY)
    assert len(told(cast.mentor)) == 2


def test_a_mentor_who_runs_the_cohort_hears_of_it_once_at_the_end(cast, late):
    make_member(cast.cohort, cast.coordinator, "mentor")
    colleague(cast)
    tick(NOW + 12 * DAY)
    assert len(told(cast.coordinator)) == 1


def test_a_coordinator_to_whom_it_was_handed_has_time_to_answer(cast, late):
    make_member(cast.cohort, cast.coordinator, "mentor")
    tick(NOW + 12 * DAY)
    assert told(cast.coordinator) == [("submission-handed-over", "mentor")]
    tick(NOW + 15 * DAY - dt.timedelta(seconds=1))
    assert len(told(cast.coordinator)) == 1
    tick(NOW + 15 * DAY)
    assert told(cast.coordinator)[1:] == [("review-late", "tell")]


def test_the_preview_goes_by_ones_own_terms(cast, late):
    olu, pia = colleague(cast), colleague(cast, "Pia", weekly_capacity=0)
    ahead = {
        person: [
            one.inbox_at for one in preview(person, now=NOW).items if one.kind == "review-waiting"
        ]
        for person in (olu, pia)
    }
    assert ahead == {olu: [NOW + 3 * DAY, NOW + 5 * DAY], pia: []}


@pytest.mark.parametrize("how", ["decided", "withdrawn"])
def test_a_round_that_is_settled_stops_the_ladder(cast, late, how):
    olu = colleague(cast)
    tick(NOW + 7 * DAY)
    before = Notification.objects.filter(kind__startswith="review-").count()
    if how == "decided":
        decide(late, olu, now=NOW + 7 * DAY)
    else:
        withdraw_submission(person=cast.learner, submission=late, now=NOW + 7 * DAY)
    for day in range(8, 14):
        tick(NOW + day * DAY)
    assert Notification.objects.filter(kind__startswith="review-").count() == before
    box = Postbox()
    send(box, now=NOW + 13 * DAY)
    kinds = Delivery.objects.exclude(suppressed_reason="").values_list("kind", flat=True)
    assert set(kinds) >= {"submission-handed-over"}
    assert not any("handed" in message["Subject"] for _, message in box.messages)


def test_a_hand_over_of_a_first_round_names_nothing_open(cast, late):
    olu = colleague(cast)
    tick(NOW + 7 * DAY)
    box = Postbox()
    send(box, now=NOW + 7 * DAY)
    (mail,) = [one for address, one in box.messages if address == olu.email]
    for said in (text_of(mail), html_of(mail)):
        assert "was submitted on Sunday 22 November" in said
        assert "What is open" not in said


def test_the_hand_over_says_what_is_open(cast, late):
    decide(late, cast.mentor, SubmissionState.CHANGES_REQUESTED)
    later = NOW + DAY
    second = submit(cast.enrollment, now=later)
    olu = colleague(cast)
    save_review_draft(person=cast.mentor, submission=second, version=0, content={}, now=later)
    write_comment(
        person=cast.learner,
        enrollment=cast.enrollment,
        milestone_key=KEY,
        comment_id=new_id(),
        body="Does it need the parser?",
        now=later,
    )
    deliver(later)
    Delivery.objects.all().delete()
    now = later + 7 * DAY
    hand_over_late_reviews(now=now)
    deliver(now)
    box = Postbox()
    send(box, now=now)
    mails = dict(box.messages)
    for said in (text_of(mails[olu.email]), html_of(mails[olu.email])):
        assert TITLE in said
        assert "Nobody has answered it in 7 days, so it is yours to answer now." in said
        assert "1 round before this one" in said
        assert "Asked for before, open: Test the parser, too." in " ".join(said.split())
        assert "The last word in the conversation is the learner’s" in said
        assert "Mo Mentor has begun a draft, which stays theirs" in said
        assert "You may review Lin Learner’s work, and you have room for it." in said
        assert f"/reviews/{second.pk}" in said
    to_mo = text_of(mails[cast.mentor.email])
    assert "was handed to Olu" in " ".join(str(mails[cast.mentor.email]["Subject"]).split())
    assert "Your draft stays yours" in to_mo
    assert "Test the parser" not in to_mo
    row = words(cast.learner, "submission-handed-over")
    assert row.title == f"Olu is asked to review “{TITLE}”"
    assert row.url == f"/milestones/{KEY}"


@pytest.mark.parametrize("somebody", [True, False])
def test_who_runs_the_cohort_reads_why_and_the_one_thing_to_do(cast, late, somebody):
    if somebody:
        colleague(cast)
    tick(NOW + 10 * DAY)
    row = words(cast.coordinator, "review-late")
    assert row.title == "Lin Learner has waited 10 days for a review"
    assert row.body == (
        f"“{TITLE}” was handed to Olu, who has not answered. Ask them."
        if somebody
        else f"No mentor had room to take “{TITLE}” over. See who could, and ask them."
    )
    assert row.reason == "You coordinate Lin Learner’s cohort, and its mentors were reminded."
    assert row.url == f"/cohorts/{cast.cohort.pk}"
    box = Postbox()
    send(box, now=NOW + 10 * DAY)
    (mail,) = [one for address, one in box.messages if address == cast.coordinator.email]
    assert "See who has room" in text_of(mail)
    assert row.body in " ".join(text_of(mail).split())


def test_who_runs_the_cohort_is_not_told_of_learners_who_rest(cast, late):
    Pause.objects.create(
        enrollment=cast.enrollment, starts_on=NOW.date(), created_at=NOW, changed_at=NOW
    )
    tick(NOW + 11 * DAY)
    assert told(cast.coordinator) == []
    Pause.objects.all().delete()
    tick(NOW + 11 * DAY)
    assert told(cast.coordinator) == [("review-late", "tell")]


def test_a_coordinators_mail_is_true_when_it_is_sent(cast, late):
    tick(NOW + 10 * DAY)
    rows = Delivery.objects.filter(kind="review-late")
    held = claim_submission(person=cast.mentor, submission=late, now=NOW + 10 * DAY)
    send(Postbox(), now=NOW + 10 * DAY)
    assert rows.get().due_at == held.claim_expires_at
    decide(late, cast.mentor, now=NOW + 10 * DAY)
    send(Postbox(), now=NOW + 11 * DAY)
    assert rows.get().suppressed_reason == "no-longer-waiting"


def test_a_mail_that_would_name_the_wrong_mentor_is_not_sent(cast, late):
    tick(NOW + 10 * DAY)  # to nobody
    olu = colleague(cast)
    hand_over_late_reviews(now=NOW + 10 * DAY)
    deliver(NOW + 10 * DAY)
    send(Postbox(), now=NOW + 10 * DAY)
    gone = Delivery.objects.get(kind="review-late")
    assert (gone.state, gone.suppressed_reason) == ("suppressed", "handed-over")
    reminder = Delivery.objects.get(kind="review-waiting", person=cast.mentor)
    assert reminder.suppressed_reason == "handed-over"
    member = CohortMember.objects.get(person=olu)
    assert Delivery.objects.get(kind="submission-handed-over", person=olu).state == "sent"
    leave_cohort(person=olu, member=member, now=NOW + 10 * DAY)
    assert not HandOver.objects.made().exists()


def test_a_coordinator_who_left_is_not_told(cast, late):
    tick(NOW + 10 * DAY)
    CohortMember.objects.filter(person=cast.coordinator).update(left_at=NOW + 10 * DAY)
    send(Postbox(), now=NOW + 10 * DAY)
    gone = Delivery.objects.get(kind="review-late")
    assert gone.suppressed_reason == "no-longer-coordinator"


@pytest.mark.django_db(transaction=True)
def test_three_beats_at_once_tell_each_once(cast):
    submit(cast.enrollment)
    deliver()
    Notification.objects.all().delete()
    colleague(cast)
    now = NOW + 11 * DAY
    for _ in range(2):
        at_once(*[lambda: tick(now)] * 3)
    by_person = [told(one) for one in (cast.mentor, cast.coordinator, cast.learner)]
    assert [len(rows) for rows in by_person] == [1, 1, 1]
    assert Notification.objects.count() == 4
