"""Waivers and revocations: a mentor's word outside of a round, with its reason."""

import pytest

from progress.models import ChangeRequest, MilestoneProgress, OutboxEvent, Ruling, SecondOpinion
from tests.factories import NOW, approval, changes, make_mentorship
from tests.progress.opinions import ask, decided, milestone, second_mentor
from tests.progress.test_reviewing import KEY, SUBMISSIONS, add_link, clock, code, submit

__all__ = ["clock"]  # a fixture
pytestmark = pytest.mark.django_db
ELECTIVE = "advanced-algorithms"
WHY = {"reason": "You taught it for two years."}


@pytest.fixture
def way(cast):
    return f"/api/v1/enrollments/{cast.enrollment.pk}"


def waive(client, way, key=ELECTIVE, body=WHY):
    return client.post(f"{way}/milestones/{key}/waiver", body)


def revoke(client, way, key=KEY, body=WHY):
    return client.post(f"{way}/milestones/{key}/revocation", body)


def on_map(client, way, key):
    page = client.get(f"{way}/map").json()
    return page, next(
        one for stage in page["stages"] for one in stage["milestones"] if one["key"] == key
    )


def test_a_waiver(as_, cast, way, clock):
    me, them = as_(cast.learner), as_(cast.mentor)
    before = on_map(me, way, ELECTIVE)[0]
    assert milestone(them, cast.enrollment, ELECTIVE)["can_waive"]
    answer = waive(them, way)
    assert answer.status_code == 201, answer.content
    ruling = {
        "kind": "waived",
        "reason": WHY["reason"],
        "mentor": {"id": str(cast.mentor.pk), "name": "Mo Mentor"},
        "made_at": "2026-11-22T12:00:00Z",
    }
    page = milestone(me, cast.enrollment, ELECTIVE)
    assert (page["verification"], page["status"]) == ("waived", "complete")
    assert (page["rulings"], page["completed_at"]) == ([ruling], "2026-11-22T12:00:00Z")
    assert (page["can_submit"], page["can_waive"]) == (False, False)
    after, row = on_map(me, way, ELECTIVE)
    assert (row["verification"], row["ruling"]) == ("waived", ruling)
    assert after["complete"] == before["complete"] + 1
    event = me.get(f"{way}/timeline").json()["results"][0]
    assert (event["type"], event["text"]) == ("milestone.waived.v1", WHY["reason"])
    assert (event["group"], event["actor"]["name"]) == ("milestones", "Mo Mentor")
    assert event["id"] in str(me.get(f"{way}/explanation").json())
    link = add_link(me, cast.enrollment, ELECTIVE)
    again = submit(me, cast.enrollment, key=ELECTIVE, evidence=[link])
    assert code(again) == (409, "nothing-to-review")


def test_a_revocation_and_the_way_back(as_, cast, way, clock):
    me, them = as_(cast.learner), as_(cast.mentor)
    link = add_link(me, cast.enrollment)
    decided(as_, cast, approval(KEY), evidence=[link])
    before = on_map(me, way, KEY)[0]
    assert milestone(them, cast.enrollment)["can_revoke"]
    clock.shift(60)
    assert revoke(them, way).status_code == 201
    page = milestone(me, cast.enrollment)
    assert (page["verification"], page["status"]) == ("revoked", "changes_requested")
    assert page["rulings"][0]["reason"] == WHY["reason"]
    assert (page["can_submit"], page["completed_at"]) == (True, None)
    assert page["submissions"][0]["state"] == "approved"  # a decided round never changes
    after, row = on_map(me, way, KEY)
    assert row["ruling"]["kind"] == "revoked"
    assert after["complete"] == before["complete"] - 1
    assert after["percent"] <= before["percent"]
    assert after["next"][0]["reason"] == "The approval was taken back: see why"
    forecast = me.get(f"{way}/forecast").json()
    assert forecast["milestones_left"] >= 1
    event = me.get(f"{way}/timeline").json()["results"][0]
    assert (event["type"], event["text"]) == ("milestone.revoked.v1", WHY["reason"])
    report = as_(cast.coordinator).get(f"/api/v1/cohorts/{cast.cohort.pk}/progress").json()
    assert report["median_percent"] == after["percent"]  # of the one learner
    again = submit(me, cast.enrollment, evidence=[link])
    assert again.json()["round"] == 2
    assert on_map(me, way, KEY)[1]["ruling"] is None
    url = f"{SUBMISSIONS}/{again.json()['id']}"
    assert them.get(url).json()["rulings"][0]["kind"] == "revoked"  # told to who reviews it next
    them.put(f"{url}/claim")
    assert them.post(f"{url}/decision", approval(KEY)).status_code == 201
    assert milestone(me, cast.enrollment)["status"] == "complete"


def test_what_was_asked_for_is_waived_too(as_, cast, way, clock):
    them = as_(cast.mentor)
    decided(
        as_,
        cast,
        changes(),
        key=ELECTIVE,
        evidence=[add_link(as_(cast.learner), cast.enrollment, ELECTIVE)],
    )
    assert waive(them, way).status_code == 201
    assert [row.state for row in ChangeRequest.objects.all()] == ["waived"]


def test_a_waiver_can_be_the_last_step(as_, cast, way, clock):
    from progress.standing import standing_of

    for key in standing_of(cast.enrollment).evaluation.milestones:
        row = MilestoneProgress.of(cast.enrollment, key)
        if key != ELECTIVE:
            row.verification, row.verification_changed_at = "waived", NOW
            row.save()
    cast.enrollment.refresh_from_db()
    assert waive(as_(cast.mentor), way).status_code == 201
    cast.enrollment.refresh_from_db()
    assert cast.enrollment.state == "completed"


def test_an_end_that_was_reached_stays_reached(as_, cast, way, clock):
    decided(as_, cast, approval(KEY))
    cast.enrollment.refresh_from_db()
    cast.enrollment.complete(now=NOW)
    assert revoke(as_(cast.mentor), way).status_code == 201
    cast.enrollment.refresh_from_db()
    assert cast.enrollment.state == "completed"
    assert submit(as_(cast.learner), cast.enrollment).status_code == 201


@pytest.mark.parametrize("act", [waive, revoke])
def test_who_may(as_, cast, way, clock, act):
    make_mentorship(cast.learner, cast.stranger)  # a mentor of somebody is none of themself
    assert code(act(as_(cast.learner), way)) == (403, "own-work")
    assert code(act(as_(cast.coordinator), way)) == (403, "not-their-mentor")
    assert code(act(as_(cast.admin), way)) == (403, "not-their-mentor")
    for person in (cast.stranger, cast.other_mentor):
        assert act(as_(person), way).status_code == 404
    assert act(as_(None), way).status_code == 401
    assert not Ruling.objects.exists()
    assert not milestone(as_(cast.learner), cast.enrollment, ELECTIVE)["can_waive"]


@pytest.mark.parametrize("act", [waive, revoke])
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": ""},
        {"reason": "  \n "},
        {"reason": "x" * 2_001},
        {"reason": 5},
        {"reason": None},
        {"reason": "So.", "kind": "waived"},
    ],
)
def test_a_reason_is_needed(as_, cast, way, clock, act, body):
    answer = act(as_(cast.mentor), way, body=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] in {"reason", "kind"}
    assert not Ruling.objects.exists()


def test_what_can_not_be_waived(as_, cast, way, clock):
    me, them = as_(cast.learner), as_(cast.mentor)
    assert code(waive(them, way, KEY)) == (422, "not-waivable")
    assert code(waive(them, way, "nonsense")) == (422, "not-on-the-way")
    link = add_link(me, cast.enrollment, ELECTIVE)
    waiting = submit(me, cast.enrollment, key=ELECTIVE, evidence=[link]).json()["id"]
    refused = waive(them, way)
    assert code(refused) == (409, "nothing-to-waive")
    assert "A round of it waits" in refused.json()["detail"]
    me.post(f"{SUBMISSIONS}/{waiting}/withdrawal")
    assert waive(them, way).status_code == 201
    again = waive(them, way)
    assert code(again) == (409, "nothing-to-waive")
    assert "Mo Mentor waived it on 22 November 2026, 12:00 UTC." in again.json()["detail"]
    assert code(revoke(them, way, ELECTIVE)) == (409, "nothing-to-revoke")
    assert Ruling.objects.count() == 1
    assert OutboxEvent.objects.filter(type="milestone.waived.v1").count() == 1


def test_what_can_not_be_revoked(as_, cast, way, clock):
    me, them = as_(cast.learner), as_(cast.mentor)
    for said in ("No mentor has approved it.",):
        refused = revoke(them, way)
        assert (code(refused), refused.json()["detail"]) == ((409, "nothing-to-revoke"), said)
    assert code(revoke(them, way, "nonsense")) == (422, "not-on-the-way")
    decided(as_, cast, approval(KEY))
    assert revoke(them, way).status_code == 201
    again = revoke(them, way)
    assert code(again) == (409, "nothing-to-revoke")
    assert "Mo Mentor revoked it on" in again.json()["detail"]
    submit(me, cast.enrollment)
    assert "waits for a review" in revoke(them, way).json()["detail"]


def test_a_ruling_closes_the_question_for_a_second_opinion(as_, cast, way, clock):
    ana = second_mentor(cast)
    them = as_(cast.mentor)
    url = decided(as_, cast, approval(KEY))
    ask(as_(cast.learner), url)
    assert code(revoke(as_(ana), way)) == (409, "second-opinion-open")
    assert revoke(them, way).status_code == 201
    opinion = SecondOpinion.objects.get()
    assert (opinion.state, opinion.withdrawn_because) == ("withdrawn", "revoked")
    late = as_(ana).put(f"{url}/second-opinion/claim")
    assert code(late) == (409, "no-second-opinion")
    assert late.json()["detail"] == "The approval was revoked."
    refused = as_(cast.learner).post(f"{url}/second-opinion")
    assert code(refused) == (409, "round-is-past")
