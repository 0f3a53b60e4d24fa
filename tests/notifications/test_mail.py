"""From an event to a mail that a person reads: words, zone, reason, link, safety."""

import datetime as dt
import re

import pytest

from notifications.mail import markdown
from notifications.mail.compose import clean_header
from notifications.mail.encoding import for_the_wire
from notifications.models import Delivery, Notification
from notifications.nudges.planning import plan
from progress.commands.accept_invitation import accept_invitation
from progress.commands.revoke_invitation import revoke_invitation
from progress.commands.withdraw_submission import withdraw_submission
from progress.commands.write_comment import write_comment
from progress.states import SubmissionState
from tests.factories import NOW, make_person, new_id
from tests.notifications.acts import KEY, LATER, TITLE, decide, deliver, invite, submit
from tests.notifications.nudged import nudge
from tests.notifications.post import Postbox, html_of, send, text_of

__all__ = ["nudge"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def box():
    return Postbox()


def live_in(person, zone):
    person.time_zone = zone
    person.save(update_fields=["time_zone"])


def test_a_decision_arrives_in_the_learners_zone_with_feedback_reason_and_link(cast, box):
    live_in(cast.learner, "Asia/Kathmandu")
    submission = submit(cast.enrollment)
    decide(
        submission,
        cast.mentor,
        SubmissionState.CHANGES_REQUESTED,
        feedback="Nearly. Please **test** the parser:\n\n- empty input\n- `NUL`",
    )
    deliver()
    send(box)
    address, message = box.messages[-1]
    assert address == cast.learner.email
    assert message["Subject"] == f"Mo Mentor asks for changes on “{TITLE}”"
    text, html = text_of(message), html_of(message)
    when = "Sunday 22 November 2026, 18:05 +0545"  # 12:20 UTC
    for said in (text, html):
        assert when in said
        assert f"http://localhost:8000/milestones/{KEY}" in said
        assert "You submitted this milestone for review." in said
        assert "Mo Mentor wrote" in said
    assert "> Nearly. Please **test** the parser:" in text
    assert "<strong>test</strong>" in html
    assert "<li>empty input</li>" in html
    assert "&amp;quot;" not in html
    assert "&quot;" not in text


def test_a_submission_arrives_with_the_learners_message(cast, box):
    live_in(cast.mentor, "America/New_York")
    submission = submit(cast.enrollment, message="I am *not* sure about the tests.")
    deliver()
    send(box)
    text, html = text_of(box.last), html_of(box.last)
    for said in (text, html):
        assert "Sunday 22 November 2026, 07:00 EST" in said
        assert f"/reviews/{submission.pk}" in said
        assert "You mentor Lin Learner." in said
        assert "With 1 piece of evidence." in said
    assert "<em>not</em>" in html


def test_an_invitation_reaches_somebody_without_an_account(cast, box):
    invitation = invite(cast.learner, message="You taught me so much.")
    deliver()
    send(box)
    address, message = box.messages[-1]
    assert address == "new@example.org"
    assert message["Subject"] == "Lin Learner asks you to be their mentor"
    text = text_of(message)
    assert f"http://localhost:8000/invitations/{invitation.token}" in text
    assert "> You taught me so much." in text
    assert "Lin Learner entered your address to invite you." in text
    assert "works until Sunday 6 December 2026, 12:00 UTC" in text


def test_an_accepted_invitation_is_mailed_to_who_sent_it(cast, box):
    invitee = make_person("Ivy Invitee")
    accept_invitation(person=invitee, invitation=invite(cast.learner, invitee.email), now=NOW)
    deliver()
    send(box)
    (mail,) = [m for a, m in box.messages if a == cast.learner.email]
    assert mail["Subject"] == "Ivy Invitee is your mentor now"
    assert "You invited Ivy Invitee." in text_of(mail)
    assert "http://localhost:8000/map" in html_of(mail)


def test_headers_say_what_it_is_and_stay_the_same(cast, box):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    delivery = Delivery.objects.get(kind="submission-decided")
    send(box)
    (message,) = [m for a, m in box.messages if a == cast.learner.email]
    assert message["Message-ID"] == delivery.message_id == f"<{delivery.pk}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Waymark <submission-decided.localhost>"
    assert message["From"] == "Waymark <waymark@localhost>"
    assert message["To"] == f"Lin Learner <{cast.learner.email}>"
    assert message["Reply-To"] is None
    assert message["Date"].datetime == LATER


def test_nobodys_name_can_add_a_header(cast, box):
    cast.mentor.name = "Mo\r\nBcc: all@example.org\r\n\r\n<b>hi</b>\u202e"
    cast.learner.name = 'Lin"\r\nX-Evil: 1'
    cast.mentor.save(update_fields=["name"])
    cast.learner.save(update_fields=["name"])
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    send(box)
    (message,) = [m for a, m in box.messages if a == cast.learner.email]
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    head = message.as_bytes().partition(b"\r\n\r\n")[0].splitlines()
    assert not [line for line in head if line.lower().startswith((b"bcc", b"x-evil"))]
    assert "<b>hi</b>" not in html_of(message)
    assert "&lt;b&gt;hi&lt;/b&gt;" in html_of(message)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("![t](https://t.example/p.png)", None),
        ("[x](javascript:alert(1))", None),
        ("[x](data:text/html,hi)", None),
        ("# Title", "<h1>Title</h1>\n"),
        ("~~no~~", "<p><s>no</s></p>\n"),
    ],
)
def test_markdown_is_safe(source, html):
    made = markdown.to_html(source)
    assert html is None or made == html
    for danger in ("<script", "<img", 'href="javascript', 'href="data', "onerror"):
        assert danger not in made


def test_links_in_markdown_keep_their_distance():
    made = markdown.to_html("[x](https://example.org/a)")
    assert made == (
        '<p><a href="https://example.org/a" rel="noopener noreferrer nofollow">x</a></p>\n'
    )


def test_clean_header_keeps_letters_and_shortens():
    assert clean_header("Zoë\x00\t Ω\r\n 你好", 200) == "Zoë Ω 你好"
    assert clean_header("x" * 300, 20) == "x" * 20


def test_what_is_no_longer_true_is_not_sent(cast, box):
    submission = submit(cast.enrollment)
    invitation = invite(cast.learner)
    deliver()
    withdraw_submission(person=cast.learner, submission=submission, now=LATER)
    revoke_invitation(invitation=invitation, now=LATER)
    send(box)
    assert box.messages == []
    reasons = dict(Delivery.objects.values_list("kind", "suppressed_reason"))
    assert reasons == {
        "submission-submitted": "no-longer-waiting",
        "invitation-created": "invitation-no-longer-open",
    }


def test_a_closed_account_gets_no_mail(cast, box):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    cast.learner.is_active = False
    cast.learner.save(update_fields=["is_active"])
    send(box)
    decision = Delivery.objects.get(kind="submission-decided")
    assert (decision.state, decision.suppressed_reason) == ("suppressed", "account-closed")


def test_the_mail_speaks_with_the_names_of_now(cast, box):
    submit(cast.enrollment)
    deliver()
    cast.learner.name = "Linda"
    cast.learner.save(update_fields=["name"])
    send(box, now=LATER + dt.timedelta(hours=1))
    assert box.last["Subject"] == f"Linda submitted “{TITLE}”"


# --- Threads -------------------------------------------------------------------------------------


def threads(box, person):
    """What each mail of a person refers to, in the order in which they came."""
    mails = [message for address, message in box.messages if address == person.email]
    for mail in mails:
        assert mail["In-Reply-To"] == mail["References"]
        assert mail["Message-ID"] != mail["References"]
    return [(mail["List-Id"].split("<")[1].split(".")[0], mail["References"]) for mail in mails]


def test_rounds_reminders_and_decisions_of_a_milestone_are_one_thread(cast, box):
    first = submit(cast.enrollment)
    deliver()
    send(box)
    plan(now=NOW + 3 * DAY)
    send(box, now=NOW + 3 * DAY)
    decide(first, cast.mentor, SubmissionState.CHANGES_REQUESTED, now=NOW + 3 * DAY)
    submit(cast.enrollment, now=NOW + 4 * DAY)
    deliver(NOW + 4 * DAY)
    send(box, now=NOW + 4 * DAY)
    told = threads(box, cast.mentor)
    assert [kind for kind, _ in told] == [
        "submission-submitted",
        "review-waiting",
        "submission-submitted",
    ]
    ((_, decided),) = threads(box, cast.learner)
    assert {thread for _, thread in told} == {decided}
    assert re.fullmatch(r"<thread-[0-9a-f]{32}@localhost>", decided)
    assert str(cast.enrollment.pk) not in decided


def test_a_conversation_is_a_thread_of_its_own(cast, box):
    for day in (0, 1):
        now = NOW + day * DAY
        write_comment(
            person=cast.mentor,
            enrollment=cast.enrollment,
            milestone_key=KEY,
            comment_id=new_id(),
            body="How is it going?",
            now=now,
        )
        deliver(now)
        send(box, now=now)
        cast.learner.notifications.all().mark_read(now=now)
    decide(submit(cast.enrollment, now=NOW + DAY), cast.mentor, now=NOW + DAY)
    deliver(NOW + DAY)
    send(box, now=NOW + DAY)
    said = dict(threads(box, cast.learner))
    assert len(threads(box, cast.learner)) == 3
    assert len(set(threads(box, cast.learner))) == 2
    assert said["comment-written"] != said["submission-decided"]


def test_what_stands_alone_refers_to_nothing(cast, box):
    invite(cast.learner)
    deliver()
    send(box)
    assert box.last["References"] is None
    assert box.last["In-Reply-To"] is None


def test_no_title_can_add_a_header_or_markup(cast, box, nudge):
    data = {
        **nudge.data,
        "milestone_key": "a\r\nBcc: all@example.org",
        "link_title": "x\r\nList-Unsubscribe: <https://evil.example>\r\n<img src=x onerror=y>",
    }
    Notification.objects.update(data=data)
    send(box, now=NOW)
    head = for_the_wire(box.last).partition(b"\r\n\r\n")[0].decode().splitlines()
    names = [line.partition(":")[0].lower() for line in head if not line.startswith(" ")]
    assert len(names) == len(set(names))
    assert "bcc" not in names
    assert "evil" not in box.last["List-Unsubscribe"]
    assert re.fullmatch(r"<thread-[0-9a-f]{32}@localhost>", box.last["References"])
    assert "<img" not in html_of(box.last)
    assert "&lt;img src=x onerror=y&gt;" in html_of(box.last)
