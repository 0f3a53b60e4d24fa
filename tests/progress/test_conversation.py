"""The conversation on a milestone, and the comments that mentors keep."""

import datetime as dt

import pytest

from progress.models import Comment, OutboxEvent
from tests.factories import (
    NOW,
    approval,
    changes,
    make_cohort,
    make_member,
    make_mentorship,
    make_person,
    new_id,
)
from tests.progress.test_reviewing import KEY, clock, code, waiting

__all__ = ["clock", "waiting"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast, clock):
    """The address of a conversation that nobody has begun."""
    return f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/comments"


def say(client, thread, body="Hello.", **more):
    return client.post(thread, {"id": new_id(), "body": body, **more})


def turn(client, thread):
    return client.get(thread).json()["turn"]


def test_a_conversation(as_, cast, thread, clock):
    me, them = as_(cast.learner), as_(cast.mentor)
    assert me.get(thread).json() == {
        "results": [],
        "next": None,
        "previous": None,
        "turn": "nobody",
        "withheld": 0,
    }
    asked = say(me, thread, "Is this **enough**?")
    assert asked.status_code == 201
    assert turn(me, thread) == turn(them, thread) == "mentors"
    clock.shift(60)
    say(them, thread, "Nearly.")
    page = me.get(thread).json()
    assert [(one["part"], one["is_mine"], one["body"]) for one in page["results"]] == [
        ("mentor", False, "Nearly."),
        ("learner", True, "Is this **enough**?"),
    ]
    assert page["turn"] == "learner"
    event = OutboxEvent.objects.filter(type="comment.written.v1").order_by("position")[0]
    assert (str(event.subject_id), event.data) == (asked.json()["id"], {"milestone": KEY})


def test_the_turn_follows_the_rounds(as_, cast, waiting, thread, clock):
    me, them = as_(cast.learner), as_(cast.mentor)
    clock.shift(60)
    say(them, thread, "I look at it tomorrow.")
    assert turn(me, thread) == "mentors"  # a word to a learner who waits is no answer
    them.put(f"{waiting}/claim")
    them.post(f"{waiting}/decision", changes())
    assert turn(me, thread) == "learner"
    clock.shift(60)
    say(me, thread, "All of them?")
    assert turn(me, thread) == "mentors"


def test_an_approval_leaves_it_to_nobody(as_, cast, waiting, thread):
    them = as_(cast.mentor)
    them.put(f"{waiting}/claim")
    them.post(f"{waiting}/decision", approval(KEY))
    assert turn(them, thread) == "nobody"


def test_sending_twice_writes_one(as_, cast, thread):
    me = as_(cast.learner)
    body = {"id": new_id(), "body": "Once."}
    assert [me.post(thread, body).status_code for _ in range(3)] == [201, 200, 200]
    assert code(me.post(thread, {**body, "body": "Twice."})) == (409, "comment-id-taken")
    assert code(as_(cast.mentor).post(thread, body)) == (409, "comment-id-taken")
    assert Comment.objects.count() == 1
    assert OutboxEvent.objects.filter(type="comment.written.v1").count() == 1


def test_who_may_write(as_, cast, thread):
    assert code(say(as_(cast.admin), thread)) == (403, "not-in-this-conversation")
    assert say(as_(cast.stranger), thread).status_code == 404
    assert say(as_(cast.other_mentor), thread).status_code == 404
    nowhere = thread.replace(KEY, "nonsense")
    assert say(as_(cast.learner), nowhere).status_code == 404
    for body in ("", "  \n", 7, None, "x" * 20_001):
        assert say(as_(cast.learner), thread, body).status_code == 400
    assert not Comment.objects.exists()


def test_a_comment_taken_back_leaves_a_trace(as_, cast, thread, clock):
    me = as_(cast.learner)
    url = f"/api/v1/comments/{say(me, thread, 'Oops.').json()['id']}"
    assert as_(cast.mentor).delete(url).status_code == 404
    assert as_(cast.admin).delete(url).status_code == 404
    for _ in range(2):
        assert me.delete(url).json()["withdrawn_at"] == "2026-11-22T12:00:00Z"
    (row,) = me.get(thread).json()["results"]
    assert (row["body"], row["author"]["name"]) == ("", "Lin Learner")
    assert turn(me, thread) == "nobody"


def test_after_an_hour_what_was_said_stays_said(as_, cast, thread, clock):
    me = as_(cast.learner)
    url = f"/api/v1/comments/{say(me, thread).json()['id']}"
    clock.move_to(NOW + dt.timedelta(hours=1))
    assert code(me.delete(url)) == (409, "too-late-to-withdraw")
    assert Comment.objects.get().body == "Hello."


def test_a_long_conversation_comes_in_pages(as_, cast, thread):
    me = as_(cast.learner)
    for number in range(5):
        say(me, thread, f"{number}")
    page = me.get(f"{thread}?limit=2").json()
    assert len(page["results"]) == 2
    assert page["turn"] == "mentors"
    said = [one["body"] for one in page["results"]]
    while page["next"]:
        page = me.get(page["next"]).json()
        said += [one["body"] for one in page["results"]]
    assert said == ["4", "3", "2", "1", "0"]


def test_the_conversation_goes_with_the_mentorship(as_, cast, thread):
    second = make_person("Second Mentor")
    mentorship = make_mentorship(second, cast.learner)
    them = as_(second)
    mine = say(them, thread, "From me.").json()["id"]
    as_(cast.learner).delete(f"/api/v1/mentorships/{mentorship.pk}")
    assert say(them, thread).status_code == 404
    assert them.get(thread).status_code == 404
    assert them.delete(f"/api/v1/comments/{mine}").status_code == 404
    assert as_(cast.learner).get(thread).json()["results"][0]["body"] == "From me."


def test_saved_comments_are_ones_own(as_, cast):
    them, url = as_(cast.mentor), "/api/v1/saved-comments"
    made = them.post(url, {"title": "Tests", "body": "Test the **edges**."})
    assert made.status_code == 201
    one = f"{url}/{made.json()['id']}"
    them.post(url, {"title": "Seeds", "body": "Set them."})
    assert [row["title"] for row in them.get(url).json()["results"]] == ["Seeds", "Tests"]
    assert them.patch(one, {"body": "Test the edges."}).json()["body"] == "Test the edges."
    assert as_(cast.other_mentor).get(url).json()["results"] == []
    assert as_(cast.other_mentor).patch(one, {"title": "Mine"}).status_code == 404
    assert code(them.post(url, {"title": "", "body": "x"})) == (400, "invalid")
    assert code(them.patch(one, {"owner": "me"})) == (400, "unknown-field")
    assert them.delete(one).status_code == 204
    assert them.delete(one).status_code == 404


def test_a_cohorts_mentors_share_comments(as_, cast):
    cohort = make_cohort()
    make_member(cohort, cast.mentor, "mentor")
    make_member(cohort, cast.other_mentor, "mentor")
    them, other, url = as_(cast.mentor), as_(cast.other_mentor), "/api/v1/saved-comments"
    body = {"title": "Tests", "body": "Test the edges.", "cohort_id": str(cohort.pk)}
    made = them.post(url, body).json()
    (seen,) = other.get(url).json()["results"]
    assert (seen["id"], seen["is_mine"], seen["owner"]["name"]) == (made["id"], False, "Mo Mentor")
    assert other.delete(f"{url}/{made['id']}").status_code == 404
    assert as_(cast.learner).get(url).json()["results"] == []
    assert code(as_(cast.learner).post(url, body)) == (422, "not-a-mentor-there")
