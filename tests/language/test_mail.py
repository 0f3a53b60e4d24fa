"""Mail in the recipient's language: subject, body, reason, footer, and dates in their zone."""

import datetime as dt

import pytest
from django.core import mail

from notifications.models import Notification
from notifications.nudges.planning import plan
from notifications.queries.inbox import with_words
from progress.states import SubmissionState
from tests.factories import NOW, make_person
from tests.notifications.acts import TITLE, decide, deliver, invite, submit
from tests.notifications.post import Postbox, html_of, send, text_of


@pytest.fixture
def box():
    return Postbox()


def german(*people):
    for person in people:
        person.locale, person.time_zone = "de", "Europe/Berlin"
        person.save(update_fields=["locale", "time_zone"])


def to(box, address):
    return next(message for to, message in reversed(box.messages) if to == address)


def test_a_decision(cast, box):
    german(cast.learner)
    decide(submit(cast.enrollment), cast.mentor, SubmissionState.CHANGES_REQUESTED)
    deliver()
    send(box)
    message = to(box, cast.learner.email)
    assert message["Subject"] == f"Mo Mentor bittet um Änderungen an „{TITLE}“"
    assert message["Content-Language"] == "de"
    for said in (text_of(message), html_of(message)):
        assert "Runde 1, entschieden am Sonntag, 22. November 2026, 13:20 Uhr (CET)" in said
        assert "Mo Mentor schreibt" in said
        assert "Du hast diesen Meilenstein zur Begutachtung abgegeben." in said
        assert "Warum du das bekommst:" in said
        assert "Meilenstein öffnen" in said
        assert "Antworten an diese Adresse liest niemand." in said
    assert '<html lang="de">' in html_of(message)


def test_each_reads_their_own_language(cast, box):
    german(cast.mentor)
    submission = submit(cast.enrollment, message="Please look.")
    decide(submission, cast.mentor)
    deliver()
    send(box)
    to_learner = to(box, cast.learner.email)
    assert to_learner["Subject"] == f"Mo Mentor approved “{TITLE}”"
    assert to_learner["Content-Language"] == "en"
    assert '<html lang="en">' in html_of(to_learner)


@pytest.mark.parametrize(
    ("count", "said"), [(1, "Mit 1 Nachweis."), (2, "Mit 2 Nachweisen.")], ids=["one", "two"]
)
def test_numbers_take_their_form(cast, count, said):
    from django.template.loader import render_to_string
    from django.utils import translation

    submission = submit(cast.enrollment)
    with translation.override("de"):
        text = render_to_string(
            "notifications/submission-submitted.txt",
            {"submission": submission, "evidence": range(count), "words": {}, "learner": "Lin"},
        )
    assert said in text


def test_a_reminder(cast, box):
    german(cast.mentor)
    submit(cast.enrollment)
    deliver()
    Notification.objects.all().delete()
    due = NOW + dt.timedelta(days=3)
    assert plan(now=due) == 1
    send(box, now=due)
    message = to(box, cast.mentor.email)
    assert message["Subject"] == "Lin Learner wartet seit 3 Tagen auf eine Begutachtung"
    assert "wurde am Sonntag, 22. November, 13:00 Uhr (CET) abgegeben." in text_of(message)
    assert "Solche Mail abbestellen: http://" in text_of(message)


def test_an_invitation_to_a_stranger_is_in_the_language_of_who_invites(cast, box):
    german(cast.learner)
    invite(cast.learner)
    deliver()
    send(box)
    message = to(box, "new@example.org")
    assert message["Subject"] == "Lin Learner bittet dich um dein Mentoring"
    assert message["Content-Language"] == "de"
    assert "gilt bis Sonntag, 6. Dezember 2026, 12:00 Uhr (UTC)" in text_of(message)


def test_an_invitation_to_somebody_with_an_account_is_in_theirs(cast, box):
    german(cast.learner)
    invitee = make_person("Ivy Invitee")
    invite(cast.learner, invitee.email)
    deliver()
    send(box)
    assert to(box, invitee.email)["Subject"] == "Lin Learner asks you to be their mentor"


def test_a_mail_of_the_account_keeps_its_language_to_the_layout(db, box, settings):
    settings.EMAIL_BACKEND = "notifications.mail.backend.LedgerBackend"
    message = mail.EmailMessage(
        "Dein Code", "ABC-123", to=["x@example.org"], headers={"Content-Language": "de"}
    )
    message.send()
    mail.EmailMessage("Your code", "ABC-123", to=["y@example.org"]).send()
    send(box, now=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1))
    assert "Jemand hat diese Adresse bei Waymark eingegeben." in text_of(to(box, "x@example.org"))
    assert '<html lang="de">' in html_of(to(box, "x@example.org"))
    assert to(box, "x@example.org")["Content-Language"] == "de"
    assert "Somebody entered this address at Waymark." in text_of(to(box, "y@example.org"))


def test_the_inbox_is_read_in_the_language_of_the_moment(cast, as_):
    """Words are not stored: who changes their language reads all of it in the new one."""
    submit(cast.enrollment)
    deliver()
    read = as_(cast.mentor)
    english = read.get("/api/v1/notifications").json()["results"][0]
    assert english["title"] == f"Lin Learner submitted “{TITLE}”"
    german(cast.mentor)
    found = as_(cast.mentor).get("/api/v1/notifications").json()["results"][0]
    assert found["title"] == f"Lin Learner hat „{TITLE}“ abgegeben"
    assert found["reason"] == "Du begleitest Lin Learner als Mentor:in."
    assert (found["kind"], found["url"]) == (english["kind"], english["url"])
    assert with_words([Notification.objects.get(pk=found["id"])])[0].title == english["title"]
