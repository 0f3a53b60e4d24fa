"""A review that is late: offered to all, handed to one with room, and seen by who waits."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from progress import events
from progress.commands.end_mentorship import end_mentorship
from progress.commands.hand_over_late_reviews import hand_over_late_reviews
from progress.commands.leave_cohort import leave_cohort
from progress.commands.load_pathway import load_pathway
from progress.commands.save_review_draft import save_review_draft
from progress.models import (
    HandOver,
    Leave,
    MentorProfile,
    OutboxEvent,
    Pause,
    Submission,
)
from progress.models.claim import MOST_CLAIMS
from progress.queries.hand_overs_due import hand_overs_due
from progress.tasks import hand_over_reviews
from tests.at_once import at_once
from tests.factories import NOW, document, make_cohort, make_member, make_mentorship, make_person
from tests.progress.promises import promised
from tests.progress.test_review_queue import KEY, QUEUE, make_waiting
from tests.progress.test_ties import make_opinion

DAY = dt.timedelta(days=1)
LATE = NOW + 7 * DAY
pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast):
    """The cast learner's round, handed in at NOW; its mentor `mo` is the learner's own."""
    return Submission.objects.create(
        enrollment=cast.enrollment,
        milestone_key=KEY,
        milestone_kind="skill",
        round=1,
        submitted_at=NOW,
    )


def colleague(cast, name="Olu", **terms):
    """Another mentor of the learner's cohort."""
    person = make_person(name)
    make_member(cast.cohort, person, "mentor")
    if terms:
        MentorProfile.objects.create(person=person, changed_at=NOW, **terms)
    return person


def handed_to(submission):
    made = HandOver.objects.made().filter(submission=submission).select_related("mentor").first()
    return made.mentor if made else None


# --- the second step: offered to all ---------------------------------------------------------


def test_after_five_days_it_is_offered_whatever_one_usually_takes(cast, late, as_):
    olu = colleague(cast, kinds=["project"], languages=["de"], pathways=["another"])
    for now, offered in ((NOW + 5 * DAY - dt.timedelta(seconds=1), False), (NOW + 5 * DAY, True)):
        assert Submission.objects.offered_to(olu, now).filter(pk=late.pk).exists() is offered
    with time_machine.travel(NOW + 5 * DAY, tick=False):
        (row,) = as_(olu).get(QUEUE).json()["results"]
        assert (row["unusual"], row["handed_at"]) == (True, None)
        (row,) = as_(cast.mentor).get(QUEUE).json()["results"]
        assert row["unusual"] is False
    with time_machine.travel(NOW + 4 * DAY, tick=False):
        assert as_(olu).get(f"{QUEUE}?shelf=set_aside").json()["results"][0]["unusual"] is False


@pytest.mark.parametrize("terms", [{"weekly_capacity": 0}, {"leave": True}])
def test_leave_and_capacity_are_respected_however_late_it_is(cast, late, terms):
    olu = colleague(cast, **({} if "leave" in terms else terms))
    if "leave" in terms:
        Leave.objects.create(
            person=olu, starts_on=NOW.date(), ends_on=NOW.date() + 60 * DAY, created_at=NOW
        )
    assert not Submission.objects.offered_to(olu, LATE).exists()
    assert hand_over_late_reviews(now=LATE) == 0
    assert HandOver.objects.get().mentor is None


# --- the third step: handed over -------------------------------------------------------------


def test_on_the_seventh_day_it_is_handed_to_another_mentor(cast, late):
    olu = colleague(cast)
    assert hand_over_late_reviews(now=LATE - dt.timedelta(seconds=1)) == 0
    assert not HandOver.objects.exists()
    assert hand_over_late_reviews(now=LATE) == 1
    assert handed_to(late) == olu
    (event,) = OutboxEvent.objects.filter(type=events.SUBMISSION_HANDED_OVER)
    assert (event.actor_id, event.subject_id, event.enrollment_id) == (
        None,
        late.pk,
        cast.enrollment.pk,
    )
    assert event.data == {"milestone": KEY, "round": 1, "mentor": str(olu.pk), "days": 7}
    for days in range(30):
        assert hand_over_late_reviews(now=LATE + days * DAY) == 0
    late.refresh_from_db()
    assert (late.claimed_by, late.state) == (None, "waiting")  # it locks nobody out


def test_not_to_who_has_begun_nor_to_the_only_mentor_of_ones_own(cast, late):
    olu = colleague(cast)
    save_review_draft(person=olu, submission=late, version=0, content={}, now=NOW)
    assert hand_over_late_reviews(now=LATE) == 0
    assert HandOver.objects.get().mentor is None
    another = make_person("Another of their own")
    make_mentorship(another, cast.learner)
    assert hand_over_late_reviews(now=LATE) == 1
    assert handed_to(late) in {another, cast.mentor}
    assert HandOver.objects.count() == 1  # what was tried is filled in
    assert HandOver.objects.get().tried_at == LATE


def test_whose_claim_ran_out_has_had_it(cast, late):
    olu, nia = colleague(cast), colleague(cast, "Nia")
    late.claim(mentor=nia, now=LATE - dt.timedelta(hours=1))
    assert hand_over_late_reviews(now=LATE) == 0  # she is at work
    assert not HandOver.objects.exists()
    assert hand_over_late_reviews(now=LATE + dt.timedelta(hours=2)) == 1
    assert handed_to(late) == olu


def test_who_usually_takes_such_work_comes_first(cast, late):
    colleague(cast, "Pia", kinds=["project"])
    olu = colleague(cast, kinds=["skill"])
    assert hand_over_late_reviews(now=LATE) == 1
    assert handed_to(late) == olu


def test_nobody_gets_more_than_they_have_room_for(cast):
    olu, nia = colleague(cast, weekly_capacity=2), colleague(cast, "Nia")
    for n in range(MOST_CLAIMS + 4):
        make_waiting(name=f"Lin {n}", cohort=cast.cohort, days=n / 100)
    assert hand_over_late_reviews(now=LATE) == MOST_CLAIMS + 2
    open_ones = HandOver.objects.open()
    assert open_ones.filter(mentor=olu).count() == 2
    assert open_ones.filter(mentor=nia).count() == MOST_CLAIMS
    assert HandOver.objects.filter(mentor=None).count() == 2
    oldest = HandOver.objects.filter(mentor=None).values_list(
        "submission__enrollment__learner__name", flat=True
    )
    assert set(oldest) == {"Lin 0", "Lin 1"}  # those who wait longest got a place


def test_what_is_decided_makes_room(cast):
    olu = colleague(cast)
    rounds = [make_waiting(cohort=cast.cohort, days=n / 100) for n in range(MOST_CLAIMS + 1)]
    assert hand_over_late_reviews(now=LATE) == MOST_CLAIMS
    one = HandOver.objects.made().first().submission
    one.claim(mentor=olu, now=LATE)
    assert hand_over_late_reviews(now=LATE) == 0  # what is handed over and claimed is one
    Submission.objects.filter(pk=one.pk).update(state="approved", decided_by=olu, decided_at=LATE)
    assert hand_over_late_reviews(now=LATE) == 1
    assert all(handed_to(one) == olu for one in rounds)


def test_a_second_opinion_in_hand_takes_room(cast, late):
    olu, nia = colleague(cast, weekly_capacity=1), colleague(cast, "Nia", kinds=["project"])
    opinion = make_opinion(olu, days=1)
    opinion.claim(mentor=olu, now=LATE)
    assert hand_over_late_reviews(now=LATE) == 1
    assert handed_to(late) == nia  # though Olu usually takes such work


@pytest.mark.parametrize("how", ["decided", "withdrawn"])
def test_a_round_that_is_settled_is_handed_to_nobody(cast, late, how):
    colleague(cast)
    if how == "withdrawn":
        late.withdraw(now=NOW)
    else:
        late.claim(mentor=cast.mentor, now=NOW)
        late.refresh_from_db()
        Submission.objects.filter(pk=late.pk).update(
            state="approved", decided_by=cast.mentor, decided_at=NOW
        )
    assert hand_over_late_reviews(now=LATE) == 0
    assert not HandOver.objects.exists()


def test_while_the_learner_rests_it_is_handed_to_nobody(cast, late):
    olu = colleague(cast)
    pause = Pause.objects.create(
        enrollment=cast.enrollment, starts_on=NOW.date(), created_at=NOW, changed_at=NOW
    )
    assert hand_over_late_reviews(now=LATE) == 0
    pause.delete()
    assert hand_over_late_reviews(now=LATE + DAY) == 1
    assert handed_to(late) == olu


def test_it_waits_until_somebody_has_room(cast, late):
    assert hand_over_late_reviews(now=LATE) == 0
    olu = colleague(cast)
    assert hand_over_late_reviews(now=LATE + DAY) == 1
    assert handed_to(late) == olu


@pytest.mark.parametrize("how", ["leaves", "ends"])
def test_who_may_no_longer_review_it_no_longer_has_it(cast, late, how):
    olu = make_person("Olu")
    member = make_member(cast.cohort, olu, "mentor") if how == "leaves" else None
    mentorship = make_mentorship(olu, cast.learner) if how == "ends" else None
    Leave.objects.create(
        person=cast.mentor, starts_on=NOW.date(), ends_on=LATE.date(), created_at=NOW
    )
    assert hand_over_late_reviews(now=LATE) == 1
    assert handed_to(late) == olu
    if member:
        leave_cohort(person=olu, member=member, now=LATE)
    else:
        end_mentorship(person=olu, mentorship=mentorship, now=LATE)
    assert handed_to(late) is None
    nia = colleague(cast, "Nia")
    assert hand_over_late_reviews(now=LATE) == 1
    assert handed_to(late) == nia
    make_mentorship(olu, cast.learner)
    HandOver.objects.standing().update(ended_at=LATE)
    assert hand_over_late_reviews(now=LATE) == 0  # neither gets it twice; Mo is away


def test_another_pathways_cohort_opens_nothing(cast, late):
    pathway = load_pathway(document=replace(document(), slug="another"), now=NOW)[0].pathway
    other = make_cohort(name="Other", pathway=pathway)
    make_member(other, cast.learner, "learner")
    make_member(other, make_person("Olu"), "mentor")
    assert hand_over_late_reviews(now=LATE) == 0


@pytest.mark.django_db(transaction=True)
def test_three_at_once_hand_each_round_to_one(cast):
    mentors = [colleague(cast, name) for name in ("Olu", "Nia", "Pia")]
    for n in range(8):
        make_waiting(cohort=cast.cohort, days=n / 100)
    with time_machine.travel(LATE, tick=False):
        handed = at_once(hand_over_reviews, hand_over_reviews, hand_over_reviews)
    assert sum(handed) == 8
    assert HandOver.objects.count() == HandOver.objects.made().count() == 8
    assert OutboxEvent.objects.filter(type=events.SUBMISSION_HANDED_OVER).count() == 8
    for mentor in mentors:
        assert HandOver.objects.open().filter(mentor=mentor).count() <= MOST_CLAIMS


def test_finding_what_is_due_takes_the_same_queries_for_one_and_for_many(
    cast, django_assert_num_queries
):
    colleague(cast)
    for n in range(4):
        make_waiting(cohort=cast.cohort, days=n)
    with django_assert_num_queries(6):
        assert len(hand_overs_due(LATE)) == 4


# --- what people see -------------------------------------------------------------------------


def test_the_queue_and_the_review_say_that_it_was_handed_over(cast, late, as_):
    olu = colleague(cast, kinds=["project"])
    save_review_draft(person=cast.mentor, submission=late, version=0, content={}, now=NOW)
    hand_over_late_reviews(now=LATE)
    assert handed_to(late) == olu
    with time_machine.travel(LATE, tick=False):
        (row,) = as_(olu).get(QUEUE).json()["results"]
        assert (row["id"], row["handed_at"]) == (str(late.pk), "2026-11-29T12:00:00Z")
        (row,) = as_(cast.mentor).get(QUEUE).json()["results"]
        assert row["handed_at"] is None
        pages = {
            person: as_(person).get(f"/api/v1/submissions/{late.pk}").json()["hand_over"]
            for person in (olu, cast.mentor, cast.coordinator, cast.learner)
        }
    assert pages[olu] == {
        "mentor": {"id": str(olu.pk), "name": "Olu"},
        "handed_at": "2026-11-29T12:00:00Z",
        "begun_by": [{"id": str(cast.mentor.pk), "name": "Mo Mentor"}],
        "last_word": None,
    }
    assert pages[cast.mentor] == pages[cast.coordinator] == pages[olu]
    assert pages[cast.learner] is None  # who has it is said on the milestone; drafts are not


def test_what_was_handed_over_is_offered_also_when_ones_week_is_full(cast, late, as_):
    olu = colleague(cast, weekly_capacity=1)
    hand_over_late_reviews(now=LATE)
    MentorProfile.objects.filter(person=olu).update(weekly_capacity=0)
    with time_machine.travel(LATE, tick=False):
        assert len(as_(olu).get(QUEUE).json()["results"]) == 1
        counts = as_(olu).get(f"{QUEUE}/counts").json()
    assert counts["shelves"] == {"offered": 1, "set_aside": 0, "resting": 0}


def ladder(as_, cast, now, key=KEY):
    with time_machine.travel(now, tick=False):
        return promised(as_(cast.learner), cast.enrollment, key)["ladder"]


@pytest.mark.parametrize(
    ("days", "step", "following", "at"),
    [
        (0, None, "remind", "2026-11-25T12:00:00Z"),
        (3, "remind", "offer", "2026-11-27T12:00:00Z"),
        (5, "offer", "hand_over", "2026-11-29T12:00:00Z"),
        (7, "hand_over", "tell", "2026-12-02T12:00:00Z"),
        (10, "tell", None, None),
    ],
)
def test_who_waits_sees_where_the_ladder_stands(cast, late, as_, days, step, following, at):
    assert ladder(as_, cast, NOW + days * DAY) == {
        "days": days,
        "step": step,
        "next_step": following,
        "next_at": at,
        "held": False,
        "resting": False,
        "handed_to": None,
        "handed_at": None,
        "coordinators": 1,
    }


def test_who_waits_sees_whose_it_is(cast, late, as_):
    olu = colleague(cast)
    hand_over_late_reviews(now=LATE)
    found = ladder(as_, cast, LATE)
    assert found["handed_to"] == {"id": str(olu.pk), "name": "Olu"}
    assert found["handed_at"] == "2026-11-29T12:00:00Z"
    late.claim(mentor=olu, now=LATE)
    assert ladder(as_, cast, LATE)["held"] is True


def test_who_rests_is_not_told_that_it_goes_on(cast, late, as_):
    Pause.objects.create(
        enrollment=cast.enrollment, starts_on=NOW.date(), created_at=NOW, changed_at=NOW
    )
    found = ladder(as_, cast, LATE + 5 * DAY)
    assert (found["step"], found["next_step"], found["resting"]) == ("offer", None, True)


def test_before_handing_in_there_is_no_ladder(cast, as_):
    assert ladder(as_, cast, NOW) is None
