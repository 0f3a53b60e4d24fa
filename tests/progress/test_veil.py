"""Who may give a second opinion can't tell what the first one was, whatever they ask.

Two worlds that differ in the first decision only: each answer of the API is the same in both.
"""

import json
import re

import pytest
from django.db import transaction

from progress import outbox
from progress.models import MilestoneProgress
from progress.standing import standing_of
from tests.access.routes import routes
from tests.factories import MLE, NOW, approval, changes, make_member, new_id
from tests.notifications.post import Postbox, send
from tests.progress.opinions import ask, decided, give, second_mentor
from tests.progress.test_reviewing import KEY, add_link, clock, submit
from tests.progress.test_upgrading import REMOVED, publish_second

__all__ = ["clock"]  # a fixture
pytestmark = pytest.mark.django_db
NOT_OF_ANYBODY = {"push-key"}
"""The installation's own key: made anew in each of the two worlds."""
GETS = [route for route in routes() if route.method == "GET"]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SECRETS = ("VERDICT", "WHISPER", "AFTERWARDS")


def approves(them, url, items):
    settled = [{"id": one["id"], "state": "verified"} for one in items]
    body = approval(KEY, "VERDICT: well done.", private_note="WHISPER", settled=settled)
    return them.post(f"{url}/decision", body)


def asks_for_changes(them, url, items):
    body = changes("VERDICT: not yet.", "VERDICT: and this.", private_note="WHISPER")
    return them.post(f"{url}/decision", body)


def world(as_, cast, clock, decide, *, asker):
    """A second round decided by `decide`, talk about it since, and a question by `asker`."""
    me, them = as_(cast.learner), as_(cast.mentor)
    links = [add_link(me, cast.enrollment)]
    first = decided(as_, cast, changes("Set the seeds."), evidence=links)
    (item,) = me.get(first).json()["change_requests"]
    me.put(f"/api/v1/change-requests/{item['id']}/answer", {"text": "They are set."})
    for key in standing_of(cast.enrollment).evaluation.milestones:
        if key != KEY:  # so that an approval of the last one completes the way
            row = MilestoneProgress.of(cast.enrollment, key)
            row.verification, row.verification_changed_at = "waived", NOW
            row.save()
    clock.shift(60)
    url = f"/api/v1/submissions/{submit(me, cast.enrollment, evidence=links).json()['id']}"
    clock.shift(60)
    them.put(f"{url}/claim")
    pending = them.get(url).json()["pending"]
    clock.shift(60)
    answer = decide(them, url, pending)
    assert answer.status_code == 201, answer.content
    clock.shift(60)
    thread = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/comments"
    for client in (me, them):
        assert client.post(thread, {"id": new_id(), "body": "AFTERWARDS"}).status_code == 201
    clock.shift(60)
    ask(as_(getattr(cast, asker)), url)
    clock.shift(60)
    outbox.deliver_pending(now=NOW)
    outbox.deliver_pending(now=NOW.replace(hour=13))
    return first, url


def everything(client, cast, first, url):
    """What every GET answers, by its address, and what each act of a mentor is refused with."""
    submission = {"id": url.rpartition("/")[2], "first": first.rpartition("/")[2]}
    things = {
        "id": str(cast.enrollment.pk),
        "key": KEY,
        "slug": MLE,
        "number": 1,
        "other": 1,
        "token": "nothing",
        "pause_id": str(cast.enrollment.pk),
        "member": str(cast.enrollment.pk),
        "cohort": str(cast.cohort.pk),
        "cohort-progress": str(cast.cohort.pk),
        "cohort-progress-csv": str(cast.cohort.pk),
        "cohort-members": str(cast.cohort.pk),
        "submission": submission["id"],
        "draft": submission["id"],
    }
    enrollment = f"/api/v1/enrollments/{cast.enrollment.pk}"
    addresses = [route.url(things) for route in GETS if route.name not in NOT_OF_ANYBODY] + [
        first,
        f"/api/v1/enrollments?learner={cast.learner.pk}",
        f"/api/v1/submissions?enrollment={cast.enrollment.pk}",
        "/api/v1/review-queue?second_opinion=true&shelf=all",
        "/api/v1/review-queue/counts?second_opinion=true&shelf=all",
        f"{enrollment}/timeline?milestone={KEY}",
        f"{enrollment}/timeline?group=reviews",
        f"{enrollment}/timeline?limit=100",
        f"{enrollment}/milestones/problem-solving",
    ]
    found = {address: _read(client.get(address)) for address in addresses}
    reason = {"reason": "Because."}
    acts = {
        "claim the round": lambda: client.put(f"{url}/claim"),
        "decide the round": lambda: client.post(f"{url}/decision", approval(KEY)),
        "ask": lambda: client.post(f"{url}/second-opinion"),
        "take the question back": lambda: client.delete(f"{url}/second-opinion"),
        "revoke": lambda: client.post(f"{enrollment}/milestones/{KEY}/revocation", reason),
        "waive": lambda: client.post(f"{enrollment}/milestones/{KEY}/waiver", reason),
        "claim the opinion": lambda: client.put(f"{url}/second-opinion/claim"),
        "save a draft": lambda: client.put(f"{url}/draft", {"version": 0, "feedback": "So"}),
    }
    return {**found, **{name: _read(act()) for name, act in acts.items()}}


def _read(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.status_code} {body.decode()}"


def without_ids(answers):
    """The same with every id replaced by the place where it came up first."""
    known = {}
    text = json.dumps(answers, indent=1)
    text = UUID.sub(lambda found: known.setdefault(found.group(), f"id-{len(known)}"), text)
    text = re.sub(r'\\"request_id\\": ?\\"[^"]*\\"', "", text)
    return json.loads(re.sub(r"cursor=[^&\"\\]*", "", text))


def told_in(client, as_, cast, clock, decide, *, asker, mine):
    before = transaction.savepoint()
    first, url = world(as_, cast, clock, decide, asker=asker)
    answers = everything(client, cast, first, url)
    box = Postbox()
    send(box, now=NOW.replace(hour=13))
    letters = [message.as_string() for address, message in box.messages if address == mine.email]
    transaction.savepoint_rollback(before)
    cast.enrollment.refresh_from_db()
    clock.move_to(NOW)
    return answers, letters


@pytest.fixture(params=["by mentorship", "by cohort"])
def ana(request, cast, clock):
    """A second mentor, of the learner or of their cohort."""
    if request.param == "by mentorship":
        return second_mentor(cast)
    make_member(cast.cohort, cast.other_mentor, "mentor")
    return cast.other_mentor


def test_two_worlds_look_alike_to_who_may_give_it(as_, cast, clock, ana):
    client = as_(ana)
    one, letters = told_in(client, as_, cast, clock, approves, asker="mentor", mine=ana)
    two, other_letters = told_in(
        client, as_, cast, clock, asks_for_changes, asker="learner", mine=ana
    )
    for text in [*one.values(), *two.values(), *letters, *other_letters]:
        assert not [secret for secret in SECRETS if secret in text], text
    a, b = without_ids(one), without_ids(two)
    assert list(a) == list(b)
    assert [name for name in a if a[name] != b[name]] == []
    assert len(letters) == len(other_letters)


def test_the_two_sides_see_everything(as_, cast, clock, ana):
    first, url = world(as_, cast, clock, approves, asker="learner")
    for person in (cast.learner, cast.mentor, cast.coordinator, cast.admin):
        answers = everything(as_(person), cast, first, url)
        assert "VERDICT" in answers[url]
        assert "AFTERWARDS" in str(answers)
        assert '"state":"completed"' in answers[f"/api/v1/enrollments/{cast.enrollment.pk}"]


def test_the_veil_falls_when_it_is_given(as_, cast, clock, ana):
    client = as_(ana)
    _, url = world(as_, cast, clock, asks_for_changes, asker="learner")
    enrollment = f"/api/v1/enrollments/{cast.enrollment.pk}"
    thread = client.get(f"{enrollment}/milestones/{KEY}/comments").json()
    assert (thread["withheld"], thread["results"], thread["turn"]) == (2, [], "mentors")
    page = client.get(url).json()
    assert (page["state"], page["decision"], page["change_requests"]) == ("waiting", None, [])
    assert page["second_opinion"]["asked_by"] is None
    assert [item["text"] for item in page["pending"]] == ["Set the seeds."]
    assert give(client, url).status_code == 201
    page = client.get(url).json()
    assert page["state"] == "changes_requested"
    assert "VERDICT" in str(page["change_requests"])
    assert page["private_notes"][0]["text"] == "WHISPER"
    assert page["second_opinion"]["asked_by"]["name"] == "Lin Learner"
    thread = client.get(f"{enrollment}/milestones/{KEY}/comments").json()
    assert (thread["withheld"], len(thread["results"])) == (0, 2)
    assert client.get(f"{enrollment}/map").json()["percent"] == 100


def test_what_one_says_oneself_is_not_withheld(as_, cast, clock, ana):
    client = as_(ana)
    world(as_, cast, clock, approves, asker="learner")
    thread = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/comments"
    client.post(thread, {"id": new_id(), "body": "Where are the tests?"})
    (comment,) = client.get(thread).json()["results"]
    assert comment["is_mine"]


def test_commands_see_through_a_veil(as_, cast, clock):
    """A mentor who may not see one approval completes the way by waiving another milestone."""
    ana = second_mentor(cast)
    world(as_, cast, clock, approves, asker="learner")
    row = MilestoneProgress.of(cast.enrollment, "advanced-algorithms")
    row.verification = "none"
    row.save()
    cast.enrollment.state, cast.enrollment.completed_at = "active", None
    cast.enrollment.save()
    address = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/advanced-algorithms/waiver"
    assert as_(ana).post(address, {"reason": "Taught it."}).status_code == 201
    cast.enrollment.refresh_from_db()
    assert cast.enrollment.state == "completed"


def test_what_an_upgrade_left_behind_does_not_say_that_it_was_approved(as_, cast, clock, ana):
    me, way = as_(cast.learner), f"/api/v1/enrollments/{cast.enrollment.pk}"
    for key in standing_of(cast.enrollment).evaluation.milestones:
        if key not in {REMOVED, KEY}:  # what it needs, but not the whole way
            row = MilestoneProgress.of(cast.enrollment, key)
            row.verification, row.verification_changed_at = "waived", NOW
            row.save()
    links = [add_link(me, cast.enrollment)]
    assert me.put(f"/api/v1/evidence/{links[0]}/milestones/{REMOVED}").status_code == 200
    url = decided(as_, cast, approval(REMOVED), key=REMOVED, evidence=links)
    ask(me, url)
    publish_second()
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201

    def earned(person):
        history = as_(person).get(f"{way}/upgrade").json()["history"]
        return {one["key"]: one["earned"] for one in history}

    assert (earned(cast.mentor), earned(ana)) == ({REMOVED: True}, {REMOVED: False})
    assert give(as_(ana), url, approval(REMOVED)).status_code == 201
    assert earned(ana) == {REMOVED: True}
