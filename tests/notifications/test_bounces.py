"""An address that bounces, complains or unsubscribes gets nothing more, until its owner says so."""

import datetime as dt
import importlib

import pytest
from django.test import Client
from django.urls import clear_url_caches
from django.utils import timezone

import backend.urls
from notifications.mail.smtp import Smtp, says_no_mailbox
from notifications.models import Delivery, Suppression, SuppressionReason
from tests.factories import NOW
from tests.notifications.acts import LATER, decide, deliver, invite, submit
from tests.notifications.mail_services import (
    SECRET,
    SIGNING_KEY,
    basic,
    mailgun,
    postmark,
    ses,
    ses_bounce,
    ses_complaint,
    unsubscribed_at_postmark,
)
from tests.notifications.post import Postbox, mail_server, send

SUPPRESSIONS = "/api/v1/mail-suppressions"
JSON = {"content_type": "application/json"}


@pytest.fixture
def hooked(settings, db):
    """A client, of an installation that has set the secrets of three services."""
    settings.MAIL_HOOKS = {"postmark": SECRET, "amazon_ses": SECRET, "mailgun": SIGNING_KEY}
    importlib.reload(backend.urls)
    clear_url_caches()
    yield Client(enforce_csrf_checks=True)
    settings.MAIL_HOOKS = {}
    importlib.reload(backend.urls)
    clear_url_caches()


def report(client, body, *, service="postmark", headers=None):
    headers = basic() if headers is None else headers
    return client.post(f"/anymail/{service}/tracking/", body, **JSON, headers=headers)


def report_ses(client, said, *, secret=SECRET, **more):
    made = ses(said, **more)
    headers = made["headers"] | (basic(secret) if secret else {})
    return report(client, made["data"], service="amazon_ses", headers=headers)


def noted():
    return list(Suppression.objects.standing().values_list("address", "reason"))


@pytest.mark.parametrize("service", ["postmark", "amazon_ses", "mailgun", "sendgrid", "x"])
def test_without_a_secret_nothing_is_served(db, service):
    client = Client()
    for answer in (
        client.post(f"/anymail/{service}/tracking/", postmark("HardBounce", "a@b.example"), **JSON),
        client.post(f"/anymail/{service}/inbound/", {}, **JSON),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert noted() == []


def test_only_what_has_a_secret_is_served(hooked):
    body = postmark("HardBounce", "a@b.example")
    assert report(hooked, body, service="brevo").status_code == 404
    assert (
        hooked.post("/anymail/postmark/inbound/", body, **JSON, headers=basic()).status_code == 404
    )
    assert hooked.get("/anymail/postmark/tracking/").status_code == 405


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (postmark("HardBounce", "Gone@Example.org"), "bounced"),
        (postmark("BadEmailAddress", "Gone@Example.org"), "bounced"),
        (postmark("SpamComplaint", "Gone@Example.org"), "complained"),
        (unsubscribed_at_postmark("Gone@Example.org"), "unsubscribed"),
        (unsubscribed_at_postmark("Gone@Example.org", "HardBounce"), "bounced"),
        (unsubscribed_at_postmark("Gone@Example.org", "SpamComplaint"), "complained"),
        (postmark("SoftBounce", "gone@example.org"), None),
        (postmark("Transient", "gone@example.org"), None),
        (postmark("Blocked", "gone@example.org"), None),
        (postmark("AutoResponder", "gone@example.org"), None),
        (unsubscribed_at_postmark("gone@example.org") | {"SuppressSending": False}, None),
        ({"RecordType": "Delivery", "Recipient": "gone@example.org"}, None),
        ({"RecordType": "Open", "Recipient": "gone@example.org"}, None),
    ],
)
def test_what_postmark_reports(hooked, body, reason):
    answer = report(hooked, body)
    assert answer.status_code == 200
    assert not answer.cookies
    assert noted() == ([("gone@example.org", reason)] if reason else [])


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (ses_bounce("Gone@Example.org"), "bounced"),
        (ses_complaint("Gone@Example.org"), "complained"),
        (ses_bounce("gone@example.org", "Transient"), None),
        (ses_bounce("gone@example.org", "Undetermined"), None),
    ],
)
def test_what_amazon_reports(hooked, said, reason):
    assert report_ses(hooked, said).status_code == 200
    assert noted() == ([("gone@example.org", reason)] if reason else [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "bounced"),
        ({"reason": "suppress-bounce"}, "bounced"),
        ({"severity": "temporary"}, None),
        ({"reason": "old"}, None),
        ({"reason": "generic"}, None),
        ({"event": "complained"}, "complained"),
        ({"event": "unsubscribed"}, "unsubscribed"),
        ({"event": "delivered"}, None),
    ],
)
def test_what_mailgun_reports(hooked, data, reason):
    body = mailgun("gone@example.org", **data)
    answer = report(hooked, body, service="mailgun", headers={})
    assert answer.status_code == 200
    assert noted() == ([("gone@example.org", reason)] if reason else [])


def test_what_the_other_side_said_is_kept(hooked):
    report(
        hooked, postmark("HardBounce", "a@b.example", Details="550\x00 5.1.1\r\n no \ud800 user")
    )
    assert Suppression.objects.get().detail == "550 5.1.1 no ? user"


@pytest.mark.parametrize("headers", [{}, basic("waymark:wrong"), {"Authorization": "Bearer x"}])
def test_a_stranger_can_report_nothing(hooked, headers):
    answer = report(hooked, postmark("HardBounce", "a@b.example"), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad-credential")
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert report_ses(hooked, ses_bounce("a@b.example"), secret=None).status_code == 401
    forged = mailgun("a@b.example", key="another")
    assert report(hooked, forged, service="mailgun", headers={}).status_code == 401
    assert noted() == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "1",
        "null",
        '"x"',
        '{"RecordType": "Bounce"}',
        "[" * 20_000,
        "\xff",
        '{"x": 1}',
    ],
)
@pytest.mark.parametrize("service", ["postmark", "amazon_ses", "mailgun"])
def test_what_is_no_report_is_answered_and_changes_nothing(hooked, body, service):
    answer = hooked.post(f"/anymail/{service}/tracking/", body, **JSON, headers=basic())
    assert answer.status_code in {200, 400, 401}
    assert noted() == []


@pytest.mark.parametrize(
    "address", ["", "x", "a@b@c", "a\x00@b.example", "a" * 330 + "@b.example", 5]
)
def test_an_address_that_is_none_is_not_noted(hooked, address):
    assert report(hooked, postmark("HardBounce", address)).status_code == 200
    assert noted() == []


def test_a_report_that_comes_again_is_noted_once(hooked):
    for _ in range(3):
        assert report(hooked, postmark("HardBounce", "a@b.example")).status_code == 200
    assert Suppression.objects.count() == 1


def test_an_old_report_does_not_undo_what_the_owner_lifted(hooked):
    report(hooked, postmark("HardBounce", "a@b.example"))
    Suppression.objects.get().lift(now=timezone.now())
    report(hooked, postmark("HardBounce", "a@b.example"))  # sent again by the service
    assert noted() == []
    new = (timezone.now() + dt.timedelta(seconds=1)).isoformat()
    report(hooked, postmark("HardBounce", "a@b.example", BouncedAt=new))
    assert noted() == [("a@b.example", "bounced")]


def test_amazons_question_is_answered_by_a_person(hooked, caplog):
    answer = report_ses(hooked, {}, kind="SubscriptionConfirmation")
    assert answer.status_code == 200
    assert "Action=ConfirmSubscription" in caplog.text


def test_after_a_bounce_nothing_is_sent_and_account_messages_are_tried(hooked, cast, settings):
    from django.core import mail

    settings.EMAIL_BACKEND = "notifications.mail.backend.LedgerBackend"
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    report(hooked, postmark("HardBounce", cast.learner.email))
    mail.send_mail("Code", "ABCD-1234", None, [cast.learner.email])
    box = Postbox()
    send(box, now=timezone.now() + dt.timedelta(seconds=1))
    told = Delivery.objects.get(kind="submission-decided")
    assert (told.state, told.suppressed_reason) == ("suppressed", "address-bounced")
    assert [m["Subject"] for a, m in box.messages if a == cast.learner.email] == ["Code"]


# --- Our own server's refusals -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "is_about_the_mailbox"),
    [
        ("550 5.1.1 <x@example.org>: Recipient address rejected: User unknown", True),
        ("550-5.1.1 The email account that you tried to reach does not exist.", True),
        ("553 5.1.3 bad address syntax", True),
        ("556 5.1.10 recipient address has null MX", True),
        ("550 5.2.1 mailbox disabled, not accepting messages", True),
        ("550 No such user here", True),
        ("550 unknown recipient", True),
        ("551 User not local; account does not exist", True),
        ("550 5.7.1 blocked by policy: user unknown to us", False),
        ("554 5.7.1 Service unavailable; client host blocked", False),
        ("550 5.7.26 unauthenticated sender", False),
        ("550 Requested action not taken: mailbox unavailable", False),
        ("550 relaying denied", False),
        ("552 5.2.2 mailbox full", False),
        ("550 5.1.8 bad sender address", False),
        ("530 5.7.0 authentication required", False),
        ("501 bad address", False),
    ],
)
def test_refusals_of_a_recipient_are_told_apart(said, is_about_the_mailbox):
    assert says_no_mailbox(said) is is_about_the_mailbox


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        ("550 5.1.1 no such user", True),
        ("550 5.7.1 your network is blocked", False),
        ("data:554 5.1.1 no such user, said too late", False),
        ("data:554 5.7.1 looks like spam", False),
        ("450 4.1.1 try later", False),
    ],
)
def test_a_mailbox_that_is_not_there_is_marked(cast, answer, marked):
    invite(cast.learner, "gone@example.org")
    invite(cast.learner, "here@example.org")
    deliver()
    with mail_server() as (sink, port):
        sink.answers["gone@example.org"] = answer
        send(Smtp(host="127.0.0.1", port=port))
    assert [address for address, _ in sink.received] == ["here@example.org"]
    gone = Delivery.objects.get(address="gone@example.org")
    assert gone.state == ("queued" if answer.startswith("4") else "failed")
    if marked:
        row = Suppression.objects.get()
        assert (row.address, row.reason, row.since) == ("gone@example.org", "bounced", LATER)
        assert row.detail == answer
    else:
        assert noted() == []


# --- Seen and undone by its owner --------------------------------------------------------------


@pytest.fixture
def bounced(cast):
    Suppression.objects.suppress(
        address=cast.learner.email.upper(),
        reason=SuppressionReason.BOUNCED,
        detail="550 5.1.1 no such user",
        now=NOW,
    )
    return Suppression.objects.get()


def test_its_owner_sees_it_and_tries_again(cast, as_, bounced):
    client = as_(cast.learner)
    assert client.get(SUPPRESSIONS).json() == [
        {
            "id": str(bounced.pk),
            "address": cast.learner.email,
            "reason": "bounced",
            "detail": "550 5.1.1 no such user",
            "since": "2026-11-22T12:00:00Z",
        }
    ]
    assert as_(cast.stranger).get(SUPPRESSIONS).json() == []
    assert as_(cast.stranger).delete(f"{SUPPRESSIONS}/{bounced.pk}").status_code == 404
    assert client.delete(f"{SUPPRESSIONS}/{bounced.pk}").status_code == 204
    assert client.delete(f"{SUPPRESSIONS}/{bounced.pk}").status_code == 404
    assert client.get(SUPPRESSIONS).json() == []
    decide(submit(cast.enrollment), cast.mentor)
    deliver()
    box = Postbox()
    send(box)
    assert [address for address, _ in box.messages] == [cast.learner.email]
