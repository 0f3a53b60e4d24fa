"""A conversation is told once until it is read."""

import datetime as dt

from uuid_utils.compat import uuid7

from notifications.models import Delivery, Notification
from notifications.queries.inbox import with_words
from notifications.subscriber import tell
from progress.commands.withdraw_comment import withdraw_comment
from progress.commands.write_comment import write_comment
from progress.models import OutboxEvent
from tests.factories import NOW, make_mentorship, make_person
from tests.notifications.acts import KEY, LATER, TITLE, deliver
from tests.notifications.post import Postbox, send, text_of


def say(person, enrollment, body="Hello.", minutes=0):
    return write_comment(
        person=person,
        enrollment=enrollment,
        milestone_key=KEY,
        comment_id=uuid7(),
        body=body,
        now=NOW + dt.timedelta(minutes=minutes),
    )[0]


def inbox(person):
    return with_words(list(Notification.objects.owned_by(person).order_by("-id")))


def test_the_others_hear_of_it_and_who_wrote_does_not(cast):
    second = make_person("Second Mentor")
    make_mentorship(second, cast.learner)
    say(cast.mentor, cast.enrollment, "Have you tried fewer epochs?")
    deliver()
    (row,) = inbox(cast.learner)
    assert row.title == f"Mo Mentor wrote about “{TITLE}”"
    assert row.reason == "It is your milestone."
    assert row.url == f"/conversations/{cast.enrollment.pk}/{KEY}"
    (other,) = inbox(second)
    assert other.reason == "You mentor Lin Learner."
    assert inbox(cast.mentor) == []


def test_one_row_and_one_mail_until_it_is_read(cast):
    box = Postbox()
    for number in range(3):
        say(cast.learner, cast.enrollment, f"Question {number}.", minutes=number)
    deliver()
    (row,) = inbox(cast.mentor)
    assert row.title == f"3 messages about “{TITLE}”"
    assert row.body == "The newest is from Lin Learner."
    send(box)
    assert len(box.messages) == 1
    assert all(f"> Question {number}." in text_of(box.last) for number in range(3))

    say(cast.learner, cast.enrollment, "And one more.", minutes=5)
    deliver()
    send(box)
    assert len(box.messages) == 1
    assert Delivery.objects.count() == 1
    assert inbox(cast.mentor)[0].title == f"4 messages about “{TITLE}”"

    Notification.objects.get().mark(read=True, now=LATER)
    say(cast.learner, cast.enrollment, "After you had looked.", minutes=6)
    deliver()
    send(box)
    assert len(box.messages) == 2
    newest, first = inbox(cast.mentor)
    assert newest.title == f"Lin Learner wrote about “{TITLE}”"
    assert (newest.read_at, first.read_at) == (None, LATER)
    # An old row made unread again is no thread: the two do not meet.
    Notification.objects.get(pk=first.id).mark(read=False, now=LATER)
    assert [row.read_at for row in inbox(cast.mentor)] == [None, None]


def test_reading_all_ends_the_threads_too(cast):
    say(cast.learner, cast.enrollment)
    deliver()
    Notification.objects.owned_by(cast.mentor).mark_read(now=LATER)
    say(cast.learner, cast.enrollment, minutes=1)
    deliver()
    assert len(inbox(cast.mentor)) == 2


def test_telling_twice_counts_once(cast):
    say(cast.learner, cast.enrollment)
    say(cast.learner, cast.enrollment, minutes=1)
    for _ in range(3):
        for event in OutboxEvent.objects.filter(type="comment.written.v1"):
            tell(event, LATER)
    (row,) = inbox(cast.mentor)
    assert row.title == f"2 messages about “{TITLE}”"
    assert Delivery.objects.count() == 1


def test_what_was_taken_back_or_read_is_not_mailed(cast):
    box = Postbox()
    comment = say(cast.learner, cast.enrollment)
    deliver()
    withdraw_comment(person=cast.learner, comment=comment, now=NOW)
    send(box)
    assert Delivery.objects.get().suppressed_reason == "taken-back"
    say(cast.mentor, cast.enrollment, minutes=1)
    deliver()
    Notification.objects.owned_by(cast.learner).mark_read(now=LATER)
    send(box)
    assert Delivery.objects.get(person=cast.learner).suppressed_reason == "read-already"
    assert not box.messages
