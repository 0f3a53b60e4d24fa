"""What is asked for is asked item by item, answered item by item, and settled item by item."""

import pytest

from progress.models import ChangeRequest, OutboxEvent, Submission
from tests.factories import approval, changes, full_scores, make_enrollment, make_person, new_id
from tests.progress.test_reviewing import KEY, SUBMISSIONS, add_link, clock, code, submit, waiting

__all__ = ["clock", "waiting"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def them(as_, cast, waiting):
    """The mentor, who holds the waiting submission."""
    client = as_(cast.mentor)
    assert client.put(f"{waiting}/claim").status_code == 200
    return client


@pytest.fixture
def asked(them, waiting):
    """The items of a round for which changes were requested."""
    response = them.post(f"{waiting}/decision", changes("Set the seeds.", "Name the versions."))
    assert response.status_code == 201, response.content
    return response.json()["change_requests"]


def answer(client, item, text="Done.", **more):
    return client.put(f"/api/v1/change-requests/{item['id']}/answer", {"text": text, **more})


def again(as_, cast):
    """The learner submits the next round and the mentor claims it; returns its address."""
    evidence = as_(cast.learner).get("/api/v1/evidence").json()["results"][0]["id"]
    made = submit(as_(cast.learner), cast.enrollment, evidence=[evidence])
    assert made.status_code == 201, made.content
    url = f"{SUBMISSIONS}/{made.json()['id']}"
    assert as_(cast.mentor).put(f"{url}/claim").status_code == 200
    return url


def refused(them, waiting, body):
    """The field errors of a refused decision, of which nothing is stored."""
    response = them.post(f"{waiting}/decision", body)
    assert response.status_code in {400, 422}, response.content
    assert Submission.objects.get().state == "waiting"
    assert not ChangeRequest.objects.exists()
    assert not OutboxEvent.objects.filter(type="submission.decided.v1").exists()
    return response.json()["code"], [
        (error["field"], error["code"]) for error in response.json().get("errors", [])
    ]


def test_changes_need_an_item(them, waiting):
    body = changes(feedback="Everything.") | {"change_requests": []}
    assert refused(them, waiting, body) == (
        "change-requests-missing",
        [("change_requests", "missing")],
    )
    body["change_requests"] = [{"text": "  "}]
    assert refused(them, waiting, body) == ("invalid", [("change_requests.0.text", "blank")])


def test_an_item_is_tied_to_this_rubric_and_this_evidence(as_, cast, them, waiting):
    later = add_link(as_(cast.learner), cast.enrollment)  # not in the frozen list
    items = [
        {"text": "A.", "criterion": "nonsense"},
        {"text": "B.", "criterion": "repeatable", "evidence_id": later},
        {"text": "C.", "evidence_id": new_id()},
    ]
    assert refused(them, waiting, changes() | {"change_requests": items}) == (
        "change-requests-refused",
        [
            ("change_requests.0.criterion", "unknown"),
            ("change_requests.1.evidence_id", "foreign"),
            ("change_requests.2.evidence_id", "foreign"),
        ],
    )
    frozen = them.get(waiting).json()["evidence"][0]["id"]
    items = [{"text": "D.", "criterion": "repeatable", "evidence_id": frozen}]
    made = them.post(f"{waiting}/decision", changes() | {"change_requests": items}).json()
    (item,) = made["change_requests"]
    assert (item["criterion"], item["evidence_id"]) == ("repeatable", frozen)


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (
            [{"criterion": "readable", "score": 2}],
            ("scores-refused", [("scores", "score-missing")] * 2),
        ),
        ([{"criterion": "readable", "score": 4}], ("invalid", [("scores.0.score", "max_value")])),
        ([{"criterion": "readable", "score": -1}], ("invalid", [("scores.0.score", "min_value")])),
        ([{"criterion": "readable", "score": "2"}], ("invalid", [("scores.0.score", "invalid")])),
        ([{"criterion": "readable"}], ("invalid", [("scores.0.score", "required")])),
        ("all", ("invalid", [("scores", "not_a_list")])),
        ([7], ("invalid", [("scores.0.non_field_errors", "invalid")])),
    ],
)
def test_scores_that_do_not_fit(them, waiting, scores, said):
    assert refused(them, waiting, approval(KEY) | {"scores": scores}) == said


def test_not_yet_needs_a_reason(them, waiting):
    body = approval(KEY)
    body["scores"][1]["score"] = 0
    assert refused(them, waiting, body) == (
        "scores-refused",
        [("scores.1.reason", "reason-missing")],
    )
    # Without an approval criteria may stay open, but not a "not yet" without its reason.
    body = changes() | {"scores": [{"criterion": "repeatable", "score": 0}]}
    assert refused(them, waiting, body)[0] == "scores-refused"
    body["scores"][0]["reason"] = "Two runs, two results."
    made = them.post(f"{waiting}/decision", body).json()
    assert made["decision"]["scores"] == [
        {
            "criterion": "repeatable",
            "title": "Runs again",
            "score": 0,
            "reason": "Two runs, two results.",
        }
    ]


def test_an_approval_asks_for_nothing(them, waiting):
    body = approval(KEY, change_requests=[{"text": "One more thing."}])
    assert refused(them, waiting, body) == ("change-requests-refused", [])


def test_answers_can_be_replaced_until_the_next_round(as_, cast, asked):
    me = as_(cast.learner)
    mine = add_link(me, cast.enrollment)
    assert answer(me, asked[0], "Soon.").json()["state"] == "addressed"
    better = answer(me, asked[0], "In `train.py`.", evidence_id=mine).json()
    assert better["answer"]["text"] == "In `train.py`."
    assert better["answer"]["evidence"]["id"] == mine
    url = again(as_, cast)
    assert code(answer(me, asked[1])) == (409, "nothing-to-answer")
    page = as_(cast.mentor).get(url).json()
    assert [item["state"] for item in page["pending"]] == ["addressed", "open"]
    assert page["earlier_rounds"][0]["change_requests"] == page["pending"]


def test_whose_items_one_may_answer(as_, cast, asked):
    assert answer(as_(cast.stranger), asked[0]).status_code == 404
    assert answer(as_(cast.mentor), asked[0]).status_code == 404
    assert code(answer(as_(cast.admin), asked[0])) == (403, "not-your-enrollment")
    assert answer(as_(None), asked[0]).status_code == 401
    theirs = make_enrollment(make_person("Another"))
    foreign = add_link(as_(theirs.learner), theirs)
    me = as_(cast.learner)
    assert code(answer(me, asked[0], evidence_id=foreign)) == (422, "foreign-evidence")
    assert code(answer(me, asked[0], "")) == (400, "invalid")
    assert answer(me, {"id": new_id()}).status_code == 404
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"open"}


def test_an_approval_settles_every_item(as_, cast, asked):
    answer(as_(cast.learner), asked[0])
    url, them = again(as_, cast), as_(cast.mentor)
    some = [{"id": asked[0]["id"], "state": "verified"}]
    left = them.post(f"{url}/decision", approval(KEY, settled=some))
    assert code(left) == (422, "change-requests-open")
    assert "Name the versions." in left.json()["detail"]
    assert asked[1]["id"] in left.json()["errors"][0]["detail"]
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"open", "addressed"}
    twice = them.post(f"{url}/decision", approval(KEY, settled=some * 2))
    assert code(twice) == (422, "change-requests-refused")
    both = [*some, {"id": asked[1]["id"], "state": "waived"}]
    done = them.post(f"{url}/decision", approval(KEY, settled=both))
    assert done.status_code == 201, done.content
    first = done.json()["earlier_rounds"][0]["change_requests"]
    assert [item["state"] for item in first] == ["verified", "waived"]
    assert first[0]["settlement"]["mentor"]["name"] == "Mo Mentor"
    assert done.json()["pending"] == []
    assert code(answer(as_(cast.learner), asked[0])) == (409, "nothing-to-answer")


def test_what_is_not_settled_is_asked_again(as_, cast, asked):
    me, them = as_(cast.learner), as_(cast.mentor)
    answer(me, asked[0], "I think so.")
    url = again(as_, cast)
    verified = [{"id": asked[1]["id"], "state": "verified"}]
    body = changes(settled=verified) | {"change_requests": []}
    second = them.post(f"{url}/decision", body).json()
    (item,) = second["change_requests"]
    assert (item["text"], item["again_of"], item["state"]) == (
        "Set the seeds.",
        asked[0]["id"],
        "open",
    )
    # The round before keeps what was answered then; only the new item can be answered.
    before = second["earlier_rounds"][0]["change_requests"][0]
    assert (before["state"], before["answer"]["text"]) == ("addressed", "I think so.")
    assert code(answer(me, asked[0])) == (409, "nothing-to-answer")
    assert answer(me, item, "Now for sure.").status_code == 200
    third = again(as_, cast)
    assert [one["id"] for one in them.get(third).json()["pending"]] == [item["id"]]


def test_items_of_another_submission(as_, cast, asked):
    other = make_enrollment(make_person("Other"))
    from tests.factories import make_mentorship

    make_mentorship(cast.mentor, other.learner)
    made = submit(as_(other.learner), other).json()
    url, them = f"{SUBMISSIONS}/{made['id']}", as_(cast.mentor)
    them.put(f"{url}/claim")
    body = approval(KEY, settled=[{"id": asked[0]["id"], "state": "verified"}])
    response = them.post(f"{url}/decision", body)
    assert code(response) == (422, "change-requests-refused")
    assert response.json()["errors"][0]["field"] == "settled.0.id"
    assert ChangeRequest.objects.get(pk=asked[0]["id"]).state == "open"


def test_a_round_taken_back_hides_nothing(as_, cast, asked):
    me = as_(cast.learner)
    url = again(as_, cast)
    assert me.post(f"{url}/withdrawal").status_code == 200
    assert answer(me, asked[0]).status_code == 200
    page = as_(cast.mentor).get(again(as_, cast)).json()
    assert [item["id"] for item in page["pending"]] == [item["id"] for item in asked]


def test_a_private_note_is_for_mentors(as_, cast, them, waiting):
    body = approval(KEY, private_note="Watch the pace; they are **tired**.")
    made = them.post(f"{waiting}/decision", body).json()
    assert [note["text"] for note in made["private_notes"]] == [body["private_note"]]
    assert as_(cast.admin).get(waiting).json()["private_notes"] == made["private_notes"]
    me = as_(cast.learner)
    way = f"/api/v1/enrollments/{cast.enrollment.pk}"
    for url in (waiting, SUBMISSIONS, f"{way}/milestones/{KEY}"):
        assert b"tired" not in me.get(url).content
    assert me.get(waiting).json()["private_notes"] == []


def test_full_scores_are_what_the_rubric_has():
    assert [one.criterion for one in full_scores(KEY)] == ["readable", "frameworks", "repeatable"]
