"""Submitting, claiming and deciding: one decision, whatever happens."""

import datetime as dt

import pytest
import time_machine

from progress.models import Evidence, OutboxEvent, Submission
from tests.factories import (
    NOW,
    approval,
    changes,
    make_enrollment,
    make_mentorship,
    make_person,
    new_id,
)

pytestmark = pytest.mark.django_db
KEY = "python-programming"
SUBMISSIONS = "/api/v1/submissions"
APPROVE = approval(KEY)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def add_link(client, enrollment, key=KEY):
    link = {
        "id": new_id(),
        "enrollment_id": str(enrollment.pk),
        "milestone_keys": [key],
        "url": "https://git.example.org/lin/classifier",
        "title": "classifier",
    }
    assert client.post("/api/v1/evidence", link).status_code == 201
    return link["id"]


def submit(client, enrollment, *, key=KEY, evidence=None, message=""):
    evidence = [add_link(client, enrollment)] if evidence is None else evidence
    return client.post(
        SUBMISSIONS,
        {
            "enrollment_id": str(enrollment.pk),
            "milestone_key": key,
            "message": message,
            "evidence_ids": evidence,
        },
    )


@pytest.fixture
def waiting(as_, cast, clock):
    """The address of a waiting submission."""
    response = submit(as_(cast.learner), cast.enrollment)
    assert response.status_code == 201, response.content
    return f"{SUBMISSIONS}/{response.json()['id']}"


def code(response):
    return response.status_code, response.json()["code"]


def test_what_can_not_be_submitted(as_, cast, clock):
    me, enrollment = as_(cast.learner), cast.enrollment
    assert code(submit(me, enrollment, evidence=[])) == (422, "evidence-missing")
    assert code(submit(me, enrollment, evidence=[new_id()])) == (422, "foreign-evidence")
    assert code(submit(me, enrollment, key="problem-solving", evidence=[])) == (
        422,
        "self-verified",
    )
    assert code(submit(me, enrollment, key="nonsense", evidence=[])) == (422, "not-on-the-way")
    locked = submit(me, enrollment, key="monitoring-and-drift", evidence=[])
    assert code(locked) == (409, "milestone-locked")
    assert "opens after" in locked.json()["detail"]
    assert not Submission.objects.exists()
    assert not OutboxEvent.objects.filter(type="submission.submitted.v1").exists()


def test_logging_on_a_locked_milestone_does_not_open_it(as_, cast, clock):
    me, enrollment = as_(cast.learner), cast.enrollment
    key = "monitoring-and-drift"
    entry = {
        "id": new_id(),
        "enrollment_id": str(enrollment.pk),
        "milestone_key": key,
        "day": "2026-11-22",
        "minutes": 1,
        "note": "",
    }
    assert me.post("/api/v1/log-entries", entry).status_code == 201
    page = me.get(f"/api/v1/enrollments/{enrollment.pk}/milestones/{key}").json()
    assert (page["status"], page["can_submit"]) == ("in_progress", False)
    assert [one["key"] for one in page["blocked_by"]] == ["cloud-deployment"]
    link = add_link(me, enrollment, key)
    assert code(submit(me, enrollment, key=key, evidence=[link])) == (409, "milestone-locked")


def test_evidence_of_another_learner(as_, cast, clock):
    theirs = make_enrollment(make_person("Another"))
    foreign = add_link(as_(theirs.learner), theirs)
    assert code(submit(as_(cast.learner), cast.enrollment, evidence=[foreign])) == (
        422,
        "foreign-evidence",
    )


def test_submitting_twice(as_, cast, waiting):
    again = submit(as_(cast.learner), cast.enrollment)
    assert code(again) == (409, "nothing-to-review")
    assert Submission.objects.count() == 1


def test_a_round_keeps_its_evidence(as_, cast, waiting):
    me = as_(cast.learner)
    evidence = Evidence.objects.get()
    assert me.delete(f"/api/v1/evidence/{evidence.pk}").status_code == 204
    assert me.get("/api/v1/evidence").json()["results"] == []
    assert [row["title"] for row in me.get(waiting).json()["evidence"]] == ["classifier"]


def test_withdrawing_and_submitting_again(as_, cast, waiting):
    me = as_(cast.learner)
    assert me.post(f"{waiting}/withdrawal").json()["state"] == "withdrawn"
    assert me.post(f"{waiting}/withdrawal").status_code == 200
    assert as_(cast.mentor).get("/api/v1/review-queue").json()["results"] == []
    assert submit(me, cast.enrollment).json()["round"] == 2


def test_a_claim_keeps_others_out_until_it_runs_out(as_, cast, waiting, clock):
    second = make_person("Second Mentor")
    make_mentorship(second, cast.learner)
    one, two = as_(cast.mentor), as_(second)
    assert one.put(f"{waiting}/claim").status_code == 200
    taken = two.put(f"{waiting}/claim")
    assert code(taken) == (409, "claimed-by-another")
    assert "Mo Mentor" in taken.json()["detail"]
    assert code(two.post(f"{waiting}/decision", APPROVE)) == (409, "claim-needed")
    clock.move_to(NOW + dt.timedelta(hours=2))
    assert two.put(f"{waiting}/claim").json()["claim"]["is_mine"]
    assert code(one.post(f"{waiting}/decision", APPROVE)) == (409, "claim-needed")


def test_a_decision_with_an_expired_claim(as_, cast, waiting, clock):
    them = as_(cast.mentor)
    them.put(f"{waiting}/claim")
    clock.move_to(NOW + dt.timedelta(hours=2))
    assert code(them.post(f"{waiting}/decision", APPROVE)) == (409, "claim-expired")
    assert Submission.objects.get().state == "waiting"
    them.put(f"{waiting}/claim")
    assert them.post(f"{waiting}/decision", APPROVE).status_code == 201


def test_a_claim_given_back(as_, cast, waiting):
    them = as_(cast.mentor)
    them.put(f"{waiting}/claim")
    assert them.delete(f"{waiting}/claim").json()["claim"] is None
    assert code(them.post(f"{waiting}/decision", APPROVE)) == (409, "claim-needed")


def test_nobody_reviews_their_own_work(as_, cast, waiting):
    # also not a learner who is a mentor, nor an admin
    make_mentorship(cast.learner, cast.stranger)
    me = as_(cast.learner)
    assert code(me.put(f"{waiting}/claim")) == (403, "own-work")
    assert code(me.post(f"{waiting}/decision", APPROVE)) == (403, "own-work")
    assert code(as_(cast.admin).post(f"{waiting}/decision", APPROVE)) == (403, "not-their-mentor")
    assert as_(cast.other_mentor).post(f"{waiting}/decision", APPROVE).status_code == 404


def test_a_decision_is_final(as_, cast, waiting):
    them = as_(cast.mentor)
    them.put(f"{waiting}/claim")
    them.post(f"{waiting}/decision", APPROVE)
    again = them.post(f"{waiting}/decision", changes("No."))
    assert code(again) == (409, "already-decided")
    assert "Mo Mentor approved it" in again.json()["detail"]
    assert code(as_(cast.learner).post(f"{waiting}/withdrawal")) == (409, "already-decided")
    assert code(them.put(f"{waiting}/claim")) == (409, "already-decided")
    assert Submission.objects.get().feedback == "Well done."


def test_a_mentor_who_left_can_not_decide(as_, cast, waiting):
    them = as_(cast.mentor)
    them.put(f"{waiting}/claim")
    mentorship = them.get("/api/v1/mentorships").json()["results"][0]
    assert as_(cast.learner).delete(f"/api/v1/mentorships/{mentorship['id']}").status_code == 204
    assert them.post(f"{waiting}/decision", APPROVE).status_code == 404
    assert Submission.objects.get().claimed_by is None


def test_the_longest_wait_comes_first(as_, cast, waiting, clock):
    other = make_enrollment(make_person("Later"))
    make_mentorship(cast.mentor, other.learner)
    clock.move_to(NOW + dt.timedelta(hours=1))
    assert submit(as_(other.learner), other).status_code == 201
    queue = as_(cast.mentor).get("/api/v1/review-queue").json()["results"]
    assert [row["learner"]["name"] for row in queue] == ["Lin Learner", "Later"]


def test_a_mentor_holds_five_at_most(as_, cast, waiting, clock):
    them = as_(cast.mentor)
    others = []
    for number in range(5):
        other = make_enrollment(make_person(f"Other {number}"))
        make_mentorship(cast.mentor, other.learner)
        others.append(f"{SUBMISSIONS}/{submit(as_(other.learner), other).json()['id']}")
    assert {them.put(f"{url}/claim").status_code for url in others} == {200}
    assert them.put(f"{others[0]}/claim").status_code == 200  # holding one longer takes none more
    refused = them.put(f"{waiting}/claim")
    assert code(refused) == (409, "too-many-claims")
    assert refused.json()["detail"].startswith("You hold 5 reviews.")
    them.delete(f"{others[0]}/claim")
    assert them.put(f"{waiting}/claim").status_code == 200
    assert code(them.put(f"{others[0]}/claim")) == (409, "too-many-claims")
    clock.move_to(NOW + dt.timedelta(hours=2))  # what ran out is not held
    assert them.put(f"{others[0]}/claim").status_code == 200
