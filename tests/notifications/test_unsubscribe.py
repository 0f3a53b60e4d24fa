"""Stopping mail from within a mail: without signing in, at once, and never by looking."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from notifications.catalogue import KINDS
from notifications.mail.links import UNSUBSCRIBE_FOR, Unsubscribing, unsubscribe_url
from notifications.models import (
    ChannelChoice,
    Delivery,
    NotificationPreferences,
    Suppression,
    SuppressionReason,
)
from progress.states import SubmissionState
from tests.notifications.acts import decide, deliver, invite, submit
from tests.notifications.post import Postbox, html_of, send, text_of

HTTPS = "https://waymark.example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser():
    """Somebody who is not signed in; a missing CSRF token would be noticed."""
    return Client(enforce_csrf_checks=True)


def path_of(link: Unsubscribing, *, now=None):
    return unsubscribe_url(link, now=now or timezone.now()).removeprefix("http://localhost:8000")


@pytest.fixture
def mine(cast):
    """The learner's link of mails that tell of decisions."""
    return path_of(Unsubscribing("submission-decided", person_id=cast.learner.pk))


def reasons():
    return dict(
        Delivery.objects.filter(state="suppressed").values_list("kind", "suppressed_reason")
    )


def header_of(message):
    return re.fullmatch(r"<(\S+)>", message["List-Unsubscribe"])[1]


def test_every_mail_says_how_it_is_stopped(cast, settings):
    settings.PUBLIC_URL = HTTPS
    decide(submit(cast.enrollment), cast.mentor)
    invite(cast.learner)
    deliver()
    box = Postbox()
    send(box)
    assert {m["List-Id"].split("<")[1].split(".")[0] for _, m in box.messages} == {
        "submission-decided",
        "invitation-created",
    }
    for _, message in box.messages:
        url = header_of(message)
        assert url.startswith(f"{HTTPS}/unsubscribe/")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert url in text_of(message)
        assert f'href="{url}"' in html_of(message)


def test_over_http_nothing_is_promised_to_mailbox_providers(cast):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    box = Postbox()
    send(box)
    assert header_of(box.last).startswith("http://localhost:8000/unsubscribe/")
    assert box.last["List-Unsubscribe-Post"] is None


def test_the_link_in_the_header_stays_on_one_line_on_the_wire(cast, settings):
    from notifications.mail.encoding import for_reading, for_the_wire

    settings.PUBLIC_URL = f"https://{'waymark.' * 12}example.org"
    settings.MAIL_FROM = f"Waymark <w@{'mail.' * 20}example.org>"
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    box = Postbox()
    send(box)
    for made in (for_the_wire(box.last), for_reading(box.last)):
        head = made.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode()
        for name in ("List-Unsubscribe", "List-Id", "In-Reply-To", "References"):
            (line,) = [one for one in head.splitlines() if one.startswith(f"{name}: ")]
            assert line.endswith(">")
            assert "=?" not in line


def test_a_mailbox_provider_stops_the_kind_by_one_post(cast, browser):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    box = Postbox()
    send(box)
    path = header_of(box.last).removeprefix("http://localhost:8000")
    kind = "submission-decided"
    answer = browser.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert not answer.cookies
    row = ChannelChoice.objects.get()
    assert (row.person, row.kind, row.channel, row.choice) == (cast.learner, kind, "email", "off")
    assert NotificationPreferences.of(cast.learner).by_email
    assert browser.post(path, ONE_CLICK).status_code == 200  # as multipart; twice is harmless
    assert ChannelChoice.objects.count() == 1


def test_what_is_queued_is_stopped_too(cast, browser, mine):
    decide(submit(cast.enrollment), cast.mentor, SubmissionState.CHANGES_REQUESTED)
    deliver()
    browser.post(mine, ONE_CLICK)
    box = Postbox()
    send(box)
    assert reasons()["submission-decided"] == "kind-off"
    assert box.messages == []
    assert cast.learner.notifications.filter(kind="submission-decided").exists()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_changes_nothing(cast, browser, mine, method):
    answer = getattr(browser, method)(mine)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not ChannelChoice.objects.exists()
    assert not NotificationPreferences.objects.exists()
    assert not Suppression.objects.exists()


def test_the_page_offers_the_kind_and_all(cast, browser, mine):
    answer = browser.get(mine)
    page = answer.content.decode()
    assert cast.learner.email in page
    assert str(KINDS["submission-decided"].occasion) in page
    assert 'value="stop-kind"' in page
    assert 'value="stop-all"' in page
    assert "<script" not in page
    assert " style=" not in page
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert answer["Referrer-Policy"] == "no-referrer"


def test_all_mail_is_stopped_and_begins_again(cast, browser, mine):
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    answer = browser.post(mine, {"do": "stop-all"})
    assert "Nothing more is sent to" in answer.content.decode()
    assert not NotificationPreferences.of(cast.learner).by_email
    send(Postbox())
    assert reasons()["submission-decided"] == "unsubscribed"
    assert "You get no mail" in browser.get(mine).content.decode()
    answer = browser.post(mine, {"do": "undo-all"})
    assert "Mail comes again" in answer.content.decode()
    assert NotificationPreferences.of(cast.learner).by_email


def test_what_was_refused_before_there_was_an_account_can_be_undone(cast, browser, mine):
    Suppression.objects.suppress(
        address=cast.learner.email,
        reason=SuppressionReason.UNSUBSCRIBED,
        detail="",
        now=timezone.now(),
    )
    assert "You get no mail" in browser.get(mine).content.decode()
    browser.post(mine, {"do": "undo-all"})
    assert not Suppression.objects.standing().exists()


@pytest.mark.parametrize("before", ["", "digest", "at_once"])
def test_undoing_puts_back_what_was_chosen(cast, browser, before):
    path = path_of(Unsubscribing("review-waiting", person_id=cast.mentor.pk))
    if before:
        ChannelChoice.objects.create(
            person=cast.mentor, kind="review-waiting", channel="email", choice=before
        )
    page = browser.post(path, {"do": "stop-kind"}).content.decode()
    assert ChannelChoice.objects.get().choice == "off"
    assert re.search(r'name="before" value="(\w*)"', page)[1] == before
    browser.post(path, {"do": "undo-kind", "before": before})
    assert [row.choice for row in ChannelChoice.objects.all()] == ([before] if before else [])


def test_what_cannot_be_chosen_is_not_put_back(cast, browser, mine):
    browser.post(mine, ONE_CLICK)
    browser.post(mine, {"do": "undo-kind", "before": "digest"})  # decisions have no digest
    assert not ChannelChoice.objects.exists()


@pytest.mark.parametrize("body", [ONE_CLICK, {"do": "stop-all"}, {"do": "stop-kind"}])
def test_an_address_without_an_account_can_refuse_all(cast, browser, body):
    invite(cast.learner, "Guest@Example.org")
    deliver()
    path = path_of(Unsubscribing("invitation-created", address="Guest@Example.org"))
    page = browser.get(path).content.decode()
    assert "Guest@Example.org" in page
    assert 'value="stop-kind"' not in page
    assert browser.post(path, body).status_code == 200
    row = Suppression.objects.get()
    assert (row.address, row.reason) == ("guest@example.org", "unsubscribed")
    box = Postbox()
    send(box)
    assert box.messages == []
    assert reasons() == {"invitation-created": "unsubscribed"}
    browser.post(path, {"do": "undo-all"})
    row.refresh_from_db()
    assert row.lifted_at is not None


@pytest.mark.parametrize(
    "token", ["x", "a.b", "%00", "%F0%9F%92%A3", "é.ü", "W10.AAAA", "a" * 5000, "..", "%2e%2e"]
)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("place", ["unsubscribe", "act"])
def test_garbage_is_a_clear_page(db, browser, token, method, place):
    answer = getattr(browser, method)(f"/{place}/{token}", ONE_CLICK if method == "post" else {})
    assert answer.status_code == 404
    assert "This link is not one of ours" in answer.content.decode()
    assert not ChannelChoice.objects.exists()
    assert not Suppression.objects.exists()


def test_a_forged_link_is_refused(cast, browser, mine):
    """A bit of the signature, of what is signed, and one made for another purpose."""
    said, _, signature = mine.removeprefix("/unsubscribe/").rpartition(".")
    other = path_of(Unsubscribing("submission-decided", person_id=cast.mentor.pk))
    their = other.removeprefix("/unsubscribe/").rpartition(".")[0]
    for token in (f"{said}.{signature[:-2]}AA", f"{their}.{signature}", f"{said}."):
        assert browser.post(f"/unsubscribe/{token}", ONE_CLICK).status_code == 404
    assert browser.post(f"/act/{said}.{signature}").status_code == 404
    assert not ChannelChoice.objects.exists()


def test_a_link_works_for_a_year(cast, browser):
    link = Unsubscribing("submission-decided", person_id=cast.learner.pk)
    now = timezone.now()
    young = path_of(link, now=now - UNSUBSCRIBE_FOR + dt.timedelta(minutes=1))
    old = path_of(link, now=now - UNSUBSCRIBE_FOR - dt.timedelta(minutes=1))
    assert browser.get(young).status_code == 200
    for answer in (browser.get(old), browser.post(old, ONE_CLICK)):
        assert answer.status_code == 410
        assert "This link has run out" in answer.content.decode()
    assert not ChannelChoice.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{}, {"do": "stop"}, {"do": "stop-everything"}, {"do": "\x00"}, {"List-Unsubscribe": "1"}],
)
def test_a_post_that_asks_nothing_changes_nothing(cast, browser, mine, body):
    answer = browser.post(mine, body)
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.content.decode()
    assert not ChannelChoice.objects.exists()


def test_json_asks_nothing_here(cast, browser, mine):
    assert (
        browser.post(mine, '{"do": "stop-all"}', content_type="application/json").status_code == 422
    )


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_is_known(browser, db, method):
    assert getattr(browser, method)("/unsubscribe/x").status_code == 405


def test_a_person_who_left_gets_a_clear_page(cast, browser, mine):
    cast.learner.is_active = False
    cast.learner.save(update_fields=["is_active"])
    assert browser.get(mine).status_code == 410
    assert browser.post(mine, ONE_CLICK).status_code == 410


def test_the_page_speaks_the_recipients_language(cast, browser, mine):
    cast.learner.locale = "de"
    cast.learner.save(update_fields=["locale"])
    answer = browser.get(mine, headers={"Accept-Language": "en"})
    assert answer["Content-Language"] == "de"
    assert '<html lang="de">' in answer.content.decode()


def test_names_and_addresses_are_text_on_the_page(browser, db):
    path = path_of(Unsubscribing("invitation-created", address='"<b>x</b>"@example.org'))
    page = browser.get(path).content.decode()
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_account_messages_have_no_such_link(db, settings):
    from django.core import mail

    settings.EMAIL_BACKEND = "notifications.mail.backend.LedgerBackend"
    settings.PUBLIC_URL = HTTPS
    mail.send_mail("Code", "ABCD-1234", None, ["x@example.org"])
    box = Postbox()
    send(box, now=Delivery.objects.get().due_at)
    assert box.last["List-Unsubscribe"] is None
    assert box.last["List-Unsubscribe-Post"] is None
    assert "/unsubscribe/" not in box.last.as_string()


def test_answers_are_sent_to_whoever_stopped_all_mail(cast, browser, mine, settings):
    from django.core import mail

    settings.EMAIL_BACKEND = "notifications.mail.backend.LedgerBackend"
    browser.post(mine, {"do": "stop-all"})
    mail.send_mail("Code", "ABCD-1234", None, [cast.learner.email])
    box = Postbox()
    send(box, now=Delivery.objects.get().due_at)
    assert [address for address, _ in box.messages] == [cast.learner.email]
