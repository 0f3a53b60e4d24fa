"""The review queue: whose, which, in what order, and how much."""

import datetime as dt

import pytest
import time_machine

from progress.models import Enrollment, Leave, MentorProfile, Pause, Submission
from tests.at_once import at_once
from tests.factories import (
    NOW,
    make_cohort,
    make_enrollment,
    make_member,
    make_mentorship,
    make_person,
    new_id,
)

QUEUE = "/api/v1/review-queue"
KEY = "python-programming"


def make_waiting(mentor=None, *, name="Lin", days=1, cohort=None, **fields):
    """A waiting round of a new learner, `days` old."""
    learner = make_person(name)
    enrollment = make_enrollment(learner, now=NOW - dt.timedelta(days=90))
    if mentor:
        make_mentorship(mentor, learner)
    if cohort:
        make_member(cohort, learner, "learner")
    fields = {"milestone_key": KEY, "milestone_kind": "skill", "round": 1, **fields}
    return Submission.objects.create(
        enrollment=enrollment, submitted_at=NOW - dt.timedelta(days=days), **fields
    )


@pytest.fixture
def mentor(db):
    return make_person("Mo Mentor")


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ask(as_, mentor, clock):
    """Return a function: the names in the mentor's queue and the counts, which must agree."""
    client = as_(mentor)

    def asked(query=""):
        listed = client.get(f"{QUEUE}?{query}")
        counted = client.get(f"{QUEUE}/counts?{query}")
        assert (listed.status_code, counted.status_code) == (200, 200), listed.content
        names = [row["learner"]["name"] for row in listed.json()["results"]]
        counts = counted.json()
        assert counts["total"] == len(names) == counts["free"] + counts["mine"] + counts["others"]
        return names, counts

    return asked


@pytest.mark.django_db
def test_scopes(ask, mentor):
    cohort, another = make_cohort(), make_cohort(name="Spring")
    make_member(cohort, mentor, "mentor")
    make_member(another, mentor, "mentor")
    make_waiting(mentor, name="Own", days=1)
    make_waiting(name="Ours", days=3, cohort=cohort)
    make_waiting(name="Theirs", days=2, cohort=another)
    make_waiting(name="Nobody's", days=9)
    both = make_waiting(mentor, name="Both", days=4, cohort=cohort)
    names, counts = ask()
    assert names == ["Both", "Ours", "Theirs", "Own"]
    assert counts["scopes"] == {"mine": 2, "cohort": 3, "all": 4}
    assert ask("scope=mine")[0] == ["Both", "Own"]
    assert ask("scope=cohort")[0] == ["Both", "Ours", "Theirs"]
    names, counts = ask(f"cohort={cohort.pk}")
    assert names == ["Both", "Ours"]
    assert counts["scopes"] == {"mine": 1, "cohort": 2, "all": 2}
    assert ask(f"scope=mine&cohort={cohort.pk}")[0] == ["Both"]
    assert ask(f"cohort={new_id()}")[0] == []
    both.withdraw(now=NOW)
    assert ask("scope=mine")[0] == ["Own"]


@pytest.mark.django_db
def test_filters(ask, mentor):
    make_waiting(mentor, name="Skill", days=5)
    make_waiting(mentor, name="Second", days=1, round=2)
    assert ask("kind=skill")[0] == ["Skill", "Second"]
    assert ask("kind=project")[0] == []
    assert ask("round=2")[0] == ["Second"]
    assert ask("waiting_for=5")[0] == ["Skill"]
    assert ask("waiting_for=6")[0] == []
    assert ask("pathway=machine-learning-engineer")[0] == ["Skill", "Second"]
    assert ask("pathway=data-engineering")[0] == []


@pytest.mark.django_db
def test_a_stage_of_a_pathway(ask, mentor):
    from progress.compiled import compiled

    one = make_waiting(mentor, name="Here")
    stages = compiled(Enrollment.objects.get(pk=one.enrollment_id)).document.stages
    for stage in stages:
        there = KEY in {part.key for part in stage.milestones}
        names, _ = ask(f"pathway=machine-learning-engineer&stage={stage.key}")
        assert names == (["Here"] if there else [])
    assert ask("pathway=machine-learning-engineer&stage=nonsense")[0] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "scope=theirs", "shelf=top", "kind=thing", "round=0", "waiting_for=-1", "round=99999",
        "waiting_for=1e9", "cohort=1", "stage=foundations", "pathway=%00", "mentor=1",
    ],
)  # fmt: skip
def test_bad_filters(as_, mentor, query):
    for path in (QUEUE, f"{QUEUE}/counts"):
        assert as_(mentor).get(f"{path}?{query}").status_code == 400


@pytest.mark.django_db
def test_what_does_not_fit_ones_terms_is_set_aside(ask, mentor):
    make_waiting(mentor, name="Skill", days=2)
    held = make_waiting(mentor, name="Held", days=1)
    profile = MentorProfile.objects.create(person=mentor, kinds=["project"], changed_at=NOW)
    held.claim(mentor=mentor, now=NOW)
    names, counts = ask()
    assert names == ["Held"]
    assert counts["shelves"] == {"offered": 1, "set_aside": 1, "resting": 0}
    assert ask("shelf=set_aside")[0] == ["Skill"]
    assert ask("shelf=all")[0] == ["Skill", "Held"]
    profile.kinds = []
    profile.save()
    assert ask()[0] == ["Skill", "Held"]
    Leave.objects.create(person=mentor, starts_on=NOW.date(), ends_on=NOW.date(), created_at=NOW)
    assert (ask()[0], ask("shelf=set_aside")[0]) == (["Held"], ["Skill"])


@pytest.mark.django_db
def test_who_rests_does_not_clog_it(ask, mentor, as_):
    paused = make_waiting(mentor, name="Paused", days=3)
    Pause.objects.create(
        enrollment=paused.enrollment, starts_on=NOW.date(), created_at=NOW, changed_at=NOW
    )
    left = make_waiting(mentor, name="Left", days=4)
    Enrollment.objects.filter(pk=left.enrollment_id).update(state="withdrawn")
    make_waiting(mentor, name="Quiet", days=29)
    still = make_waiting(mentor, name="Still there", days=30)
    make_waiting(mentor, name="Just waiting", days=27)
    entry = {
        "id": new_id(),
        "enrollment_id": str(still.enrollment_id),
        "milestone_key": "problem-solving",
        "day": NOW.date().isoformat(),
        "minutes": 5,
        "note": "",
    }
    assert as_(still.enrollment.learner).post("/api/v1/log-entries", entry).status_code == 201
    names, counts = ask()
    assert names == ["Still there", "Just waiting"]
    assert counts["shelves"] == {"offered": 2, "set_aside": 0, "resting": 3}
    assert ask("shelf=resting")[0] == ["Quiet", "Left", "Paused"]


@pytest.mark.django_db
def test_offered_is_what_routing_offers(ask, mentor):
    make_waiting(mentor, name="Skill", days=2)
    make_waiting(mentor, name="Unknown", days=1, milestone_kind="")
    for kinds in ([], ["project"], ["skill"]):
        MentorProfile.objects.update_or_create(
            person=mentor, defaults={"kinds": kinds, "changed_at": NOW}
        )
        offered = Submission.objects.offered_to(mentor, NOW).order_by("submitted_at")
        assert ask()[0] == [one.enrollment.learner.display_name for one in offered]


@pytest.mark.django_db
def test_who_holds_it_is_shown(ask, mentor, as_):
    other, one = make_person("Olu"), make_waiting(mentor, name="Held", days=3)
    make_mentorship(other, one.enrollment.learner)
    own = make_waiting(mentor, name="Mine", days=2)
    make_waiting(mentor, name="Free", days=1)
    one.claim(mentor=other, now=NOW)
    own.claim(mentor=mentor, now=NOW)
    names, counts = ask()
    assert names == ["Held", "Mine", "Free"]
    assert (counts["free"], counts["mine"], counts["others"]) == (1, 1, 1)
    row = as_(mentor).get(QUEUE).json()["results"][0]
    assert row == {
        "id": str(one.pk),
        "enrollment_id": str(one.enrollment_id),
        "learner": {"id": str(one.enrollment.learner_id), "name": "Held"},
        "pathway": {"slug": "machine-learning-engineer"},
        "milestone": {"key": KEY, "title": "Programming in Python", "kind": "skill"},
        "round": 1,
        "submitted_at": "2026-11-19T12:00:00Z",
        "waiting_since": "2026-11-19T12:00:00Z",
        "second_opinion": False,
        "claim": {
            "mentor": {"id": str(other.pk), "name": "Olu"},
            "expires_at": "2026-11-22T14:00:00Z",
            "is_mine": False,
        },
        "handed_at": None,
        "unusual": False,
    }


@pytest.mark.django_db
def test_a_claim_that_ran_out_is_free(ask, mentor, clock):
    one = make_waiting(mentor, name="Held")
    one.claim(mentor=make_person("Olu"), now=NOW)
    clock.move_to(NOW + dt.timedelta(hours=2))
    assert ask()[1]["free"] == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_from_their_lists_one_gets_it(as_):
    for _ in range(5):
        cohort = make_cohort()
        mentors = [make_person("Mo"), make_person("Olu")]
        for one in mentors:
            make_member(cohort, one, "mentor")
        make_waiting(cohort=cohort)
        clients = [as_(one) for one in mentors]
        rows = [client.get(QUEUE).json()["results"][0] for client in clients]
        assert rows[0]["id"] == rows[1]["id"]
        assert [row["claim"] for row in rows] == [None, None]

        def take(client, row):
            return lambda: client.put(f"/api/v1/submissions/{row['id']}/claim")

        answers = at_once(*(take(*pair) for pair in zip(clients, rows, strict=True)))
        answers.sort(key=lambda answer: answer.status_code)
        assert [answer.status_code for answer in answers] == [200, 409]
        winner = answers[0].json()["claim"]["mentor"]["name"]
        refused = answers[1].json()
        assert refused["code"] == "claimed-by-another"
        assert winner in refused["detail"]
        after = [client.get(QUEUE).json()["results"][0]["claim"] for client in clients]
        assert {claim["mentor"]["name"] for claim in after} == {winner}
        assert sorted(claim["is_mine"] for claim in after) == [False, True]
