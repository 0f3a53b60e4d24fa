"""Rules that are said twice, in SQL for many and in Python for one, say the same."""

import datetime as dt
import itertools

import pytest

from progress.compiled import milestone_of
from progress.models import (
    Cohort,
    CohortMember,
    Enrollment,
    Leave,
    MentorProfile,
    Pathway,
    SecondOpinion,
    Submission,
)
from progress.models.terms import left_this_week, unusual_for
from progress.queries.cohort_report import NotForLearners, require_reader
from progress.queries.mentors import coordinators_of, mentors_of, other_mentors
from progress.queries.promise import _helpers
from progress.queries.review_queue import Wanted, queue_counts, review_queue
from progress.queries.tied import COORDINATORS, MENTORS, each_reviewer, each_with
from tests.factories import (
    NOW,
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
)
from tests.progress.test_review_queue import KEY, make_waiting

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MLE = "machine-learning-engineer"


@pytest.mark.parametrize(
    ("kinds", "pathways", "languages"),
    list(
        itertools.product(
            ([], ["skill"], ["project"], ["project", "skill"]),
            ([], [MLE], ["another"]),
            ([], ["en"], ["de"]),
        )
    ),
)
def test_what_a_mentor_usually_takes(kinds, pathways, languages):
    mentor = make_person("Mo")
    profile = MentorProfile.objects.create(
        person=mentor, kinds=kinds, pathways=pathways, languages=languages, changed_at=NOW
    )
    for kind in ("skill", ""):
        one = make_waiting(mentor, milestone_kind=kind)
        unusual = Submission.objects.filter(unusual_for(mentor), pk=one.pk).exists()
        usual = profile.usually_takes(kind=kind, pathway=MLE, language="en")
        assert usual is not unusual


def make_opinion(*mentors, days, **given):
    """A second opinion on a round that somebody else decided, asked for so many days ago."""
    one = make_waiting(*mentors, days=days + 20)
    first = make_person("First")
    Submission.objects.filter(pk=one.pk).update(
        state="changes_requested", decided_by=first, decided_at=NOW - (days + 10) * DAY
    )
    make_mentorship(first, one.enrollment.learner)
    return SecondOpinion.objects.create(
        submission=one,
        enrollment=one.enrollment,
        edition=one.enrollment.edition,
        asked_by=one.enrollment.learner,
        asked_at=NOW - days * DAY,
        **({"state": "approved", **given} if given else {}),
    )


@pytest.mark.parametrize("terms", [{}, {"kinds": ["project"]}, {"weekly_capacity": 0}])
@pytest.mark.parametrize("days", [1, 5])
def test_an_opinion_is_offered_as_the_queue_shelves_it(terms, days):
    """By what the question waits, however long ago the round was handed in."""
    mentor = make_person("Mo")
    MentorProfile.objects.create(person=mentor, changed_at=NOW, **terms)
    one = make_opinion(mentor, days=days)
    offered = SecondOpinion.objects.offered_to(mentor, NOW).filter(pk=one.pk).exists()
    assert offered is (not terms or (days == 5 and "kinds" in terms))
    wanted = Wanted(second_opinion=True)
    queue = review_queue(mentor, wanted, now=NOW)
    assert [row.pk for row in queue] == ([one.submission_id] if offered else [])
    shelves = queue_counts(mentor, wanted, now=NOW).shelves
    assert shelves == {"offered": int(offered), "set_aside": int(not offered), "resting": 0}


TERMS = {
    "no terms": None,
    "any": {},
    "such work": {"kinds": ["skill"]},
    "other kinds": {"kinds": ["project"]},
    "other languages": {"languages": ["de"]},
    "none a week": {"weekly_capacity": 0},
    "room for one more": {"weekly_capacity": 3},
    "full": {"weekly_capacity": 2},
    "full, other kinds": {"weekly_capacity": 2, "kinds": ["project"]},
}


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("days", [1, 5])
@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_promise_counts_on_whom_it_is_offered_to(terms, days, away, zone):
    # Monday, 0:30 UTC: it is Monday afternoon in Kiritimati, and Sunday still in Pago Pago.
    now = dt.datetime(2026, 11, 23, 0, 30, tzinfo=dt.UTC)
    always, mentor = make_person("Always"), make_person("Mo", time_zone=zone)
    one = make_waiting(mentor)
    Submission.objects.filter(pk=one.pk).update(submitted_at=now - days * DAY)
    make_mentorship(always, one.enrollment.learner)
    if TERMS[terms] is not None:
        MentorProfile.objects.create(person=mentor, changed_at=NOW, **TERMS[terms])
    # Decided on Sunday and on Monday in one zone, on Sunday in the other.
    at = [now - hours * dt.timedelta(hours=1) for hours in (1, 20)]
    Submission.objects.filter(pk=make_waiting(mentor).pk).update(
        state="approved", decided_by=mentor, decided_at=at[0]
    )
    make_opinion(days=2, decided_by=mentor, decided_at=at[1])
    if away:
        Leave.objects.create(
            person=mentor,
            starts_on=dt.date(2026, 11, 23),
            ends_on=dt.date(2026, 11, 23),
            created_at=NOW,
        )
    found = _helpers(
        [always, mentor],
        one.enrollment,
        milestone_of(one.enrollment, KEY),
        now - days * DAY,
        now,
    )
    counted = found[1:]  # who always takes it comes first
    here = [
        helper
        for helper in counted
        if helper.away_days == 0 and (helper.weekly is None or helper.left > 0)
    ]
    offered = Submission.objects.offered_to(mentor, now).filter(pk=one.pk).exists()
    assert bool(here) is offered


def test_what_is_left_of_a_week():
    """Rounds that one decided and second opinions that one gave are the same work."""
    mentor = make_person("Mo")
    MentorProfile.objects.create(person=mentor, weekly_capacity=4, changed_at=NOW)
    for days in (0, 1, 8):
        make_opinion(days=2, decided_by=mentor, decided_at=NOW - days * DAY)
    make_opinion(days=2, decided_by=make_person("Ana"), decided_at=NOW)
    assert left_this_week([mentor.pk], now=NOW) == {mentor.pk: 2}
    for days in (0, 1, 8):
        done = make_waiting(mentor)
        Submission.objects.filter(pk=done.pk).update(
            state="approved", decided_by=mentor, decided_at=NOW - days * DAY
        )
    assert left_this_week([mentor.pk], now=NOW) == {mentor.pk: 0}  # a Sunday
    assert left_this_week([mentor.pk], now=NOW + DAY) == {mentor.pk: 4}
    MentorProfile.objects.update(weekly_capacity=None)
    assert left_this_week([mentor.pk], now=NOW) == {}


@pytest.fixture
def town(db):
    """Cohorts and mentorships in which everybody is something, somewhere, now or before."""
    people = [make_person(f"P{n}") for n in range(8)]
    enrollments = [make_enrollment(one) for one in people[:4]]
    another = Pathway.objects.create(slug="another", created_at=NOW)
    cohorts = [make_cohort(people[7]), make_cohort(people[6], name="Second")]
    cohorts.append(make_cohort(people[7], name="Elsewhere", pathway=another))
    cohorts.append(make_cohort(people[7], name="Ended"))
    for number, (cohort, part) in enumerate(
        itertools.product(cohorts, ("learner", "mentor", "coordinator"))
    ):
        for offset in (number, number * 3 + 1, number * 5 + 2):
            person = people[offset % 8]
            if not CohortMember.objects.filter(cohort=cohort, person=person, part=part).exists():
                make_member(cohort, person, part)
    gone = CohortMember.objects.filter(cohort=cohorts[1]).order_by("id")
    CohortMember.objects.filter(pk__in=list(gone.values_list("pk", flat=True))[1:5:2]).update(
        left_at=NOW
    )
    cohorts[3].end(now=NOW)
    make_mentorship(people[5], people[0])
    make_mentorship(people[0], people[3])
    make_mentorship(people[4], people[2]).end(now=NOW)
    for one in enrollments:
        Submission.objects.create(enrollment=one, milestone_key=KEY, round=1, submitted_at=NOW)
    people[6].is_active = False
    people[6].save(update_fields=["is_active"])
    return people


def test_pairs_of_rounds_and_people_are_those_of_each_alone(town):
    active = [one for one in town if one.is_active]
    pairs = {
        (row.pk, row.person_id)
        for tie in MENTORS
        for row in each_reviewer(Submission.objects.waiting(), tie)
    }
    alone = {(row.pk, one.pk) for one in active for row in Submission.objects.reviewable_by(one)}
    assert pairs == alone
    assert len(pairs) > 4
    waiting = Submission.objects.select_related("enrollment")
    assert pairs == {(row.pk, one.pk) for row in waiting for one in mentors_of(row.enrollment)}
    coordinated = {
        (row.pk, row.person_id) for row in each_with(Submission.objects.waiting(), COORDINATORS)
    }
    assert coordinated == {
        (row.pk, one.pk) for row in waiting for one in coordinators_of(row.enrollment)
    }


def test_pairs_of_opinions_and_people_are_those_of_each_alone(town):
    first, second = town[5], town[4]
    Submission.objects.update(state="approved", decided_by=first, decided_at=NOW)
    Submission.objects.filter(pk__in=Submission.objects.values("pk")[:2]).update(decided_by=second)
    for one in Submission.objects.select_related("enrollment"):
        SecondOpinion.objects.create(
            submission=one,
            enrollment=one.enrollment,
            edition=one.enrollment.edition,
            asked_by=one.enrollment.learner,
            asked_at=NOW,
        )
    pairs = {
        (row.pk, row.person_id)
        for tie in MENTORS
        for row in each_reviewer(SecondOpinion.objects.waiting(), tie)
    }
    active = [one for one in town if one.is_active]
    alone = {(row.pk, one.pk) for one in active for row in SecondOpinion.objects.reviewable_by(one)}
    assert pairs == alone
    waiting = SecondOpinion.objects.select_related("enrollment", "submission")
    others = {
        (row.pk, one.pk)
        for row in waiting
        for one in other_mentors(row.enrollment, than=row.submission.decided_by_id)
    }
    everybody = {(row.pk, one.pk) for row in waiting for one in mentors_of(row.enrollment)}
    assert pairs == others < everybody


def test_who_reads_a_report_is_who_leads_the_cohort(town):
    for person, cohort in itertools.product(town, Cohort.objects.all()):
        leads = Cohort.objects.led_by(person).filter(pk=cohort.pk).exists()
        try:
            reader = require_reader(person, cohort)
        except NotForLearners:
            assert not leads
            continue
        assert leads
        parts = {row.part for row in cohort.members.filter(person=person, left_at=None)}
        assert reader.runs is ("coordinator" in parts)
        assert reader.leads is bool(parts & {"coordinator", "mentor"})


def test_enrollments_are_reviewable_as_their_rounds_are(town):
    for person in town:
        rows = Enrollment.objects.reviewable_by(person)
        assert set(
            Submission.objects.reviewable_by(person).values_list("enrollment", flat=True)
        ) == set(rows.filter(submissions__isnull=False).values_list("pk", flat=True))
