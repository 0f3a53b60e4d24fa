"""Who hears of second opinions, waivers and revocations."""

import datetime as dt

import pytest

from notifications.models import Delivery, Notification
from notifications.queries.inbox import with_words
from progress.commands.ask_second_opinion import ask_second_opinion
from progress.commands.claim_second_opinion import claim_second_opinion
from progress.commands.decision_guards import Asked
from progress.commands.end_mentorship import end_mentorship
from progress.commands.give_second_opinion import give_second_opinion
from progress.commands.revoke_approval import revoke_approval
from progress.commands.set_mentor_terms import set_mentor_terms
from progress.commands.waive_milestone import waive_milestone
from progress.commands.withdraw_second_opinion import withdraw_second_opinion
from progress.commands.write_comment import write_comment
from progress.models import Mentorship
from progress.states import SecondOpinionState, SubmissionState
from tests.factories import NOW, full_scores, make_mentorship, make_person, new_id
from tests.notifications.acts import KEY, LATER, TITLE, decide, deliver, submit
from tests.notifications.post import Postbox, html_of, send, text_of

pytestmark = pytest.mark.django_db
AFTER = NOW + dt.timedelta(hours=1)
ELECTIVE = "advanced-algorithms"


def inbox(person):
    return with_words(list(Notification.objects.owned_by(person).order_by("-id")))


def letters(now=AFTER):
    box = Postbox()
    send(box, now=now)
    return {(address, message["Subject"]): message for address, message in box.messages}


@pytest.fixture
def ana(cast):
    person = make_person("Ana Second")
    make_mentorship(person, cast.learner)
    return person


def asked(cast, outcome=SubmissionState.CHANGES_REQUESTED, *, by=None):
    """A decided round with a question; what was told of it before is out of the way."""
    submission = submit(cast.enrollment, message="Look at the loader.")
    decide(submission, cast.mentor, outcome, feedback="VERDICT")
    deliver()
    Notification.objects.all().delete()
    Delivery.objects.all().delete()
    submission.refresh_from_db()
    ask_second_opinion(person=by or cast.learner, submission=submission, now=LATER)
    return submission


def gives(person, submission, outcome=SecondOpinionState.APPROVED, *, now=LATER):
    claim_second_opinion(person=person, submission=submission, now=now)
    approving = outcome is SecondOpinionState.APPROVED
    give_second_opinion(
        person=person,
        submission=submission,
        outcome=outcome,
        feedback="I see it so.",
        scores=full_scores(KEY) if approving else (),
        asked=() if approving else [Asked("Test it.")],
        now=now,
    )


def test_a_question_is_told_to_the_other_mentors_blindly(cast, ana):
    submission = asked(cast)
    deliver(AFTER)
    (row,) = inbox(ana)
    assert row.title == f"A second opinion is asked for on “{TITLE}” by Lin Learner"
    assert row.reason == "You mentor Lin Learner."
    assert row.url == f"/reviews/{submission.pk}"
    assert inbox(cast.mentor) == inbox(cast.learner) == inbox(cast.coordinator) == []
    ((_, message),) = letters().items()
    for said in (text_of(message), html_of(message)):
        assert "Look at the loader." in said
        assert "VERDICT" not in said
        assert "Mo Mentor" not in said
        assert "changes" not in said


def test_it_is_told_to_those_it_fits_or_to_all(cast, ana):
    bo = make_person("Bo Third")
    make_mentorship(bo, cast.learner)
    terms = {"weekly_capacity": None, "pathways": [], "languages": []}
    set_mentor_terms(person=ana, kinds=["project"], now=NOW, **terms)
    asked(cast)
    deliver(AFTER)
    assert (len(inbox(bo)), inbox(ana)) == (1, [])
    set_mentor_terms(person=bo, kinds=["project"], now=NOW, **terms)
    Notification.objects.all().delete()
    Delivery.objects.all().delete()
    other = make_mentorship(cast.mentor, make_person("Ola"))
    assert other
    from progress.models import OutboxEvent

    OutboxEvent.objects.filter(type="second_opinion.asked.v1").update(delivered_at=None)
    deliver(AFTER)
    assert len(inbox(bo)) == len(inbox(ana)) == 1


@pytest.mark.parametrize("ending", ["taken back", "claimed", "left"])
def test_what_is_no_longer_asked_of_somebody_is_not_sent(cast, ana, ending):
    bo = make_person("Bo Third")
    make_mentorship(bo, cast.learner)
    submission = asked(cast)
    deliver(LATER)
    if ending == "taken back":
        withdraw_second_opinion(person=cast.learner, submission=submission, now=LATER)
    elif ending == "claimed":
        claim_second_opinion(person=bo, submission=submission, now=LATER)
    else:
        end_mentorship(person=ana, mentorship=Mentorship.objects.get(mentor=ana), now=LATER)
    to = {address for (address, subject) in letters() if "second opinion" in subject.lower()}
    assert ana.email not in to
    assert (bo.email in to) is (ending != "taken back")


@pytest.mark.parametrize(
    ("first", "second", "title", "body"),
    [
        ("changes_requested", "approved", "approves", "The approval counts"),
        ("approved", "changes_requested", "would ask for changes on", "The approval stays"),
        ("approved", "approved", "approves", "Two mentors have come to the same"),
        ("changes_requested", "changes_requested", "asks for changes on", "Two mentors"),
    ],
)
def test_an_opinion_is_told_to_both_sides(cast, ana, first, second, title, body):
    submission = asked(cast, SubmissionState(first))
    gives(ana, submission, SecondOpinionState(second))
    deliver(LATER)
    too = ", too" if first == second else ""
    (row,) = [one for one in inbox(cast.learner) if one.kind == "second-opinion-given"]
    assert row.title == f"Second opinion: Ana Second {title} “{TITLE}”{too}"
    assert row.body.startswith(body)
    assert row.url == f"/milestones/{KEY}"
    assert row.reason == "You submitted this milestone for review."
    (row,) = [one for one in inbox(cast.mentor) if one.kind == "second-opinion-given"]
    assert row.url == f"/reviews/{submission.pk}"
    assert row.reason == f"You decided on “{TITLE}” by Lin Learner."
    assert all(one.must_arrive for one in Delivery.objects.filter(kind="second-opinion-given"))
    found = [one for (_, subject), one in letters().items() if subject.startswith("Second")]
    assert len(found) == 2
    for message in found:
        assert "I see it so." in text_of(message)
        assert body in html_of(message)


def test_who_left_hears_nothing_of_it(cast, ana):
    submission = asked(cast)
    gives(ana, submission)
    deliver(LATER)
    mentorship = Mentorship.objects.get(mentor=cast.mentor, learner=cast.learner)
    end_mentorship(person=cast.mentor, mentorship=mentorship, now=LATER)
    assert {to for (to, subject) in letters() if subject.startswith("Second")} == {
        cast.learner.email
    }


def test_a_waiver_arrives(cast):
    waive_milestone(
        person=cast.mentor,
        enrollment=cast.enrollment,
        milestone_key=ELECTIVE,
        reason="You taught it for **two years**.",
        now=NOW,
    )
    deliver()
    (row,) = inbox(cast.learner)
    assert (row.kind, row.url) == ("milestone-waived", f"/milestones/{ELECTIVE}")
    assert row.title == "Mo Mentor waived “Advanced algorithms and data structures” for you"
    assert row.reason == "It is your milestone."
    assert inbox(cast.mentor) == []
    assert Delivery.objects.get().must_arrive
    ((_, message),) = letters().items()
    assert "two years" in text_of(message)
    assert "<strong>two years</strong>" in html_of(message)
    assert "There is nothing to hand in." in text_of(message)


def test_a_revocation_arrives(cast):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    Notification.objects.all().delete()
    Delivery.objects.all().delete()
    revoke_approval(
        person=cast.mentor,
        enrollment=cast.enrollment,
        milestone_key=KEY,
        reason="The repository is not yours.",
        now=AFTER,
    )
    deliver(AFTER)
    (row,) = inbox(cast.learner)
    assert (row.kind, row.url) == ("milestone-revoked", f"/milestones/{KEY}")
    assert row.title == f"Mo Mentor took back the approval of “{TITLE}”"
    assert Delivery.objects.get().must_arrive
    ((_, message),) = letters().items()
    for said in (text_of(message), html_of(message)):
        assert "The repository is not yours." in said
        assert "You can hand it in again" in said


def test_what_is_said_meanwhile_is_kept_from_who_may_give_it(cast, ana):
    submission = asked(cast)

    def says(person, body):
        write_comment(
            person=person,
            enrollment=cast.enrollment,
            milestone_key=KEY,
            comment_id=new_id(),
            body=body,
            now=LATER,
        )

    says(cast.mentor, "VERDICT, again.")
    deliver(LATER)
    assert [row.kind for row in inbox(cast.learner)] == ["comment-written"]
    assert [row.kind for row in inbox(ana)] == ["second-opinion-asked"]
    withdraw_second_opinion(person=cast.learner, submission=submission, now=LATER)
    says(cast.mentor, "Let us talk.")
    deliver(LATER)
    assert {row.kind for row in inbox(ana)} == {"comment-written", "second-opinion-asked"}
    ask_second_opinion(person=cast.learner, submission=submission, now=LATER)
    assert not [1 for to, subject in letters() if to == ana.email and "wrote" in subject]
