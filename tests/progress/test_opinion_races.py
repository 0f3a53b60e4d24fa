"""Whatever races around a second opinion or a ruling, one act wins and the others hear of it.

RACES=1000 makes it a thousand races of two to four actors each.
"""

import random

import pytest

from progress.models import (
    ChangeRequest,
    MilestoneProgress,
    OutboxEvent,
    Ruling,
    SecondOpinion,
    Submission,
)
from tests.at_once import at_once
from tests.factories import approval, changes
from tests.progress.opinions import ask, decided, second_mentor
from tests.progress.test_review_races import RACES
from tests.progress.test_reviewing import KEY, add_link, submit

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "Because."}
ELECTIVE = "advanced-algorithms"
NAMED = {
    "second-opinion-given": "Ana Second",
    "no-second-opinion": ("took the question back", "next round", "revoked"),
}


def begin_anew():
    for kind in (Ruling, SecondOpinion, ChangeRequest, Submission, OutboxEvent, MilestoneProgress):
        kind.objects.all().delete()


def test_an_open_question_has_one_end(as_, cast):
    """Given once, or withdrawn once: by who asked, by the next round; never both."""
    ana, bo = second_mentor(cast), second_mentor(cast, "Bo Third")
    me, one, again, other = as_(cast.learner), as_(ana), as_(ana), as_(bo)
    links = [add_link(as_(cast.learner), cast.enrollment)]
    chance = random.Random(20261127)  # noqa: S311 (a repeatable choice, no secret)
    for _ in range(RACES):
        url = decided(as_, cast, changes(), evidence=links)
        ask(as_(cast.learner), url)
        opinion = f"{url}/second-opinion"
        assert one.put(f"{opinion}/claim").status_code == 200
        racers = {
            "approve": lambda o=opinion: one.post(f"{o}/decision", approval(KEY)),
            "ask for changes": lambda o=opinion: again.post(f"{o}/decision", changes()),
            "take back": lambda o=opinion: me.delete(o),
            "hand in again": lambda: submit(as_(cast.learner), cast.enrollment, evidence=links),
            "claim": lambda o=opinion: other.put(f"{o}/claim"),
        }
        names = chance.sample(sorted(racers), chance.randint(2, 4))
        judge(at_once(*(racers[name] for name in names)), names)
        begin_anew()


def judge(answers, names):
    row = SecondOpinion.objects.get()
    events = OutboxEvent.objects.filter(type__startswith="second_opinion.")
    ends = [one.type for one in events if one.type != "second_opinion.asked.v1"]
    assert len(ends) == (row.state != "asked")
    lost = [answer for answer in answers if answer.status_code not in {200, 201}]
    for answer in lost:
        assert answer.status_code == 409, answer.content
        problem = answer.json()
        # Handing in again loses to an approval only; all others lose to what ended the question.
        assert problem["code"] in {*NAMED, "nothing-to-review", "claimed-by-another"}, problem
        if problem["code"] == "second-opinion-given":
            assert "Ana Second" in problem["detail"]
    decisions = {"approve", "ask for changes"} & set(names)
    if not decisions and not {"take back", "hand in again"} & set(names):
        assert row.state == "asked"
        return
    verification = MilestoneProgress.objects.get(milestone_key=KEY).verification
    waits = Submission.objects.waiting().exists()
    if row.state == "approved":
        assert (verification, row.counts, waits) == ("approved", True, False)
    else:
        assert (verification, row.counts) == ("waiting" if waits else "changes_requested", False)


def test_one_question_whoever_asks(as_, cast):
    second_mentor(cast)
    links = [add_link(as_(cast.learner), cast.enrollment)]
    for _ in range(RACES):
        url = decided(as_, cast, approval(KEY), evidence=links)
        clients = as_(cast.learner), as_(cast.learner), as_(cast.mentor)
        answers = at_once(
            *(lambda client=client, u=url: client.post(f"{u}/second-opinion") for client in clients)
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
        for answer in answers:
            if answer.status_code == 409:
                assert answer.json()["code"] == "second-opinion-asked"
                assert " asked on " in answer.json()["detail"]
        assert SecondOpinion.objects.count() == 1
        begin_anew()


def test_waiving_and_submitting_at_once(as_, cast):
    """One of them moves the milestone; the others hear how it stands."""
    second = second_mentor(cast)
    links = [add_link(as_(cast.learner), cast.enrollment, ELECTIVE)]
    waiver = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{ELECTIVE}/waiver"
    me, them, other = as_(cast.learner), as_(cast.mentor), as_(second)
    for _ in range(RACES):
        answers = at_once(
            lambda: submit(me, cast.enrollment, key=ELECTIVE, evidence=links),
            lambda: them.post(waiver, WHY),
            lambda: other.post(waiver, WHY),
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
        codes = {one.json()["code"] for one in answers if one.status_code == 409}
        verification = MilestoneProgress.objects.get(milestone_key=ELECTIVE).verification
        if verification == "waived":
            assert codes <= {"nothing-to-waive", "nothing-to-review"}
            assert (Ruling.objects.count(), Submission.objects.count()) == (1, 0)
        else:
            assert (verification, codes) == ("waiting", {"nothing-to-waive"})
            assert (Ruling.objects.count(), Submission.objects.count()) == (0, 1)
        begin_anew()


def test_revoking_at_once(as_, cast):
    """Of two who revoke one does; a submission comes after that or is refused."""
    second = second_mentor(cast)
    links = [add_link(as_(cast.learner), cast.enrollment)]
    revocation = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/revocation"
    me, them, other = as_(cast.learner), as_(cast.mentor), as_(second)
    for _ in range(RACES):
        decided(as_, cast, approval(KEY), evidence=links)
        answers = at_once(
            lambda: them.post(revocation, WHY),
            lambda: other.post(revocation, WHY),
            lambda: submit(me, cast.enrollment, evidence=links),
        )
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert Ruling.objects.count() == 1
        assert OutboxEvent.objects.filter(type="milestone.revoked.v1").count() == 1
        verification = MilestoneProgress.objects.get(milestone_key=KEY).verification
        waits = Submission.objects.waiting().exists()
        assert verification == ("waiting" if waits else "revoked")
        for answer in answers:
            if answer.status_code == 409:
                assert answer.json()["code"] in {"nothing-to-revoke", "nothing-to-review"}
        begin_anew()


def test_an_opinion_and_a_revocation_at_once(as_, cast):
    """An opinion on an approval that is revoked in the same moment: both are told how it ended."""
    ana = second_mentor(cast)
    links = [add_link(as_(cast.learner), cast.enrollment)]
    revocation = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/revocation"
    one, them = as_(ana), as_(cast.mentor)
    for _ in range(RACES):
        url = decided(as_, cast, approval(KEY), evidence=links)
        ask(as_(cast.learner), url)
        one.put(f"{url}/second-opinion/claim")
        answers = at_once(
            lambda u=url: one.post(f"{u}/second-opinion/decision", approval(KEY)),
            lambda: them.post(revocation, WHY),
        )
        opinion = SecondOpinion.objects.get()
        verification = MilestoneProgress.objects.get(milestone_key=KEY).verification
        assert verification == "revoked"  # whichever came first, nothing is against revoking it
        lost = [answer for answer in answers if answer.status_code == 409]
        if opinion.state == "withdrawn":
            assert [answer.json()["detail"] for answer in lost] == ["The approval was revoked."]
        else:
            assert (opinion.state, opinion.counts, lost) == ("approved", False, [])
        begin_anew()
