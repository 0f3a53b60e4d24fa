"""Pathways, enrolling, and milestones that learners verify themselves."""

import pytest
import time_machine

from progress.commands.load_pathway import load_pathway
from progress.models import Edition, Enrollment, MilestoneProgress
from tests.at_once import at_once
from tests.factories import MLE, NOW, document, make_edition, make_person

pytestmark = pytest.mark.django_db
ENROLLMENTS = "/api/v1/enrollments"
CHOICES = {
    "pathway": MLE,
    "track": "ai-and-machine-learning",
    "role": "machine-learning-engineer",
    "weekly_minutes": 300,
}


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def code(response):
    return response.status_code, response.json()["code"]


def approve_all_but(enrollment, keys):
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(
            enrollment=enrollment,
            milestone_key=milestone.key,
            verification="approved",
            verification_changed_at=NOW,
        )
        for milestone in document().milestones
        if milestone.key not in keys
    )


def test_publishing_again_changes_nothing():
    first, new = load_pathway(document=document(), now=NOW)
    again, new_again = load_pathway(document=document(), now=NOW)
    assert (new, new_again) == (True, False)
    assert first == again
    assert Edition.objects.get().number == 1


def test_pathways_are_public(as_):
    make_edition()
    anybody = as_(None)
    listed = anybody.get("/api/v1/pathways").json()["results"]
    assert [row["slug"] for row in listed] == [MLE]
    assert anybody.get(f"/api/v1/pathways/{MLE}").json() == listed[0]
    editions = anybody.get(f"/api/v1/pathways/{MLE}/editions").json()["results"]
    assert editions == [{"number": 1, "published_at": "2026-11-22T12:00:00Z"}]
    edition = anybody.get(f"/api/v1/pathways/{MLE}/editions/1").json()
    assert len(edition["tracks"]) == 4
    assert {m["kind"] for s in edition["stages"] for m in s["milestones"]} == {
        "degree",
        "skill",
        "project",
        "deployment",
    }
    assert anybody.get(f"/api/v1/pathways/{MLE}/editions/2").status_code == 404
    assert anybody.get("/api/v1/pathways/nowhere").status_code == 404


def test_enrolling_once(as_):
    make_edition()
    me = as_(make_person())
    assert me.post(ENROLLMENTS, CHOICES).status_code == 201
    assert code(me.post(ENROLLMENTS, CHOICES)) == (409, "already-enrolled")
    assert Enrollment.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status", "expected", "field"),
    [
        ({"track": "juggling"}, 422, "unknown-choice", "track"),
        ({"role": "clown"}, 422, "unknown-choice", "role"),
        ({"target_date": "2026-11-21"}, 422, "target-date-passed", "target_date"),
        ({"target_date": "soon"}, 400, "invalid", "target_date"),
        ({"weekly_minutes": 0}, 400, "invalid", "weekly_minutes"),
        ({"weekly_minutes": 10_081}, 400, "invalid", "weekly_minutes"),
        ({"state": "completed"}, 400, "unknown-field", "state"),
    ],
)
def test_choices_that_are_none(as_, wrong, status, expected, field):
    make_edition()
    response = as_(make_person()).post(ENROLLMENTS, {**CHOICES, **wrong})
    assert code(response) == (status, expected)
    assert field in [error["field"] for error in response.json()["errors"]]
    assert not Enrollment.objects.exists()


def test_changing_where_to(as_, cast):
    me, where = as_(cast.learner), f"{ENROLLMENTS}/{cast.enrollment.pk}"
    changed = me.patch(where, {"role": "data-scientist", "weekly_minutes": 60}).json()
    assert (changed["role"]["key"], changed["weekly_minutes"]) == ("data-scientist", 60)
    assert code(me.patch(where, {"track": "juggling"})) == (422, "unknown-choice")
    assert code(me.patch(where, {"state": "completed"})) == (400, "unknown-field")
    assert me.get(where).json() == changed


def test_a_self_verified_milestone(as_, cast):
    me = as_(cast.learner)
    where = f"{ENROLLMENTS}/{cast.enrollment.pk}/milestones/problem-solving"
    done = me.put(f"{where}/completion")
    assert (done.status_code, done.json()["status"]) == (200, "complete")
    assert me.put(f"{where}/completion").json() == done.json()
    assert me.delete(f"{where}/completion").json()["status"] == "in_progress"
    assert me.delete(f"{where}/completion").status_code == 200
    assert MilestoneProgress.objects.get().work == "doing"


def test_completions_that_are_refused(as_, cast):
    me, where = as_(cast.learner), f"{ENROLLMENTS}/{cast.enrollment.pk}/milestones"
    assert code(me.put(f"{where}/python-programming/completion")) == (422, "needs-mentor")
    assert code(me.put(f"{where}/nonsense/completion")) == (422, "not-on-the-way")
    assert me.get(f"{where}/nonsense").status_code == 404
    assert not MilestoneProgress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_last_two_milestones_at_once_complete_the_enrollment(as_, cast):
    """Neither would see the other without a lock, and nobody would see that all is done."""
    last = ["problem-solving", "adaptability"]
    approve_all_but(cast.enrollment, last)
    where = f"{ENROLLMENTS}/{cast.enrollment.pk}"
    acts = [
        lambda key=key: as_(cast.learner).put(f"{where}/milestones/{key}/completion")
        for key in last
    ]
    assert [answer.status_code for answer in at_once(*acts)] == [200, 200]
    assert as_(cast.learner).get(where).json()["state"] == "completed"


def test_the_last_milestone_completes_the_enrollment(as_, cast):
    """All others are approved already; the last one is the learner's to verify."""
    last = "problem-solving"
    approve_all_but(cast.enrollment, [last])
    me, where = as_(cast.learner), f"{ENROLLMENTS}/{cast.enrollment.pk}"
    assert me.get(f"{where}/map").json()["percent"] < 100
    me.put(f"{where}/milestones/{last}/completion")
    assert me.get(where).json()["state"] == "completed"
    assert me.get(f"{where}/map").json()["percent"] == 100
    reopened = me.delete(f"{where}/milestones/{last}/completion")
    assert code(reopened) == (409, "enrollment-completed")
