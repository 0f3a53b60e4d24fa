"""Whatever races, a round ends in one decision, and everybody else hears who was first."""

import os
import random

import pytest

from progress.models import ChangeRequest, MilestoneProgress, OutboxEvent, Submission
from tests.at_once import at_once
from tests.factories import approval, changes, make_mentorship, make_person
from tests.progress.test_reviewing import KEY, SUBMISSIONS, add_link, code, submit

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("RACES", "12"))
ENDED = ["submission.decided.v1", "submission.withdrawn.v1"]


def racers(client, url):
    """What may happen to a waiting round that `client` holds, by name."""
    them, again, other, me = client
    return {
        "approve": lambda: them.post(f"{url}/decision", approval(KEY)),
        "request changes": lambda: again.post(f"{url}/decision", changes("More tests.")),
        "withdraw": lambda: me.post(f"{url}/withdrawal"),
        "claim": lambda: other.put(f"{url}/claim"),
        "decide unclaimed": lambda: other.post(f"{url}/decision", approval(KEY)),
        "approve again": lambda: again.post(f"{url}/decision", approval(KEY)),
    }


def test_one_decision_whatever_races(as_, cast):
    """RACES=1000 makes it a thousand races of two to four actors."""
    second = make_person("Second Mentor")
    make_mentorship(second, cast.learner)
    clients = as_(cast.mentor), as_(cast.mentor), as_(second), as_(cast.learner)
    me = clients[3]
    evidence = [add_link(me, cast.enrollment)]
    chance = random.Random(20261122)  # noqa: S311 (a repeatable choice, no secret)
    for _ in range(RACES):
        url = f"{SUBMISSIONS}/{submit(me, cast.enrollment, evidence=evidence).json()['id']}"
        assert clients[0].put(f"{url}/claim").status_code == 200
        names = chance.sample(sorted(racers(clients, url)), chance.randint(2, 4))
        acts = [racers(clients, url)[name] for name in names]
        judge(url, [answer for answer in at_once(*acts) if answer is not None], names)
        begin_anew()


def judge(url, answers, names):
    """One of the deciding acts won; all others, and every claim, got a 409 that says why."""
    row = Submission.objects.get(pk=url.rpartition("/")[2])
    won = [answer for answer in answers if answer.status_code in {200, 201}]
    lost = [answer for answer in answers if answer.status_code not in {200, 201}]
    if not {"approve", "approve again", "request changes", "withdraw"} & set(names):
        assert (row.state, won) == ("waiting", [])
        return
    assert len(won) == 1, [(name, code(answer)) for name, answer in zip(names, lost, strict=False)]
    assert row.state in {"approved", "changes_requested", "withdrawn"}
    for answer in lost:
        assert answer.status_code == 409
        assert answer.json()["code"] in {"already-decided", "claimed-by-another", "claim-needed"}
        if answer.json()["code"] == "already-decided":
            said = answer.json()["detail"]
            assert "Mo Mentor" in said or "The learner withdrew it." in said
    assert OutboxEvent.objects.filter(type__in=ENDED, subject_id=row.pk).count() == 1
    asked = ChangeRequest.objects.filter(submission=row).count()
    assert asked == (1 if row.state == "changes_requested" else 0)
    verification = MilestoneProgress.objects.get(milestone_key=KEY).verification
    assert verification == {"withdrawn": "none"}.get(row.state, row.state)


def begin_anew():
    """As if nobody had submitted the milestone: the next race starts from the same place."""
    ChangeRequest.objects.all().delete()
    Submission.objects.all().delete()
    OutboxEvent.objects.all().delete()
    MilestoneProgress.objects.all().delete()


def test_a_mentor_on_many_devices_holds_five_at_most(as_, cast):
    """The limit holds when the claims come at once."""
    from tests.factories import make_enrollment

    urls = []
    for number in range(7):
        enrollment = make_enrollment(make_person(f"Learner {number}"))
        make_mentorship(cast.mentor, enrollment.learner)
        urls.append(f"{SUBMISSIONS}/{submit(as_(enrollment.learner), enrollment).json()['id']}")
    devices = [as_(cast.mentor) for _ in urls]
    acts = [
        lambda client=client, url=url: client.put(f"{url}/claim")
        for client, url in zip(devices, urls, strict=True)
    ]
    answers = [answer.status_code for answer in at_once(*acts)]
    assert sorted(answers) == [200] * 5 + [409] * 2
    assert Submission.objects.exclude(claimed_by=None).count() == 5
