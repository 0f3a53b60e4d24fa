"""What a mentor can still do once they no longer are one: between any two steps of a review."""

import datetime as dt

import pytest

from progress.models import Comment, Mentorship, ReviewDraft, Submission
from tests.at_once import at_once
from tests.factories import approval, changes, make_member, make_person, new_id
from tests.progress.test_drafts import TYPED, save
from tests.progress.test_reviewing import KEY, clock, code, submit, waiting

__all__ = ["clock", "waiting"]  # fixtures

pytestmark = pytest.mark.django_db
WAYS = ("mentorship ends", "leaves the cohort", "is taken out", "cohort ends", "learner leaves")


@pytest.fixture(params=WAYS)
def unassign(request, as_, cast):
    """Return (the mentor, a function that ends what makes them one), for each way it ends."""
    how = request.param
    if how == "mentorship ends":
        row = Mentorship.objects.get(mentor=cast.mentor)
        return cast.mentor, lambda: as_(cast.learner).delete(f"/api/v1/mentorships/{row.pk}")
    mentor = make_person("Olu")
    member = make_member(cast.cohort, mentor, "mentor")
    place = cast.cohort.members.get(person=cast.learner)
    cohort = f"/api/v1/cohorts/{cast.cohort.pk}"
    return mentor, {
        "leaves the cohort": lambda: as_(mentor).delete(f"{cohort}/members/{member.pk}"),
        "is taken out": lambda: as_(cast.coordinator).delete(f"{cohort}/members/{member.pk}"),
        "cohort ends": lambda: as_(cast.coordinator).delete(cohort),
        "learner leaves": lambda: as_(cast.learner).delete(f"{cohort}/members/{place.pk}"),
    }[how]


def test_between_claim_and_decision(as_, unassign, waiting):
    mentor, end = unassign
    client = as_(mentor)
    assert client.put(f"{waiting}/claim").status_code == 200
    assert end().status_code == 204
    for refused in (
        client.post(f"{waiting}/decision", approval(KEY)),
        client.post(f"{waiting}/decision", changes()),
        client.put(f"{waiting}/claim"),
        client.delete(f"{waiting}/claim"),
        client.get(waiting),
    ):
        assert refused.status_code == 404
    row = Submission.objects.get()
    assert (row.state, row.claimed_by, row.decided_by) == ("waiting", None, None)


def test_between_draft_and_save(as_, unassign, waiting):
    mentor, end = unassign
    client = as_(mentor)
    assert save(client, waiting).status_code == 200
    assert end().status_code == 204
    kept = client.get(f"{waiting}/draft")  # the words are theirs
    assert (kept.status_code, kept.json()["feedback"]) == (200, TYPED["feedback"])
    said = {"id": new_id(), "body": "So far."}
    for refused in (
        save(client, waiting, 1, feedback="More"),
        client.delete(f"{waiting}/draft"),
        client.post(f"{waiting}/draft/comment", said),
    ):
        assert refused.status_code == 404
    assert ReviewDraft.objects.get().feedback == TYPED["feedback"]
    assert not Comment.objects.exists()


def test_nothing_of_what_was_decided_is_read_any_more(as_, cast, unassign, waiting):
    mentor, end = unassign
    client = as_(mentor)
    client.put(f"{waiting}/claim")
    made = client.post(f"{waiting}/decision", approval(KEY, private_note="Between us."))
    assert made.status_code == 201
    assert client.get(waiting).json()["decision"]["outcome"] == "approved"
    assert end().status_code == 204
    assert client.get(waiting).status_code == 404
    assert client.get("/api/v1/submissions").json()["results"] == []
    learner = as_(cast.learner).get(waiting).json()  # the decision stays the learner's
    assert learner["decision"]["mentor"]["name"] == mentor.display_name
    assert learner["private_notes"] == []


def test_a_report_is_closed_to_who_left(as_, cast, unassign):
    mentor, end = unassign
    url = f"/api/v1/cohorts/{cast.cohort.pk}/progress"
    client = as_(mentor)
    assert client.get(url).status_code == client.get(f"{url}.csv").status_code == 200
    assert end().status_code == 204
    found = client.get(url), client.get(f"{url}.csv")
    if cast.cohort.members.filter(person=mentor, left_at=None).exists():
        cast.cohort.refresh_from_db()
        # Of a cohort that has ended nobody reads; who is in it still leads it, with one less in it.
        ended = cast.cohort.ended_at is not None
        assert {one.status_code for one in found} == {409 if ended else 200}
        assert ended or found[0].json()["learners"] == 0
    else:
        assert {one.status_code for one in found} == {404}


def test_a_decision_is_read_by_the_learner_once_it_is_released(as_, cast, waiting):
    mentor, learner = as_(cast.mentor), as_(cast.learner)
    mentor.put(f"{waiting}/claim")
    save(mentor, waiting)
    page = learner.get(waiting)
    assert (page.json()["decision"], page.json()["draft"]) == (None, None)
    assert TYPED["feedback"].strip() not in page.content.decode()
    assert learner.get(f"{waiting}/draft").status_code == 404
    mentor.post(f"{waiting}/decision", changes("Test the parser."))
    assert learner.get(waiting).json()["decision"]["outcome"] == "changes_requested"
    for person, status in (
        (cast.coordinator, 200),
        (cast.admin, 200),
        (cast.stranger, 404),
        (cast.other_mentor, 404),
    ):
        assert as_(person).get(waiting).status_code == status
    assert as_(None).get(waiting).status_code == 401


def test_a_learner_who_mentors_their_own_cohort_decides_nothing_of_theirs(as_, cast, waiting):
    make_member(cast.cohort, cast.learner, "mentor")
    client = as_(cast.learner)
    assert code(client.put(f"{waiting}/claim")) == (403, "own-work")
    assert code(client.post(f"{waiting}/decision", approval(KEY))) == (403, "own-work")
    assert client.get(f"{waiting}/draft").status_code == 404
    assert save(client, waiting).status_code == 404
    assert client.get("/api/v1/review-queue").json()["results"] == []


def test_a_coordinator_or_admin_who_mentors_others_decides_nothing_here(as_, cast, waiting):
    for person in (cast.coordinator, cast.admin):
        client = as_(person)
        assert code(client.put(f"{waiting}/claim")) == (403, "not-their-mentor")
        assert code(client.post(f"{waiting}/decision", approval(KEY))) == (403, "not-their-mentor")
    assert as_(cast.coordinator).get(f"{waiting}/draft").status_code == 404
    assert save(as_(cast.coordinator), waiting).status_code == 404


def test_one_mentors_draft_is_hidden_from_the_next(as_, cast, waiting):
    olu = make_person("Olu")
    make_member(cast.cohort, olu, "mentor")
    assert save(as_(cast.mentor), waiting).status_code == 200
    assert as_(olu).get(f"{waiting}/draft").status_code == 404
    page = as_(olu).get(waiting)
    assert page.json()["draft"] is None
    assert TYPED["feedback"].strip() not in page.content.decode()
    assert as_(cast.admin).get(f"{waiting}/draft").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_claim_does_not_outlive_the_mentorship_that_ends_at_once(as_, cast):
    assert submit(as_(cast.learner), cast.enrollment).status_code == 201
    one = Submission.objects.get()
    claim = f"/api/v1/submissions/{one.pk}/claim"
    for _ in range(15):
        row, _made = Mentorship.objects.get_or_create(
            mentor=cast.mentor,
            learner=cast.learner,
            state="active",
            defaults={"started_at": one.submitted_at},
        )
        end = f"/api/v1/mentorships/{row.pk}"
        answers = at_once(
            lambda: as_(cast.mentor).put(claim).status_code,
            lambda end=end: as_(cast.learner).delete(end).status_code,
        )
        assert set(answers) <= {200, 204, 403, 404}
        one.refresh_from_db()
        assert one.claimed_by is None
        assert one.holder_at(one.submitted_at + dt.timedelta(0)) is None
