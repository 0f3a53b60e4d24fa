"""Who hears of it when somebody stops mentoring, or leaves a cohort."""

import datetime as dt

import pytest

from notifications.models import Notification
from notifications.queries.inbox import with_words
from progress.commands.claim_submission import claim_submission
from progress.commands.end_mentorship import end_mentorship
from progress.commands.leave_cohort import leave_cohort
from progress.models import Mentorship
from tests.factories import NOW, make_member, make_person
from tests.notifications.acts import KEY, LATER, TITLE, deliver, submit
from tests.notifications.post import Postbox, send, text_of

pytestmark = pytest.mark.django_db
AFTER = NOW + dt.timedelta(minutes=10)


def inbox(person):
    return with_words(list(Notification.objects.owned_by(person).order_by("-id")))


@pytest.fixture
def held(cast):
    """A round that the mentor has begun to review; what was told of it is out of the way."""
    submission = submit(cast.enrollment)
    deliver(NOW)
    Notification.objects.all().delete()
    return claim_submission(person=cast.mentor, submission=submission, now=NOW)


def test_work_handed_back_is_told_to_who_waits_and_to_who_runs_the_cohort(cast, held):
    mentorship = Mentorship.objects.get(mentor=cast.mentor)
    end_mentorship(person=cast.mentor, mentorship=mentorship, now=AFTER)
    deliver(LATER)
    said = {row.kind: row for row in inbox(cast.learner)}
    assert set(said) == {"mentorship-ended", "submission-handed-back"}
    back = said["submission-handed-back"]
    assert back.title == f"“{TITLE}” is back in the queue"
    assert back.body == "Mo Mentor can't review it any more. It keeps its place in line."
    assert back.url == f"/milestones/{KEY}"
    assert said["mentorship-ended"].title == "Mo Mentor no longer mentors you"
    (row,) = inbox(cast.coordinator)
    assert row.title == f"Lin Learner’s “{TITLE}” needs another mentor"
    assert row.url == f"/reviews/{held.pk}"
    assert inbox(cast.mentor) == []
    box = Postbox()
    send(box, now=LATER)
    assert any("keeps its place in line" in text_of(message) for _, message in box.messages)


def test_who_takes_it_at_once_saves_everybody_a_mail(cast, held):
    make_member(cast.cohort, cast.other_mentor, "mentor")
    mentorship = Mentorship.objects.get(mentor=cast.mentor)
    end_mentorship(person=cast.learner, mentorship=mentorship, now=AFTER)
    deliver(AFTER)
    assert [row.kind for row in inbox(cast.mentor)] == ["mentorship-ended"]
    assert inbox(cast.learner) == []
    claim_submission(person=cast.other_mentor, submission=held, now=AFTER)
    box = Postbox()
    send(box, now=LATER)
    assert {address for address, _ in box.messages} == {cast.mentor.email}


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("learner", "Mia left Autumn 2026"),
        ("mentor", "Mia no longer mentors in Autumn 2026"),
        ("coordinator", "Mia no longer coordinates Autumn 2026"),
    ],
)
def test_who_leaves_a_cohort_is_missed_by_its_coordinators(cast, part, title):
    mia = make_person("Mia")
    leave_cohort(person=mia, member=make_member(cast.cohort, mia, part), now=AFTER)
    deliver(LATER)
    (row,) = inbox(cast.coordinator)
    assert (row.title, row.url) == (title, f"/cohorts/{cast.cohort.pk}")
    assert inbox(mia) == []


def test_who_is_taken_out_is_told(cast):
    mia = make_person("Mia")
    member = make_member(cast.cohort, mia, "mentor")
    leave_cohort(person=cast.coordinator, member=member, now=AFTER)
    deliver(LATER)
    (row,) = inbox(mia)
    assert row.title == "You are no longer in Autumn 2026"
    assert row.reason == "A coordinator of Autumn 2026 took you out."
    assert inbox(cast.coordinator) == []
