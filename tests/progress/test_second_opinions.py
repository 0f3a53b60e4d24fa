"""Second opinions: who asks, who gives, and what comes of two mentors' words."""

import datetime as dt

import pytest

from progress.models import ChangeRequest, Mentorship, OutboxEvent, SecondOpinion
from tests.factories import NOW, approval, changes, make_enrollment, make_mentorship, make_person
from tests.progress.opinions import ITEM, ask, decided, give, milestone, second_mentor
from tests.progress.test_reviewing import KEY, SUBMISSIONS, clock, code, submit, waiting

__all__ = ["clock", "waiting"]  # fixtures
pytestmark = pytest.mark.django_db
QUEUE = "/api/v1/review-queue"


def queue(client, **query):
    return client.get(QUEUE, {"second_opinion": "true", **query}).json()["results"]


def test_an_approval_after_a_request_for_changes_counts(as_, cast, clock):
    ana = second_mentor(cast)
    me, them, second = as_(cast.learner), as_(cast.mentor), as_(ana)
    url = decided(as_, cast)
    assert milestone(me, cast.enrollment)["can_ask_second_opinion"]
    clock.shift(60)
    asked = ask(me, url)
    assert asked["second_opinion"] == {
        "state": "asked",
        "asked_at": "2026-11-22T12:01:00Z",
        "asked_by": {"id": str(cast.learner.pk), "name": "Lin Learner"},
        "claim": None,
        "decision": None,
        "agrees": None,
        "counts": False,
    }
    assert asked["may"]["withdraw_second_opinion"]
    assert not asked["may"]["ask_second_opinion"]
    clock.shift(60)
    answer = give(second, url)
    assert answer.status_code == 201, answer.content
    opinion = answer.json()["second_opinion"]
    assert (opinion["state"], opinion["agrees"], opinion["counts"]) == ("approved", False, True)
    assert opinion["decision"]["mentor"]["name"] == "Ana Second"
    assert opinion["decision"]["feedback"] == "Fine by me."
    page = milestone(me, cast.enrollment)
    assert (page["verification"], page["status"]) == ("approved", "complete")
    assert page["completed_at"] == "2026-11-22T12:02:00Z"
    (row,) = page["submissions"]  # the round's own decision stands as it was
    assert (row["state"], row["decision"]["outcome"]) == ("changes_requested",) * 2
    assert row["decision"]["mentor"]["name"] == "Mo Mentor"
    assert [item["state"] for item in row["change_requests"]] == ["waived"]
    assert row["change_requests"][0]["settlement"]["mentor"]["name"] == "Ana Second"
    assert code(submit(me, cast.enrollment)) == (409, "nothing-to-review")
    assert them.get(url).json()["second_opinion"]["decision"]["feedback"] == "Fine by me."


def test_an_approval_never_falls(as_, cast, clock):
    ana = second_mentor(cast)
    me, them = as_(cast.learner), as_(cast.mentor)
    url = decided(as_, cast, approval(KEY))
    ask(them, url)  # the mentor who decided asks, too
    answer = give(as_(ana), url, changes("Test the edges.", feedback="Not quite."))
    assert answer.status_code == 201, answer.content
    opinion = me.get(url).json()["second_opinion"]
    assert (opinion["state"], opinion["agrees"], opinion["counts"]) == (
        "changes_requested",
        False,
        False,
    )
    assert opinion["decision"]["change_requests"] == [
        {"text": "Test the edges.", "criterion": "", "evidence_id": None}
    ]
    page = milestone(me, cast.enrollment)
    assert (page["verification"], page["status"]) == ("approved", "complete")
    assert not ChangeRequest.objects.exists()  # nobody has to answer it


def test_two_who_ask_for_changes_leave_the_first_ones_to_answer(as_, cast, clock):
    ana = second_mentor(cast)
    me = as_(cast.learner)
    url = decided(as_, cast)
    ask(me, url)
    give(as_(ana), url, changes("Another thing."))
    page = milestone(me, cast.enrollment)
    assert page["verification"] == "changes_requested"
    assert page["submissions"][0]["second_opinion"]["agrees"]
    (item,) = page["submissions"][0]["change_requests"]
    assert (item["text"], item["state"]) == (ITEM, "open")
    answer = me.put(f"/api/v1/change-requests/{item['id']}/answer", {"text": "Done."})
    assert answer.status_code == 200
    assert submit(me, cast.enrollment).json()["round"] == 2


def test_the_last_milestone_completes_the_way(as_, cast, clock):
    from progress.models import MilestoneProgress
    from progress.standing import standing_of

    ana = second_mentor(cast)
    url = decided(as_, cast)
    for key in standing_of(cast.enrollment).evaluation.milestones:
        if key != KEY:
            row = MilestoneProgress.of(cast.enrollment, key)
            row.verification, row.verification_changed_at = "waived", NOW
            row.save()
    ask(as_(cast.learner), url)
    give(as_(ana), url)
    cast.enrollment.refresh_from_db()
    assert cast.enrollment.state == "completed"


def test_who_may_ask(as_, cast, clock):
    ana = second_mentor(cast)
    url = f"{decided(as_, cast)}/second-opinion"
    assert code(as_(ana).post(url)) == (403, "not-your-round")
    assert code(as_(cast.coordinator).post(url)) == (403, "not-their-mentor")
    assert code(as_(cast.admin).post(url)) == (403, "not-their-mentor")
    assert as_(cast.stranger).post(url).status_code == 404
    assert as_(cast.other_mentor).post(url).status_code == 404
    assert not SecondOpinion.objects.exists()
    assert not OutboxEvent.objects.filter(type__startswith="second_opinion.").exists()


def test_what_can_not_be_asked(as_, cast, waiting, clock):
    second_mentor(cast)
    me, them = as_(cast.learner), as_(cast.mentor)
    for client in (me, them):
        refused = client.post(f"{waiting}/second-opinion")
        assert code(refused) == (409, "round-not-decided")
        assert "first answer" in refused.json()["detail"]
    me.post(f"{waiting}/withdrawal")
    assert code(me.post(f"{waiting}/second-opinion")) == (409, "round-not-decided")
    first = decided(as_, cast)
    ask(me, first)
    again = me.post(f"{first}/second-opinion")
    assert code(again) == (409, "second-opinion-asked")
    assert "Lin Learner asked on 22 November 2026, 12:00 UTC." in again.json()["detail"]
    assert code(them.post(f"{first}/second-opinion")) == (409, "second-opinion-asked")
    unknown = me.post(f"{SUBMISSIONS}/{cast.enrollment.pk}/second-opinion")
    assert unknown.status_code == 404
    assert SecondOpinion.objects.count() == 1


def test_a_round_that_things_went_on_from(as_, cast, clock):
    second_mentor(cast)
    me = as_(cast.learner)
    first = decided(as_, cast)
    again = f"{SUBMISSIONS}/{submit(me, cast.enrollment).json()['id']}"
    assert code(me.post(f"{first}/second-opinion")) == (409, "round-is-past")
    me.post(f"{again}/withdrawal")
    assert code(me.post(f"{first}/second-opinion")) == (409, "round-is-past")
    assert not milestone(me, cast.enrollment)["can_ask_second_opinion"]


def test_nobody_else_to_ask(as_, cast, clock):
    me = as_(cast.learner)
    url = decided(as_, cast)
    assert not milestone(me, cast.enrollment)["can_ask_second_opinion"]
    assert not me.get(url).json()["may"]["ask_second_opinion"]
    assert code(me.post(f"{url}/second-opinion")) == (409, "no-second-mentor")
    assert not SecondOpinion.objects.exists()


def test_who_may_give(as_, cast, clock):
    ana = second_mentor(cast)
    url = decided(as_, cast)
    claim, decision = f"{url}/second-opinion/claim", f"{url}/second-opinion/decision"
    assert code(as_(ana).put(claim)) == (409, "no-second-opinion")  # nobody asks
    ask(as_(cast.learner), url)
    for client, refusal in [
        (as_(cast.learner), "own-work"),
        (as_(cast.mentor), "first-mentor"),
        (as_(cast.coordinator), "not-their-mentor"),
        (as_(cast.admin), "not-their-mentor"),
    ]:
        assert code(client.put(claim)) == (403, refusal)
        assert code(client.delete(claim)) == (403, refusal)
        assert code(client.post(decision, approval(KEY))) == (403, refusal)
    assert as_(cast.other_mentor).put(claim).status_code == 404
    assert code(as_(ana).post(decision, approval(KEY))) == (409, "claim-needed")
    assert SecondOpinion.objects.get().state == "asked"


def test_claims_on_it_are_claims_like_others(as_, cast, clock):
    ana, bo = second_mentor(cast), second_mentor(cast, "Bo Third")
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    one, two = as_(ana), as_(bo)
    page = one.put(f"{url}/second-opinion/claim").json()
    assert page["second_opinion"]["claim"]["is_mine"]
    assert page["may"]["give_second_opinion"]
    taken = two.put(f"{url}/second-opinion/claim")
    assert code(taken) == (409, "claimed-by-another")
    assert "Ana Second" in taken.json()["detail"]
    assert code(two.post(f"{url}/second-opinion/decision", approval(KEY))) == (409, "claim-needed")
    clock.move_to(NOW + dt.timedelta(hours=2))
    late = one.post(f"{url}/second-opinion/decision", approval(KEY))
    assert code(late) == (409, "claim-expired")
    assert two.put(f"{url}/second-opinion/claim").status_code == 200
    assert two.delete(f"{url}/second-opinion/claim").json()["second_opinion"]["claim"] is None
    assert one.put(f"{url}/second-opinion/claim").status_code == 200


def test_it_counts_among_the_five_one_may_hold(as_, cast, clock):
    ana = second_mentor(cast)
    them = as_(ana)
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    others = []
    for number in range(5):
        other = make_enrollment(make_person(f"Other {number}"))
        make_mentorship(ana, other.learner)
        others.append(f"{SUBMISSIONS}/{submit(as_(other.learner), other).json()['id']}")
    assert {them.put(f"{one}/claim").status_code for one in others} == {200}
    assert code(them.put(f"{url}/second-opinion/claim")) == (409, "too-many-claims")
    them.delete(f"{others[0]}/claim")
    assert them.put(f"{url}/second-opinion/claim").status_code == 200
    assert code(them.put(f"{others[0]}/claim")) == (409, "too-many-claims")


def test_a_claim_ends_with_the_mentorship(as_, cast, clock):
    ana, bo = second_mentor(cast), second_mentor(cast, "Bo Third")
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    as_(ana).put(f"{url}/second-opinion/claim")
    mentorship = Mentorship.objects.get(mentor=ana)
    as_(ana).delete(f"/api/v1/mentorships/{mentorship.pk}")
    gone = as_(ana).post(f"{url}/second-opinion/decision", approval(KEY))
    assert gone.status_code == 404
    assert as_(bo).put(f"{url}/second-opinion/claim").status_code == 200


def test_it_is_given_once(as_, cast, clock):
    ana, bo = second_mentor(cast), second_mentor(cast, "Bo Third")
    me = as_(cast.learner)
    url = decided(as_, cast)
    ask(me, url)
    give(as_(ana), url)
    for refused in (
        as_(ana).post(f"{url}/second-opinion/decision", changes()),
        as_(bo).put(f"{url}/second-opinion/claim"),
        me.delete(f"{url}/second-opinion"),
    ):
        assert code(refused) == (409, "second-opinion-given")
        assert "Ana Second approved it" in refused.json()["detail"]
    asked = me.post(f"{url}/second-opinion")
    assert code(asked) == (409, "second-opinion-asked")
    assert "It was given." in asked.json()["detail"]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"outcome": "approved"}, (422, "scores-refused")),
        ({"outcome": "changes_requested"}, (422, "change-requests-missing")),
        (approval(KEY, change_requests=[{"text": "x"}]), (422, "change-requests-refused")),
        (
            changes() | {"change_requests": [{"text": "x", "criterion": "nonsense"}]},
            (422, "change-requests-refused"),
        ),
        (
            changes(scores=[{"criterion": "readable", "score": 0}]),
            (422, "scores-refused"),
        ),
        ({"outcome": "withdrawn"}, (400, "invalid")),
        (approval(KEY, settled=[]), (400, "unknown-field")),
        (approval(KEY, feedback=5), (400, "invalid")),
    ],
)
def test_what_it_must_have(as_, cast, clock, body, refusal):
    ana = second_mentor(cast)
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    answer = give(as_(ana), url, body)
    assert code(answer) == refusal
    opinion = SecondOpinion.objects.get()
    assert (opinion.state, opinion.feedback, opinion.scores) == ("asked", "", [])
    assert not OutboxEvent.objects.filter(type="second_opinion.given.v1").exists()


def test_the_question_is_taken_back_by_who_asked(as_, cast, clock):
    ana = second_mentor(cast)
    me, them = as_(cast.learner), as_(cast.mentor)
    url = decided(as_, cast)
    assert code(me.delete(f"{url}/second-opinion")) == (409, "no-second-opinion")
    ask(me, url)
    as_(ana).put(f"{url}/second-opinion/claim")
    for other in (them, as_(ana), as_(cast.coordinator)):
        assert code(other.delete(f"{url}/second-opinion")) == (403, "not-your-question")
    assert me.delete(f"{url}/second-opinion").json()["second_opinion"] is None
    assert me.delete(f"{url}/second-opinion").status_code == 200  # twice is harmless
    late = as_(ana).post(f"{url}/second-opinion/decision", approval(KEY))
    assert code(late) == (409, "no-second-opinion")
    assert "Lin Learner took the question back." in late.json()["detail"]
    ask(them, url)  # nothing was given: the other side can still ask
    types = OutboxEvent.objects.order_by("position").values_list("type", flat=True)
    assert [one for one in types if one.startswith("second")] == [
        "second_opinion.asked.v1",
        "second_opinion.withdrawn.v1",
        "second_opinion.asked.v1",
    ]


def test_the_next_round_outruns_the_question(as_, cast, clock):
    ana = second_mentor(cast)
    me = as_(cast.learner)
    url = decided(as_, cast)
    ask(me, url)
    as_(ana).put(f"{url}/second-opinion/claim")
    draft = {"version": 0, "feedback": "So far"}
    assert as_(ana).put(f"{url}/draft", draft).status_code == 200
    assert submit(me, cast.enrollment).status_code == 201
    late = as_(ana).post(f"{url}/second-opinion/decision", approval(KEY))
    assert code(late) == (409, "no-second-opinion")
    assert "next round" in late.json()["detail"]
    assert as_(ana).get(f"{url}/draft").json()["feedback"] == "So far"  # never lost
    (event,) = OutboxEvent.objects.filter(type="second_opinion.withdrawn.v1")
    assert event.data["because"] == "next_round"


def test_a_draft_for_it_is_kept_and_holds_the_claim(as_, cast, clock):
    ana = second_mentor(cast)
    them = as_(ana)
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    them.put(f"{url}/second-opinion/claim")
    clock.shift(3600)
    saved = them.put(f"{url}/draft", {"version": 0, "feedback": "Sound so far"})
    assert saved.status_code == 200
    page = them.get(url).json()
    assert page["draft"]["feedback"] == "Sound so far"
    assert page["second_opinion"]["claim"]["expires_at"] == "2026-11-22T15:00:00Z"
    assert give(them, url).status_code == 201
    assert them.get(f"{url}/draft").status_code == 404
    again = them.put(f"{url}/draft", {"version": 0, "feedback": "More"})
    assert code(again) == (409, "second-opinion-given")


def test_it_stands_in_the_queues_of_those_who_may_give_it(as_, cast, clock):
    ana = second_mentor(cast)
    make_mentorship(cast.learner, cast.stranger)  # the learner mentors, too
    url = decided(as_, cast)
    assert queue(as_(ana)) == []
    clock.shift(dt.timedelta(days=1))
    ask(as_(cast.learner), url)
    clock.shift(dt.timedelta(days=2))
    (row,) = queue(as_(ana))
    assert row == {
        "id": url.rpartition("/")[2],
        "enrollment_id": str(cast.enrollment.pk),
        "learner": {"id": str(cast.learner.pk), "name": "Lin Learner"},
        "pathway": {"slug": "machine-learning-engineer"},
        "milestone": {"key": KEY, "title": "Programming in Python", "kind": "skill"},
        "round": 1,
        "submitted_at": "2026-11-22T12:00:00Z",
        "waiting_since": "2026-11-23T12:00:00Z",
        "second_opinion": True,
        "claim": None,
        "handed_at": None,
        "unusual": False,
    }
    for other in (cast.mentor, cast.learner, cast.other_mentor, cast.coordinator, cast.admin):
        assert queue(as_(other)) == []
        assert as_(other).get(f"{QUEUE}/counts").json()["second_opinions"] == 0
    assert as_(ana).get(QUEUE).json()["results"] == []  # it waits for no first answer
    counts = as_(ana).get(f"{QUEUE}/counts").json()
    assert (counts["total"], counts["second_opinions"]) == (0, 1)
    as_(ana).put(f"{url}/second-opinion/claim")
    assert queue(as_(ana))[0]["claim"]["is_mine"]
    counts = as_(ana).get(f"{QUEUE}/counts", {"second_opinion": "true"}).json()
    assert (counts["total"], counts["mine"], counts["second_opinions"]) == (1, 1, 1)
    assert len(queue(as_(ana), waiting_for=2)) == 1
    assert queue(as_(ana), waiting_for=3) == []
    assert queue(as_(ana), kind="project") == []
    assert queue(as_(ana), scope="cohort") == []


def test_terms_set_it_aside(as_, cast, clock):
    ana = second_mentor(cast)
    as_(ana).put("/api/v1/mentor-profile", {"kinds": ["project"]})
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    assert queue(as_(ana)) == []
    assert len(queue(as_(ana), shelf="set_aside")) == 1
    assert as_(ana).put(f"{url}/second-opinion/claim").status_code == 200


def test_it_counts_as_one_of_the_reviews_of_a_week(as_, cast, clock):
    ana = second_mentor(cast)
    them = as_(ana)
    them.put("/api/v1/mentor-profile", {"weekly_capacity": 1})
    other = make_enrollment(make_person("Other"))
    make_mentorship(ana, other.learner)
    submit(as_(other.learner), other)
    assert len(them.get(QUEUE).json()["results"]) == 1
    url = decided(as_, cast)
    ask(as_(cast.learner), url)
    assert give(them, url).status_code == 201
    assert them.get("/api/v1/mentor-profile").json()["reviewed_this_week"] == 1
    assert them.get(QUEUE).json()["results"] == []
    assert len(them.get(QUEUE, {"shelf": "set_aside"}).json()["results"]) == 1
    promise = f"/api/v1/enrollments/{other.pk}/milestones/{KEY}/promise"
    assert as_(other.learner).get(promise).json()["not_before"] == 1  # on Monday


def test_it_is_told_in_the_timeline(as_, cast, clock):
    ana = second_mentor(cast)
    me = as_(cast.learner)
    url = decided(as_, cast)
    ask(me, url)
    give(as_(ana), url)
    path = f"/api/v1/enrollments/{cast.enrollment.pk}/timeline"
    found = me.get(path, {"group": "reviews"}).json()["results"]
    given, asked = found[0], found[1]
    assert (given["type"], given["text"]) == ("second_opinion.given.v1", "Fine by me.")
    assert given["actor"]["name"] == "Ana Second"
    assert given["details"] == {
        "milestone": KEY,
        "round": 1,
        "outcome": "approved",
        "agrees": 0,
        "counts": 1,
    }
    assert (asked["type"], asked["actor"]["name"]) == ("second_opinion.asked.v1", "Lin Learner")
    explained = me.get(f"/api/v1/enrollments/{cast.enrollment.pk}/explanation").json()
    assert given["id"] in str(explained)  # the event behind the milestone


def test_whose_turn_it_is(as_, cast, clock):
    ana = second_mentor(cast)
    me = as_(cast.learner)
    url = decided(as_, cast)
    thread = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/comments"
    assert me.get(thread).json()["turn"] == "learner"
    ask(me, url)
    assert me.get(thread).json()["turn"] == "mentors"
    clock.shift(60)
    give(as_(ana), url)
    assert me.get(thread).json()["turn"] == "nobody"
