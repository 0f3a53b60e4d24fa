"""The main job, through the API: enroll, log, submit, review, a second round, an answer."""

import pytest
import time_machine

from progress.models import OutboxEvent
from tests.factories import (
    MLE,
    NOW,
    approval,
    changes,
    make_edition,
    make_mentorship,
    make_person,
    new_id,
)

pytestmark = pytest.mark.django_db
KEY = "python-programming"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def people(db):
    make_edition()
    learner = make_person("Lin Learner", time_zone="Europe/Berlin")
    mentor = make_person("Mo Mentor")
    make_mentorship(mentor, learner)
    return learner, mentor


def ok(response, status=200):
    assert response.status_code == status, response.content
    return response.json()


def test_from_enrolling_to_an_approved_second_round(as_, people):
    learner, mentor = people
    me, them = as_(learner), as_(mentor)

    edition = ok(me.get(f"/api/v1/pathways/{MLE}/editions/1"))
    mine = ok(
        me.post(
            "/api/v1/enrollments",
            {
                "pathway": MLE,
                "track": edition["tracks"][0]["key"],
                "role": edition["roles"][0]["key"],
                "target_date": "2028-06-01",
                "weekly_minutes": 360,
            },
        ),
        201,
    )
    assert mine == {
        "id": mine["id"],
        "learner": {"id": str(learner.pk), "name": "Lin Learner"},
        "pathway": {"slug": MLE, "title": "Become a machine learning engineer"},
        "edition": 1,
        "track": {k: edition["tracks"][0][k] for k in ("key", "title")},
        "role": {k: edition["roles"][0][k] for k in ("key", "title")},
        "target_date": "2028-06-01",
        "weekly_minutes": 360,
        "state": "active",
        "started_at": "2026-11-22T12:00:00Z",
        "completed_at": None,
        "moved_target_date": "2028-06-01",
        "paused_until": None,
    }
    way = f"/api/v1/enrollments/{mine['id']}"
    before = ok(me.get(f"{way}/map"))
    assert (before["percent"], before["complete"]) == (0, 0)
    assert before["total"] == sum(len(stage["milestones"]) for stage in edition["stages"])
    assert before["next"]

    entry = {
        "id": new_id(),
        "enrollment_id": mine["id"],
        "milestone_key": KEY,
        "day": "2026-11-22",
        "minutes": 45,
        "note": "Generators, at last.",
    }
    logged = ok(me.post("/api/v1/log-entries", entry), 201)
    assert logged["milestone"]["key"] == KEY
    assert ok(me.post("/api/v1/log-entries", entry)) == logged

    evidence = ok(
        me.post(
            "/api/v1/evidence",
            {
                "id": new_id(),
                "enrollment_id": mine["id"],
                "milestone_keys": [KEY],
                "url": "https://git.example.org/lin/classifier",
                "title": "classifier",
            },
        ),
        201,
    )
    first = ok(
        me.post(
            "/api/v1/submissions",
            {
                "enrollment_id": mine["id"],
                "milestone_key": KEY,
                "message": "Please look at the tests.",
                "evidence_ids": [evidence["id"]],
            },
        ),
        201,
    )
    assert first["round"] == 1
    assert first["evidence"] == [
        {
            "id": evidence["id"],
            "kind": "link",
            "title": "classifier",
            "url": "https://git.example.org/lin/classifier",
            "text": "",
            "file": None,
            "snapshot": {
                "state": "pending",
                "reason": "",
                "fetched_at": None,
                "final_url": "",
                "status": None,
                "title": "",
                "sha256": "",
                "is_truncated": False,
                "commit": "",
            },
        }
    ]
    assert first["may"] == {
        "claim": False,
        "decide": False,
        "withdraw": True,
        "draft": False,
        "ask_second_opinion": False,
        "claim_second_opinion": False,
        "give_second_opinion": False,
        "withdraw_second_opinion": False,
    }
    assert status_of(ok(me.get(f"{way}/map")), KEY) == "waiting_for_review"

    queue = ok(them.get("/api/v1/review-queue"))["results"]
    assert [row["id"] for row in queue] == [first["id"]]
    claimed = ok(them.put(f"/api/v1/submissions/{first['id']}/claim"))
    assert claimed["claim"] == {
        "mentor": {"id": str(mentor.pk), "name": "Mo Mentor"},
        "expires_at": "2026-11-22T14:00:00Z",
        "is_mine": True,
    }
    asked = ok(
        them.post(
            f"/api/v1/submissions/{first['id']}/decision",
            changes("Set the seeds.", feedback="Make the run **repeatable**."),
        ),
        201,
    )
    assert asked["decision"]["feedback"] == "Make the run **repeatable**."
    assert status_of(ok(me.get(f"{way}/map")), KEY) == "changes_requested"
    (item,) = asked["change_requests"]
    answered = ok(
        me.put(
            f"/api/v1/change-requests/{item['id']}/answer",
            {"text": "Seeds are set, in `train.py`.", "evidence_id": evidence["id"]},
        )
    )
    assert answered == {
        "id": item["id"],
        "text": "Set the seeds.",
        "criterion": "",
        "evidence_id": None,
        "again_of": None,
        "state": "addressed",
        "answer": {
            "text": "Seeds are set, in `train.py`.",
            "evidence": {
                "id": evidence["id"],
                "kind": "link",
                "url": "https://git.example.org/lin/classifier",
                "title": "classifier",
            },
            "answered_at": "2026-11-22T12:00:00Z",
        },
        "settlement": None,
    }

    second = ok(
        me.post(
            "/api/v1/submissions",
            {
                "enrollment_id": mine["id"],
                "milestone_key": KEY,
                "message": "Seeds are set.",
                "evidence_ids": [evidence["id"]],
            },
        ),
        201,
    )
    assert second["round"] == 2
    assert [row["round"] for row in second["earlier_rounds"]] == [1]
    assert second["pending"] == [answered]
    ok(them.put(f"/api/v1/submissions/{second['id']}/claim"))
    ok(
        them.post(
            f"/api/v1/submissions/{second['id']}/decision",
            approval(KEY, "", settled=[{"id": item["id"], "state": "verified"}]),
        ),
        201,
    )
    page = ok(me.get(f"{way}/milestones/{KEY}"))
    assert (page["status"], page["verification"]) == ("complete", "approved")
    assert page["completed_at"] == "2026-11-22T12:00:00Z"
    assert [row["state"] for row in page["submissions"]] == ["approved", "changes_requested"]
    assert page["submissions"][1]["decision"] == asked["decision"]
    after = ok(me.get(f"{way}/map"))
    assert after["percent"] > 0
    assert after["readiness"]["percent"] > 0
    assert ok(them.get("/api/v1/review-queue"))["results"] == []
    assert list(OutboxEvent.objects.order_by("position").values_list("type", flat=True)) == [
        "edition.published.v1",
        "enrollment.started.v1",
        "log_entry.recorded.v1",
        "evidence.added.v1",
        "submission.submitted.v1",
        "submission.decided.v1",
        "submission.submitted.v1",
        "submission.decided.v1",
    ]


def status_of(map_, key):
    found = (m for stage in map_["stages"] for m in stage["milestones"] if m["key"] == key)
    return next(found)["status"]
