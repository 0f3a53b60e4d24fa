"""A review that was begun is never lost: each way of losing a claim, and two devices at once."""

import datetime as dt

import pytest

from progress.models import Comment, ReviewDraft
from tests.at_once import at_once
from tests.factories import NOW, approval, make_mentorship, make_person, new_id
from tests.progress.test_reviewing import KEY, clock, code, waiting

__all__ = ["clock", "waiting"]  # fixtures

pytestmark = pytest.mark.django_db

TYPED = {
    "feedback": "Sound, and the tests\n",
    "private_note": "Ask Ana, too.",
    "scores": [{"criterion": "readable", "score": 2, "reason": ""}],
    "change_requests": [{"text": "Set the", "criterion": "repeatable", "evidence_id": None}],
    "settled": [],
}


def save(client, url, version=0, **typed):
    return client.put(f"{url}/draft", {**TYPED, "version": version, **typed})


@pytest.fixture
def them(as_, cast, waiting):
    """The mentor, who holds the submission and has typed something."""
    client = as_(cast.mentor)
    client.put(f"{waiting}/claim")
    assert save(client, waiting).status_code == 200
    return client


def kept(client, url):
    draft = client.get(f"{url}/draft").json()
    return {name: draft[name] for name in TYPED} == TYPED


def test_a_draft_is_kept_as_typed(them, waiting):
    draft = them.get(f"{waiting}/draft").json()
    assert draft == {
        **TYPED,
        "submission_id": waiting.rpartition("/")[2],
        "mentor": draft["mentor"],
        "version": 1,
        "saved_at": "2026-11-22T12:00:00Z",
        "in_words": (
            "Sound, and the tests\n\n1. **Runs again:** Set the\n\n- **Readable code:** meets it"
        ),
    }
    assert them.get(waiting).json()["draft"] == draft
    assert "Ana" not in draft["in_words"]


def test_a_draft_survives_that_the_claim_runs_out(them, waiting, clock):
    clock.move_to(NOW + dt.timedelta(hours=3))
    assert kept(them, waiting)
    assert save(them, waiting, 1, feedback="More").json()["version"] == 2
    assert them.get(waiting).json()["claim"] is None  # saving takes no claim


def test_a_draft_survives_a_takeover_and_the_others_decision(as_, cast, them, waiting, clock):
    second = make_person("Second Mentor")
    make_mentorship(second, cast.learner)
    clock.move_to(NOW + dt.timedelta(hours=3))
    other = as_(second)
    other.put(f"{waiting}/claim")
    assert other.get(f"{waiting}/draft").status_code == 404
    assert other.get(waiting).json()["draft"] is None
    assert kept(them, waiting)
    assert save(them, waiting, 1).status_code == 200
    assert other.get(waiting).json()["claim"]["is_mine"]
    assert other.post(f"{waiting}/decision", approval(KEY)).status_code == 201
    assert kept(them, waiting)
    assert save(them, waiting, 2, feedback="And yet").status_code == 200


def test_a_draft_survives_letting_go(them, waiting):
    assert them.delete(f"{waiting}/claim").status_code == 200
    assert kept(them, waiting)
    assert them.put(f"{waiting}/claim").json()["draft"]["feedback"] == TYPED["feedback"]


def test_a_draft_survives_withdrawal_and_is_handed_over(as_, cast, them, waiting):
    as_(cast.learner).post(f"{waiting}/withdrawal")
    assert kept(them, waiting)
    body = {"id": new_id(), "body": them.get(f"{waiting}/draft").json()["in_words"]}
    made = them.post(f"{waiting}/draft/comment", body)
    assert (made.status_code, made.json()["part"]) == (201, "mentor")
    assert them.post(f"{waiting}/draft/comment", body).status_code == 200
    assert them.get(f"{waiting}/draft").status_code == 404
    thread = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/comments"
    said = as_(cast.learner).get(thread).json()["results"]
    assert [one["body"] for one in said] == [body["body"]]
    assert Comment.objects.count() == 1


def test_a_draft_survives_the_end_of_the_mentorship(as_, cast, them, waiting):
    mentorship = them.get("/api/v1/mentorships").json()["results"][0]
    as_(cast.learner).delete(f"/api/v1/mentorships/{mentorship['id']}")
    assert kept(them, waiting)  # one's own words; but nothing more can be done with them
    assert save(them, waiting, 1).status_code == 404
    assert them.post(f"{waiting}/draft/comment", {"id": new_id(), "body": "."}).status_code == 404
    assert them.delete(f"{waiting}/draft").status_code == 404
    assert them.get(waiting).status_code == 404


def test_saving_holds_the_claim_longer(them, waiting, clock):
    clock.move_to(NOW + dt.timedelta(hours=1, minutes=59))
    save(them, waiting, 1)
    assert them.get(waiting).json()["claim"]["expires_at"] == "2026-11-22T15:59:00Z"


def test_two_devices_take_turns(them, as_, cast, waiting):
    other = as_(cast.mentor)
    assert save(other, waiting, 1, feedback="On the phone.").json()["version"] == 2
    stale = save(them, waiting, 1, feedback="On the desk.")
    assert code(stale) == (409, "draft-changed")
    current = stale.json()["current"]
    assert (current["version"], current["feedback"]) == (2, "On the phone.")
    assert ReviewDraft.objects.get().feedback == "On the phone."
    merged = save(them, waiting, current["version"], feedback="On both.")
    assert merged.json()["version"] == 3
    assert code(save(other, waiting, 0)) == (409, "draft-changed")


def test_a_save_whose_answer_was_lost_is_harmless(them, waiting):
    for _ in range(3):
        assert save(them, waiting, 1, feedback="Once.").json()["version"] == 2
    for _ in range(2):
        them.delete(f"{waiting}/draft")
        assert save(them, waiting).json()["version"] == 1
        assert save(them, waiting).json()["version"] == 1


def test_a_draft_thrown_away_elsewhere(them, waiting):
    assert them.delete(f"{waiting}/draft").status_code == 204
    assert them.delete(f"{waiting}/draft").status_code == 204
    gone = save(them, waiting, 1)
    assert code(gone) == (409, "draft-changed")
    assert gone.json()["current"] is None


def test_a_released_review_leaves_no_draft(them, waiting):
    assert them.post(f"{waiting}/decision", approval(KEY)).status_code == 201
    assert them.get(f"{waiting}/draft").status_code == 404
    assert code(save(them, waiting)) == (409, "already-decided")
    assert not ReviewDraft.objects.exists()


def test_an_admin_reads_and_changes_nothing(as_, cast, them, waiting):
    admin = as_(cast.admin)
    assert kept(admin, waiting)
    assert code(save(admin, waiting, 1)) == (403, "not-their-mentor")
    assert code(admin.delete(f"{waiting}/draft")) == (403, "not-their-mentor")


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": -1},
        {"version": None},
        {"feedback": 7},
        {"feedback": "x" * 50_001},
        {"scores": [{"criterion": "readable", "score": 4}]},
        {"scores": [{"criterion": "readable", "score": True}]},
        {"scores": [{"criterion": "readable", "score": 1, "stars": 5}]},
        {"scores": {"readable": 1}},
        {"change_requests": [{"text": "A", "evidence_id": "x"}]},
        {"change_requests": [{"text": "A"}] * 51},
        {"settled": [{"id": new_id(), "state": "open"}]},
        {"outcome": "approved"},
    ],
)
def test_bad_drafts_store_nothing(them, waiting, wrong):
    assert them.put(f"{waiting}/draft", {**TYPED, "version": 1, **wrong}).status_code == 400
    assert kept(them, waiting)


@pytest.mark.django_db(transaction=True)
def test_two_devices_begin_at_once(as_, cast, waiting):
    """One draft; the other device gets 409 with it."""
    devices = [as_(cast.mentor) for _ in range(3)]
    acts = [
        lambda client=client, name=name: save(client, waiting, feedback=f"On {name}.")
        for name, client in enumerate(devices)
    ]
    answers = at_once(*acts)
    assert sorted(one.status_code for one in answers) == [200, 409, 409]
    said = ReviewDraft.objects.get().feedback
    assert {one.json()["current"]["feedback"] for one in answers if one.status_code == 409} == {
        said
    }
