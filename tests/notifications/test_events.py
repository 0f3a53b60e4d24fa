"""An event becomes rows: inbox and ledger, once."""

import datetime as dt

import pytest

from notifications.models import Delivery, Notification
from notifications.queries.inbox import with_words
from notifications.subscriber import tell
from progress import events
from progress.commands.accept_invitation import accept_invitation
from progress.commands.end_mentorship import end_mentorship
from progress.commands.invite_person import invite_person
from progress.models import Mentorship, OutboxEvent
from progress.states import SubmissionState
from tests.factories import NOW, make_mentorship, make_person
from tests.notifications.acts import KEY, LATER, TITLE, decide, deliver, invite, record, submit
from tests.notifications.post import Postbox, html_of, send, text_of


def inbox(person):
    return with_words(list(Notification.objects.owned_by(person).order_by("-id")))


def test_submitted_is_told_to_the_active_mentors_only(cast):
    former = make_mentorship(cast.other_mentor, cast.learner)
    end_mentorship(person=cast.learner, mentorship=former, now=NOW)
    submission = submit(cast.enrollment)
    deliver()
    (row,) = inbox(cast.mentor)
    assert row.kind == "submission-submitted"
    assert row.title == f"Lin Learner submitted “{TITLE}”"
    assert row.reason == "You mentor Lin Learner."
    assert row.url == f"/reviews/{submission.pk}"
    assert inbox(cast.learner) == inbox(cast.stranger) == []
    assert [row.kind for row in inbox(cast.other_mentor)] == ["mentorship-ended"]
    delivery = Delivery.objects.get(kind="submission-submitted")
    assert (delivery.person, delivery.state, delivery.must_arrive) == (cast.mentor, "queued", False)


def test_a_second_round_is_called_one(cast):
    decide(submit(cast.enrollment), cast.mentor, SubmissionState.CHANGES_REQUESTED)
    submit(cast.enrollment, now=NOW + dt.timedelta(hours=1))
    deliver(NOW + dt.timedelta(hours=2))
    assert inbox(cast.mentor)[0].title == f"Lin Learner answered on “{TITLE}”, round 2"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (SubmissionState.APPROVED, "approved"),
        (SubmissionState.CHANGES_REQUESTED, "asks for changes on"),
    ],
)
def test_decided_is_told_to_the_learner(cast, outcome, said):
    submission = submit(cast.enrollment)
    decide(submission, cast.mentor, outcome)
    deliver()
    (row,) = inbox(cast.learner)
    assert row.title == f"Mo Mentor {said} “{TITLE}”"
    assert row.reason == "You submitted this milestone for review."
    assert row.url == f"/milestones/{KEY}"
    assert Delivery.objects.get(kind="submission-decided").must_arrive


def test_an_invitation_goes_to_its_address_and_nobody_has_an_inbox_row(cast):
    invitation = invite(cast.learner)
    deliver()
    delivery = Delivery.objects.get()
    assert (delivery.person, delivery.address) == (None, "new@example.org")
    assert delivery.subject_id == invitation.pk
    assert not Notification.objects.exists()


def test_an_invitation_to_somebody_with_an_account_is_in_their_inbox_too(cast):
    invitation = invite(cast.mentor, cast.stranger.email, part="learner")
    deliver()
    (row,) = inbox(cast.stranger)
    assert row.title == "Mo Mentor offers to mentor you"
    assert row.reason == "Mo Mentor entered your address to invite you."
    assert row.url == f"/invitations/{invitation.token}"


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("learner", "Cleo Coordinator invites you to Autumn 2026"),
        ("mentor", "Cleo Coordinator asks you to mentor in Autumn 2026"),
        ("coordinator", "Cleo Coordinator asks you to coordinate Autumn 2026"),
    ],
)
def test_an_invitation_into_a_cohort_says_which(cast, part, title):
    invite_person(
        person=cast.coordinator, email=cast.stranger.email, part=part, cohort=cast.cohort, now=NOW
    )
    deliver()
    (row,) = inbox(cast.stranger)
    assert row.title == title
    box = Postbox()
    send(box, now=LATER)
    ((_, message),) = box.messages
    for said in (text_of(message), html_of(message)):
        assert "In Autumn 2026 people follow a career pathway" in said


def test_a_link_is_told_to_nobody(cast):
    invite_person(person=cast.coordinator, part="learner", cohort=cast.cohort, max_uses=9, now=NOW)
    deliver()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("part", ["mentor", "learner"])
def test_an_accepted_invitation_is_told_to_who_sent_it(cast, part):
    invitee = make_person("Ivy Invitee")
    invitation = invite(cast.learner, invitee.email, part=part)
    accept_invitation(person=invitee, invitation=invitation, now=NOW)
    deliver()
    (row,) = inbox(cast.learner)
    expected = {
        "mentor": ("Ivy Invitee is your mentor now", "/map"),
        "learner": ("Ivy Invitee is your learner now", f"/learners/{invitee.pk}"),
    }
    assert (row.title, row.url) == expected[part]
    assert row.reason == "You invited Ivy Invitee."
    assert not Notification.objects.filter(person=invitee, kind="mentorship-started").exists()


def test_telling_twice_adds_nothing(cast):
    decide(submit(cast.enrollment), cast.mentor)
    invite(cast.learner)
    for _ in range(3):
        for event in OutboxEvent.objects.all():
            tell(event, NOW + dt.timedelta(minutes=1))
    assert Notification.objects.count() == 2
    assert Delivery.objects.count() == 3


def test_an_event_that_nobody_is_told_of_writes_nothing(cast):
    record(events.LOG_ENTRY_RECORDED, cast.learner, cast.enrollment)
    deliver()
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_words_survive_people_who_left(cast):
    submit(cast.enrollment)
    deliver()
    row = Notification.objects.get()
    row.data["learner_id"] = "00000000-0000-7000-8000-000000000000"
    (read,) = with_words([row])
    assert read.title.startswith("Somebody who left submitted")


def test_a_mentor_of_two_people_is_told_once_for_each(cast):
    assert Mentorship.objects.active().filter(mentor=cast.mentor).count() == 1
    make_mentorship(cast.other_mentor, cast.learner)
    submit(cast.enrollment)
    deliver()
    assert len(inbox(cast.mentor)) == len(inbox(cast.other_mentor)) == 1
