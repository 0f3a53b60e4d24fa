"""Codes, resets and security notices go through the ledger, not through the request."""

import re

import pytest
from django.core import mail
from django.test import Client

from notifications.models import Delivery, Notification
from tests.factories import PASSWORD, make_person
from tests.notifications.acts import LATER
from tests.notifications.post import Postbox, html_of, send, text_of

CODE = r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b"
ALLAUTH = "/_allauth/browser/v1"


@pytest.fixture(autouse=True)
def ledger(settings):
    settings.EMAIL_BACKEND = "notifications.mail.backend.LedgerBackend"


@pytest.fixture
def browser(db):
    return Client()


def post(browser, path, body):
    return browser.post(f"{ALLAUTH}{path}", body, content_type="application/json")


def test_a_sign_up_code_is_stored_sent_and_scrubbed(browser):
    body = {"email": "new@example.org", "password": PASSWORD, "name": "New <b>Name</b>"}
    assert post(browser, "/auth/signup", body).status_code == 401  # wants the code
    row = Delivery.objects.get()
    assert (row.kind, row.state, row.must_arrive) == ("account-message", "queued", True)
    assert row.address == "new@example.org"
    assert row.person is None
    box = Postbox()
    send(box, now=row.due_at)
    address, message = box.messages[0]
    assert address == "new@example.org"
    assert message["Message-ID"] == row.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    code = re.search(CODE, text_of(message))[0]
    assert message["Subject"] == "Confirm your address for Waymark"
    html = html_of(message)
    assert f">{code}</p>" in html
    assert "Hello New &lt;b&gt;Name&lt;/b&gt;," in html
    assert "Hello New <b>Name</b>," in text_of(message)
    assert "testserver" not in message.as_string()
    row.refresh_from_db()
    assert (row.state, row.message) == ("sent", None)
    assert not Notification.objects.exists()
    assert post(browser, "/auth/email/verify", {"key": code}).status_code == 200


def test_a_password_reset_works_with_the_code_from_the_ledger(browser):
    person = make_person()
    post(browser, "/auth/password/request", {"email": person.email})
    row = Delivery.objects.get()
    box = Postbox()
    send(box, now=row.due_at)
    code = re.search(CODE, text_of(box.last))[0]
    body = {"key": code, "password": "another-long-passphrase"}
    answer = post(browser, "/auth/password/reset", body)
    assert answer.status_code in {200, 401}
    person.refresh_from_db()
    assert person.check_password("another-long-passphrase")


def test_a_security_notice_must_arrive(browser):
    person = make_person()
    browser.force_login(person)
    body = {"current_password": PASSWORD, "new_password": "another-long-passphrase"}
    assert post(browser, "/account/password/change", body).status_code == 200
    row = Delivery.objects.get()
    assert row.must_arrive
    assert row.address == person.email
    box = Postbox()
    send(box, now=row.due_at)
    assert "http://localhost:8000/reset" in text_of(box.last)
    assert 'href="http://localhost:8000/reset"' in html_of(box.last)


def test_only_our_own_addresses_are_links(db):
    text = "Hello https://evil.example/x,\n\nsee http://localhost:8000/reset?a=1&b=2. Bye"
    mail.send_mail("Code", text, None, ["x@example.org"])
    box = Postbox()
    send(box, now=Delivery.objects.get().due_at)
    html = html_of(box.last)
    assert 'href="https://evil' not in html
    assert (
        'see <a class="own" href="http://localhost:8000/reset?a=1&amp;b=2">'
        "http://localhost:8000/reset?a=1&amp;b=2</a>. Bye" in html
    )


def test_each_recipient_gets_a_mail_of_their_own_and_sees_no_other(db):
    message = mail.EmailMultiAlternatives(
        "Hi\u2028there", "text", None, ["one@example.org"], cc=["two@example.org"],
        bcc=["three@example.org"],
    )  # fmt: skip
    message.attach_alternative("<p>html ü</p>", "text/html")
    message.attach("a.txt", "attached", "text/plain")
    assert message.send() == 1
    box = Postbox()
    send(box, now=Delivery.objects.latest("due_at").due_at)
    assert {a for a, _ in box.messages} == {f"{n}@example.org" for n in ("one", "two", "three")}
    for address, got in box.messages:
        assert got["To"] == address
        assert (got["Cc"], got["Bcc"]) == (None, None)
        assert got["From"] == "Waymark <waymark@localhost>"
        assert [part.get_filename() for part in got.iter_attachments()] == ["a.txt"]


def test_a_code_is_scrubbed_also_when_its_address_is_refused(db):
    from notifications.way import Refused

    mail.send_mail("Code", "ABC-123", None, ["gone@example.org"])

    def refuse():
        raise Refused("550 no")

    send(Postbox(before_commit=refuse), now=Delivery.objects.get().due_at)
    row = Delivery.objects.get()
    assert (row.state, row.message) == ("failed", None)


def test_a_mail_in_a_transaction_that_fails_is_not_sent(db):
    from django.db import transaction

    with transaction.atomic():
        mail.send_mail("Code", "ABC-123", None, ["x@example.org"])
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert send(Postbox(), now=LATER) == 0
