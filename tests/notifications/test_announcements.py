"""An announcement reaches whom it is for, in inbox and mail; and not once it was taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.queries.inbox import with_words
from notifications.subscriber import tell
from progress.commands.announce import announce
from progress.commands.end_cohort import end_cohort
from progress.commands.leave_cohort import leave_cohort
from progress.commands.withdraw_announcement import withdraw_announcement
from progress.models import CohortMember, OutboxEvent
from tests.factories import NOW, make_member, make_person, new_id
from tests.notifications.acts import LATER, deliver
from tests.notifications.post import Postbox, html_of, send, text_of

pytestmark = pytest.mark.django_db
BODY = "On **Friday** at ten.\n\n<script>alert(1)</script>\n\n=1+1 [there](javascript:alert(1))"


@pytest.fixture
def school(cast):
    """The cohort with a mentor, and with somebody who both learns and mentors."""
    make_member(cast.cohort, cast.other_mentor, "mentor")
    for part in ("learner", "mentor"):
        make_member(cast.cohort, cast.mentor, part)
    return cast


def say(cast, audience="everybody", body=BODY, now=NOW):
    return announce(
        person=cast.coordinator,
        cohort=cast.cohort,
        announcement_id=new_id(),
        audience=audience,
        title="Demo day",
        body=body,
        now=now,
    )[0]


def inbox(person):
    return with_words(list(Notification.objects.owned_by(person).order_by("-id")))


def sent(now=LATER):
    box = Postbox()
    while send(box, now=now):
        pass
    return box.messages


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        ("learners", {"Lin Learner", "Mo Mentor"}),
        ("mentors", {"Olu Othermentor", "Mo Mentor"}),
        ("everybody", {"Lin Learner", "Olu Othermentor", "Mo Mentor"}),
    ],
)
def test_each_of_its_audience_is_told_once_but_not_who_wrote_it(school, audience, told):
    say(school, audience)
    deliver()
    rows = Notification.objects.select_related("person")
    assert sorted(row.person.name for row in rows) == sorted(told)
    assert {address for address, _ in sent()} == {row.person.email for row in rows}


def test_the_inbox_has_the_title_and_the_mail_the_words(school):
    say(school, "learners")
    deliver()
    (row,) = inbox(school.learner)
    assert (row.kind, row.title) == ("announcement-made", "Demo day")
    assert row.body == "Cleo Coordinator wrote this to Autumn 2026."
    assert row.reason == "You are in Autumn 2026."
    assert row.url == f"/cohorts/{school.cohort.pk}"
    mails = dict(sent())
    message = mails[school.learner.email]
    assert message["Subject"] == "Demo day"
    assert "Cleo Coordinator wrote to Autumn 2026:" in text_of(message)
    assert "> On **Friday** at ten." in text_of(message)
    html = html_of(message)
    assert "<strong>Friday</strong>" in html
    assert "<script" not in html
    assert 'href="javascript:' not in html
    delivery = Delivery.objects.get(person=school.learner)
    assert (delivery.must_arrive, delivery.is_nudge) == (False, False)


def test_telling_twice_adds_nothing(school):
    say(school)
    deliver()
    before = Notification.objects.count(), Delivery.objects.count()
    tell(OutboxEvent.objects.get(type="announcement.made.v1"), LATER)
    assert (Notification.objects.count(), Delivery.objects.count()) == before


def reasons():
    rows = Delivery.objects.filter(state="suppressed").values_list("person__name", flat=False)
    return sorted(rows.values_list("person__name", "suppressed_reason"))


def test_who_left_before_it_went_out_gets_no_mail(school):
    say(school, "mentors")
    deliver()
    member = school.cohort.members.get(person=school.mentor, part="mentor")
    leave_cohort(person=school.mentor, member=member, now=LATER)
    assert [address for address, _ in sent()] == [school.other_mentor.email]
    assert reasons() == [("Mo Mentor", "no-longer-member")]


def test_nobody_is_told_after_the_end_of_the_cohort(school):
    say(school, "learners")
    deliver()
    end_cohort(person=school.coordinator, cohort=school.cohort, now=LATER)
    assert sent() == []
    assert {reason for _, reason in reasons()} == {"cohort-ended"}


def test_what_was_taken_back_is_not_sent_and_leaves_the_inboxes(school):
    announcement = say(school, "learners")
    deliver()
    withdraw_announcement(person=school.coordinator, announcement=announcement, now=LATER)
    deliver(LATER + dt.timedelta(minutes=1))
    assert sent() == []
    assert {reason for _, reason in reasons()} == {"taken-back"}
    (row,) = inbox(school.learner)
    assert row.title == "Cleo Coordinator took an announcement back"
    assert row.body == "It was for Autumn 2026."
    assert row.read_at is not None
    assert not Notification.objects.filter(data__has_key="title").exists()


def test_what_was_taken_back_before_it_was_told_is_told_to_nobody(school):
    announcement = say(school)
    withdraw_announcement(person=school.coordinator, announcement=announcement, now=NOW)
    deliver()
    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


def test_telling_a_thousand_costs_as_many_statements_as_telling_three(school):
    def cost():
        say(school, "learners")
        event = OutboxEvent.objects.filter(type="announcement.made.v1").latest("position")
        with CaptureQueriesContext(connection) as queries:
            tell(event, LATER)
        return len(queries)

    few = cost()
    people = User.objects.bulk_create(
        User(email=f"many{number}@example.org", name=f"Many {number}") for number in range(1_000)
    )
    CohortMember.objects.bulk_create(
        CohortMember(cohort=school.cohort, person=person, part="learner", joined_at=NOW)
        for person in people
    )
    assert cost() == few == 8
    assert Notification.objects.filter(person__in=people).count() == 1_000
    assert Delivery.objects.filter(person__in=people, state="queued").count() == 1_000


def test_closed_accounts_are_left_out(school):
    User.objects.filter(pk=school.learner.pk).update(is_active=False)
    gone = make_person("Gone")
    make_member(school.cohort, gone, "learner").leave(now=NOW)
    say(school, "learners")
    deliver()
    assert [row.person.name for row in Notification.objects.all()] == ["Mo Mentor"]
