"""Editions and upgrades: nothing earned is lost, whatever an author publishes."""

import copy
import datetime as dt
import os

import pytest
import time_machine

from progress.commands.load_pathway import load_pathway
from progress.document import parse, to_json
from progress.models import EditionUpgrade, Enrollment, MilestoneProgress, Submission
from tests.at_once import at_once
from tests.factories import MLE, NOW, changes, document, make_enrollment, make_person, new_id
from tests.progress.test_reviewing import APPROVE, SUBMISSIONS, submit

pytestmark = pytest.mark.django_db
# In edition 2 one milestone has another key, two are one, and one is gone.
MOVED = {"python-programming": "programming"}
MERGED = {"problem-solving": "working-well", "adaptability": "working-well"}
KEY_NOW = {**MOVED, **MERGED}
REMOVED = "limits-of-a-model"


def second_edition(**changes):
    data = copy.deepcopy(to_json(document()))
    for stage in data["stages"]:
        stage["milestones"] = list(milestones_after(stage["milestones"]))
    for role in data["roles"]:
        role["weights"] = {
            KEY_NOW.get(key, key): weight
            for key, weight in role["weights"].items()
            if key != REMOVED
        }
    return {**data, **changes}


def milestones_after(milestones):
    made = {}
    for one in milestones:
        new = KEY_NOW.get(one["key"], one["key"])
        needs = [KEY_NOW.get(key, key) for key in one["prerequisites"] if key != REMOVED]
        one["prerequisites"] = list(dict.fromkeys(needs))
        if one["key"] == REMOVED:
            continue
        if new in made:
            made[new]["replaces"].append(one["key"])
            continue
        made[new] = one
        if new != one["key"]:
            one["replaces"], one["key"] = [one["key"]], new
    return made.values()


def back_to_the_first():
    """The first edition again, after the second: keys move back, the merged one splits."""
    data = copy.deepcopy(to_json(document()))
    for stage in data["stages"]:
        for one in stage["milestones"]:
            if one["key"] in KEY_NOW:
                one["replaces"] = [KEY_NOW[one["key"]]]
    return data


def publish_second(**changes):
    edition, is_new = load_pathway(document=parse(second_edition(**changes)), now=NOW)
    assert is_new
    return edition


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def way(cast, clock):
    return f"/api/v1/enrollments/{cast.enrollment.pk}"


def complete(client, way, *keys):
    for key in keys:
        assert client.put(f"{way}/milestones/{key}/completion").status_code == 200


def code(response):
    return response.status_code, response.json()["code"]


def statuses(client, way):
    stages = client.get(f"{way}/map").json()["stages"]
    return {row["key"]: row["status"] for stage in stages for row in stage["milestones"]}


def log(client, way, key, minutes):
    entry = {
        "id": new_id(),
        "enrollment_id": way.rpartition("/")[2],
        "milestone_key": key,
        "day": "2026-11-22",
        "minutes": minutes,
    }
    assert client.post("/api/v1/log-entries", entry).status_code == 201


def approve_python(as_, cast):
    made = submit(as_(cast.learner), cast.enrollment).json()
    mentor = as_(cast.mentor)
    mentor.put(f"{SUBMISSIONS}/{made['id']}/claim")
    assert mentor.post(f"{SUBMISSIONS}/{made['id']}/decision", APPROVE).status_code == 201


def test_without_a_newer_edition_nothing_is_offered(as_, cast, way):
    me = as_(cast.learner)
    offer = me.get(f"{way}/upgrade").json()
    assert (offer["available"], offer["edition"], offer["summary"]) == (False, None, None)
    assert code(me.post(f"{way}/upgrade", {"edition": 2})) == (409, "no-such-upgrade")


def test_what_is_earned_carries_over_or_stays_as_history(as_, cast, way):
    me = as_(cast.learner)
    log(me, way, "python-programming", 45)
    approve_python(as_, cast)
    complete(me, way, "problem-solving", "adaptability")
    MilestoneProgress.objects.create(
        enrollment=cast.enrollment,
        milestone_key=REMOVED,
        verification="approved",
        verification_changed_at=NOW,
    )
    publish_second()
    assert me.get(way).json()["edition"] == 1
    offer = me.get(f"{way}/upgrade").json()
    assert (offer["available"], offer["edition"], offer["current"]) == (True, 2, 1)
    assert offer["summary"]["merged"] == 1
    assert offer["summary"]["carried"] == 3
    assert [move["new"]["key"] for move in offer["difference"]["moved"]] == ["programming"]
    assert [row["key"] for row in offer["difference"]["removed"]] == [REMOVED]

    taken = me.post(f"{way}/upgrade", {"edition": 2})
    assert taken.status_code == 201, taken.content
    assert [(row["key"], row["earned"]) for row in taken.json()["history"]] == [(REMOVED, True)]
    assert taken.json()["taken"]["can_undo"]
    assert me.get(way).json()["edition"] == 2
    now = statuses(me, way)
    assert (now["programming"], now["working-well"]) == ("complete", "complete")
    page = me.get(f"{way}/milestones/programming").json()
    assert page["minutes_logged"] == 45
    assert [row["milestone"]["title"] for row in page["log_entries"]] == ["Programming in Python"]
    assert [row["state"] for row in page["submissions"]] == ["approved"]
    assert page["completed_at"] == "2026-11-22T12:00:00Z"
    assert len(me.get("/api/v1/log-entries").json()["results"]) == 1
    assert code(me.post(f"{way}/upgrade", {"edition": 2})) == (409, "no-such-upgrade")


def test_what_was_logged_offline_before_an_upgrade_arrives_after_it(as_, cast, way):
    me = as_(cast.learner)
    sent, kept = (
        {
            "id": new_id(),
            "enrollment_id": str(cast.enrollment.pk),
            "milestone_key": "python-programming",
            "day": "2026-11-22",
            "minutes": minutes,
        }
        for minutes in (40, 5)
    )
    first = me.post("/api/v1/log-entries", sent)
    assert first.status_code == 201
    publish_second()
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201
    again = me.post("/api/v1/log-entries", sent)
    assert (again.status_code, again.json()) == (200, first.json())
    assert me.post("/api/v1/log-entries", kept).status_code == 201
    link = {
        "id": new_id(),
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": ["python-programming"],
        "url": "https://git.example.org/lin/classifier",
        "title": "classifier",
    }
    assert me.post("/api/v1/evidence", link).status_code == 201
    page = me.get(f"{way}/milestones/programming").json()
    assert (page["minutes_logged"], page["status"]) == (45, "in_progress")
    assert [row["title"] for row in page["evidence"]] == ["classifier"]


def test_a_round_under_way_goes_on_under_the_new_key(as_, cast, way):
    me, mentor = as_(cast.learner), as_(cast.mentor)
    made = submit(me, cast.enrollment).json()
    publish_second()
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201
    assert statuses(me, way)["programming"] == "waiting_for_review"
    mentor.put(f"{SUBMISSIONS}/{made['id']}/claim")
    assert mentor.post(f"{SUBMISSIONS}/{made['id']}/decision", changes()).status_code == 201
    assert statuses(me, way)["programming"] == "changes_requested"
    evidence = [row["id"] for row in made["evidence"]]
    second = submit(me, cast.enrollment, key="programming", evidence=evidence)
    assert second.status_code == 201, second.content
    assert second.json()["round"] == 2
    assert [row["round"] for row in second.json()["earlier_rounds"]] == [1]


def test_the_queue_finds_a_round_in_the_stage_where_its_work_went_on(as_, cast, way):
    me, mentor = as_(cast.learner), as_(cast.mentor)
    made = submit(me, cast.enrollment).json()
    queue = "/api/v1/review-queue?pathway=machine-learning-engineer&stage="
    stages = [stage["key"] for stage in me.get(f"{way}/map").json()["stages"]]

    def found():
        return {
            stage: [row["id"] for row in mentor.get(f"{queue}{stage}").json()["results"]]
            for stage in stages
        }

    before = found()
    assert [row for rows in before.values() for row in rows] == [made["id"]]
    publish_second()
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201
    assert found() == before
    here = next(stage for stage, rows in before.items() if rows)
    counts = mentor.get(f"/api/v1/review-queue/counts?pathway={MLE}&stage={here}").json()
    assert counts["total"] == 1


def test_a_round_on_what_goes_must_end_first(as_, cast, way):
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(
            enrollment=cast.enrollment,
            milestone_key=milestone.key,
            verification="approved",
            verification_changed_at=NOW,
        )
        for milestone in document().milestones
        if milestone.key not in {REMOVED, "problem-solving"}
    )
    me = as_(cast.learner)
    link = {
        "id": new_id(),
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": [REMOVED],
        "url": "https://example.org/essay",
        "title": "essay",
    }
    assert me.post("/api/v1/evidence", link).status_code == 201
    assert submit(me, cast.enrollment, key=REMOVED, evidence=[link["id"]]).status_code == 201
    publish_second()
    assert [row["key"] for row in me.get(f"{way}/upgrade").json()["waiting"]] == [REMOVED]
    assert code(me.post(f"{way}/upgrade", {"edition": 2})) == (409, "review-under-way")
    assert me.get(way).json()["edition"] == 1


def test_taking_it_back(as_, cast, way, clock):
    me = as_(cast.learner)
    complete(me, way, "problem-solving")
    before = (
        me.get(f"{way}/map").json(),
        list(MilestoneProgress.objects.values_list("milestone_key")),
    )
    publish_second()
    me.post(f"{way}/upgrade", {"edition": 2})
    undone = me.delete(f"{way}/upgrade")
    assert undone.status_code == 200
    assert undone.json()["available"]
    assert before == (
        me.get(f"{way}/map").json(),
        list(MilestoneProgress.objects.values_list("milestone_key")),
    )
    assert code(me.delete(f"{way}/upgrade")) == (409, "nothing-to-undo")
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201
    log(me, way, "programming", 5)
    assert not me.get(f"{way}/upgrade").json()["taken"]["can_undo"]
    assert code(me.delete(f"{way}/upgrade")) == (409, "nothing-to-undo")


def test_after_a_week_it_stays(as_, cast, way, clock):
    me = as_(cast.learner)
    publish_second()
    me.post(f"{way}/upgrade", {"edition": 2})
    clock.move_to(NOW + dt.timedelta(days=7))
    assert code(me.delete(f"{way}/upgrade")) == (409, "nothing-to-undo")


def test_no_is_remembered(as_, cast, way):
    me = as_(cast.learner)
    publish_second()
    for answer in ("later", "never"):
        assert me.put(f"{way}/upgrade/answer", {"answer": answer}).json()["answer"] == answer
    assert me.put(f"{way}/upgrade/answer", {"answer": "maybe"}).status_code == 400
    assert me.get(f"{way}/upgrade").json()["answer"] == "never"


def test_a_track_that_is_gone_has_to_be_chosen_anew(as_, cast, way):
    data = second_edition()
    gone, kept = data["tracks"][0]["key"], data["tracks"][1]["key"]
    data["tracks"] = data["tracks"][1:]
    for stage in data["stages"]:
        for one in stage["milestones"]:
            one["track_notes"].pop(gone, None)
    load_pathway(document=parse(data), now=NOW)
    me = as_(cast.learner)
    offer = me.get(f"{way}/upgrade").json()
    assert offer["summary"] is None
    assert kept in [track["key"] for track in offer["tracks"]]
    assert code(me.post(f"{way}/upgrade", {"edition": 2})) == (422, "track-gone")
    assert me.post(f"{way}/upgrade", {"edition": 2, "track": kept}).status_code == 201
    assert me.get(way).json()["track"]["key"] == kept


def test_a_preview_says_what_would_change_and_stores_nothing(as_, cast):
    import json

    admin = as_(cast.admin)
    where = f"/api/v1/pathways/{MLE}/editions/preview"
    found = admin.post(where, {"document": json.dumps(second_edition())}).json()
    assert (found["edition"], found["learners"]) == (2, 2)
    assert [merge["new"]["key"] for merge in found["difference"]["merged"]] == ["working-well"]
    assert REMOVED in found["warnings"][0]["detail"]
    assert cast.enrollment.pathway.editions.count() == 1
    same_title = second_edition()
    for stage in same_title["stages"]:
        for one in stage["milestones"]:
            one.pop("replaces", None)
    refused = admin.post(where, {"document": json.dumps(same_title)})
    assert code(refused) == (422, "document-refused")
    publish = f"/api/v1/pathways/{MLE}/editions"
    refused = admin.post(publish, {"document": json.dumps(same_title), "after": 1})
    assert code(refused) == (422, "document-refused")
    assert cast.enrollment.pathway.editions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_and_a_decision_at_once_lose_nothing(as_, cast):
    """In whichever order they come, the approval counts in the edition the learner is on."""
    me, mentor = as_(cast.learner), as_(cast.mentor)
    made = submit(me, cast.enrollment).json()
    mentor.put(f"{SUBMISSIONS}/{made['id']}/claim")
    publish_second()
    way = f"/api/v1/enrollments/{cast.enrollment.pk}"
    acts = [
        lambda: me.post(f"{way}/upgrade", {"edition": 2}),
        lambda: mentor.post(f"{SUBMISSIONS}/{made['id']}/decision", APPROVE),
    ]
    answers = [answer.status_code for answer in at_once(*acts)]
    assert answers == [201, 201]
    assert statuses(me, way)["programming"] == "complete"
    assert Submission.objects.get().state == "approved"


def test_many_editions_cost_nobody_a_completion(as_, db):
    """Editions come by the dozen, learners upgrade now and then, all they earned is there.

    EDITIONS=50 LEARNERS=200 make it large.
    """
    editions = int(os.environ.get("EDITIONS", "25"))
    people = [make_person(f"L {n}") for n in range(int(os.environ.get("LEARNERS", "10")))]
    ways = {person: f"/api/v1/enrollments/{make_enrollment(person).pk}" for person in people}
    for person, way in ways.items():
        complete(as_(person), way, "problem-solving", "adaptability")
    for number in range(editions):
        data = back_to_the_first() if number % 2 else second_edition()
        load_pathway(document=parse({**data, "title": f"Edition {number}"}), now=NOW)
        for place, (person, way) in enumerate(ways.items()):
            if (number + place) % 7 == 0:
                me = as_(person)
                newest = me.get(f"{way}/upgrade").json()["edition"]
                taken = me.post(f"{way}/upgrade", {"edition": newest})
                assert taken.status_code == 201, taken.content
                assert_nothing_earned_is_lost(me, way)
    for person, way in ways.items():
        assert_nothing_earned_is_lost(as_(person), way)
    assert EditionUpgrade.objects.count() >= editions * len(people) // 7
    assert Enrollment.objects.filter(edition__number__gt=editions - 7).count() == len(people)


def assert_nothing_earned_is_lost(me, way):
    earned = {key for key, status in statuses(me, way).items() if status == "complete"}
    history = me.get(f"{way}/upgrade").json()["history"]
    earned |= {row["key"] for row in history if row["earned"]}
    assert earned >= {"working-well"} or earned >= {"problem-solving", "adaptability"}
