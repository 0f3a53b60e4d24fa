"""Sign-up, log-in, log-out and a new password, the way the web client does them."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from tests.accounts.journey import Browser
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
AUTH = "/_allauth/browser/v1/auth"
NEW = {
    "email": "Nia@Example.org",
    "password": "up the long hill",
    "name": "Nia New",
    "time_zone": "Africa/Nairobi",
}


def sign_up(browser, **changes):
    body = {k: v for k, v in {**NEW, **changes}.items() if v is not None}
    return browser.send("POST", f"{AUTH}/signup", body)


def log_in(browser, email, password=PASSWORD):
    return browser.send("POST", f"{AUTH}/login", {"email": email, "password": password})


def code_in(message) -> str:
    [code] = re.findall(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", message.body, re.MULTILINE)
    return code


def pending(answer) -> list[str]:
    return [f["id"] for f in answer.json()["data"]["flows"] if f.get("is_pending")]


def problems(answer) -> list[tuple[str, str]]:
    """What allauth says is wrong, in its own format: (param, code)."""
    return [(e.get("param", ""), e["code"]) for e in answer.json()["errors"]]


# --- Sign-up ---


def test_sign_up_verify_and_be_signed_in():
    browser = Browser()
    answer = sign_up(browser)
    assert answer.status_code == 401
    assert pending(answer) == ["verify_email"]
    assert browser.get("/api/v1/me").status_code == 401

    [message] = mail.outbox
    assert message.to == ["nia@example.org"]
    assert message.subject == "Confirm your address for Waymark"
    assert "Hello Nia New" in message.body
    code = code_in(message)

    answer = browser.send("POST", f"{AUTH}/email/verify", {"key": code})
    assert answer.status_code == 200
    assert answer.json()["meta"]["is_authenticated"] is True
    assert browser.get("/api/v1/me").json() == {
        "id": answer.json()["data"]["user"]["id"],
        "is_operator": False,
        "email": "nia@example.org",
        "name": "Nia New",
        "time_zone": "Africa/Nairobi",
        "locale": "en",
    }
    assert EmailAddress.objects.get().verified


def test_a_mail_is_words_with_the_name_as_it_was_typed():
    sign_up(Browser(), name="Nia <b>New</b>")
    [message] = mail.outbox
    assert message.body.startswith("Hello Nia <b>New</b>,\n\n")
    assert code_in(message) in message.body.split("\n\n")
    assert not getattr(message, "alternatives", [])


def test_the_time_zone_may_be_left_out():
    assert sign_up(Browser(), time_zone=None).status_code == 401
    assert User.objects.get().time_zone == "UTC"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"email": "nonsense"}, ("email", "invalid")),
        ({"email": None}, ("email", "required")),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, ("email", "invalid")),
        ({"email": "x" * 250 + "@example.org"}, ("email", "max_length")),
        ({"password": "short"}, ("password", "password_too_short")),
        ({"password": "password12"}, ("password", "password_too_common")),
        ({"password": None}, ("password", "required")),
        ({"name": None}, ("name", "required")),
        ({"name": "  "}, ("name", "required")),
        ({"name": "x" * 121}, ("name", "max_length")),
        ({"name": "Nia\r\nBcc: all@example.org"}, ("name", "control-character")),
        ({"name": "Nia\u2028New"}, ("name", "control-character")),
        ({"name": "Nia\u202eweN"}, ("name", "control-character")),
        ({"name": "Nia\ud800"}, ("name", "control-character")),
        ({"time_zone": "Mars/Olympus"}, ("time_zone", "unknown-time-zone")),
        ({"time_zone": "../etc/passwd"}, ("time_zone", "unknown-time-zone")),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_and_nothing_stored(change, problem):
    answer = sign_up(Browser(), **change)
    assert answer.status_code == 400
    assert problem in problems(answer)
    assert not User.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"email": {"a": 1}, "password": ["x"], "name": 5}',
        b'{"email": "a@b.example", "password": "\\ud800 and so on and on", "name": "N"}',
        b'{"email": "a\\u0000@b.example", "password": "x\\u0000yyyyyyyyyyy", "name": "N\\u0000"}',
        b'{"email": "\\ud800@b.example", "password": "up the long hill", "name": "N"}',
    ],
)
@pytest.mark.parametrize("path", ["signup", "login", "email/verify", "password/request"])
def test_garbage_is_never_a_fault(path, body):
    browser = Browser()
    browser.get("/_allauth/browser/v1/config")
    token = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    answer = browser.generic("POST", f"{AUTH}/{path}", body, "application/json", headers=token)
    assert 400 <= answer.status_code < 500
    assert not User.objects.exists()


def test_an_address_that_has_an_account_gets_the_same_answer_and_another_mail():
    person = make_person("Ada Lovelace")
    fresh, taken = sign_up(Browser()), sign_up(Browser(), email=person.email.upper())
    assert taken.status_code == fresh.status_code == 401
    assert pending(taken) == pending(fresh) == ["verify_email"]
    assert mail.outbox[1].to == [person.email]
    assert mail.outbox[1].subject == "You have a Waymark account already"
    assert User.objects.count() == 2


def test_wrong_codes_end_the_sign_up():
    browser = Browser()
    sign_up(browser)
    code = code_in(mail.outbox[0])
    for _ in range(3):
        answer = browser.send("POST", f"{AUTH}/email/verify", {"key": "WRNG-CODE"})
        assert problems(answer) == [("key", "incorrect_code")]
    answer = browser.send("POST", f"{AUTH}/email/verify", {"key": code})
    assert answer.status_code == 409
    assert browser.get("/api/v1/me").status_code == 401


def test_a_code_can_be_sent_again_and_is_a_new_one():
    browser = Browser()
    sign_up(browser)
    assert browser.send("POST", f"{AUTH}/email/verify/resend").status_code == 200
    first, second = (code_in(message) for message in mail.outbox)
    assert first != second
    answer = browser.send("POST", f"{AUTH}/email/verify", {"key": second})
    assert answer.status_code == 200


def test_somebody_unverified_verifies_at_log_in():
    sign_up(Browser())
    browser = Browser()
    answer = log_in(browser, "nia@example.org", NEW["password"])
    assert answer.status_code == 401
    assert pending(answer) == ["verify_email"]
    answer = browser.send("POST", f"{AUTH}/email/verify", {"key": code_in(mail.outbox[-1])})
    assert answer.status_code == 200


# --- Log-in, log-out ---


def test_log_in_and_out():
    person, browser = make_person(), Browser()
    answer = log_in(browser, person.email.upper())
    assert answer.status_code == 200
    assert answer.json()["data"]["user"]["id"] == str(person.id)
    assert browser.get("/api/v1/me").json()["email"] == person.email
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    answer = browser.send("DELETE", f"{AUTH}/session")
    assert answer.status_code == 401
    assert answer.json()["meta"]["is_authenticated"] is False
    assert browser.get("/api/v1/me").status_code == 401
    assert not Session.objects.filter(session_key=cookie.value).exists()


def test_wrong_password_and_unknown_address_read_alike():
    person = make_person()
    wrong = log_in(Browser(), person.email, "not my password")
    unknown = log_in(Browser(), "nobody@example.org", "not my password")
    assert wrong.status_code == unknown.status_code == 400
    assert wrong.json() == unknown.json()
    assert problems(wrong) == [("password", "email_password_mismatch")]


def test_somebody_deactivated_cannot_log_in():
    person, browser = make_person(is_active=False), Browser()
    assert log_in(browser, person.email).status_code in {400, 401}
    assert browser.get("/api/v1/me").status_code == 401


def test_sessions_and_csrf_tokens_rotate_at_log_in():
    person, browser = make_person(), Browser()
    sign_up(browser)  # leaves an anonymous session with the pending sign-up
    before = browser.cookies["sessionid"].value
    csrf = browser.cookies["csrftoken"].value
    assert log_in(browser, person.email).status_code == 200
    assert browser.cookies["sessionid"].value != before
    assert browser.cookies["csrftoken"].value != csrf
    assert not Session.objects.filter(session_key=before).exists()


def test_signed_in_twice_is_a_conflict():
    person, browser = make_person(), Browser()
    log_in(browser, person.email)
    assert log_in(browser, person.email).status_code == 409


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "signup"), ("POST", "login"), ("DELETE", "session"), ("POST", "password/request")],
)
def test_csrf_is_needed(method, path):
    browser = Browser()
    answer = browser.generic(method, f"{AUTH}/{path}", b"{}", "application/json")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "csrf-failed"
    browser.get("/_allauth/browser/v1/config")
    wrong = {"X-CSRFToken": "0" * 32}
    answer = browser.generic(method, f"{AUTH}/{path}", b"{}", "application/json", headers=wrong)
    assert answer.status_code == 403


@pytest.fixture
def rate_limits():
    """As in production, where the other tests have none."""
    cache.clear()
    with override_settings(ACCOUNT_RATE_LIMITS={}):
        yield
    cache.clear()


def test_too_many_tries(rate_limits):
    person = make_person()
    answers = [log_in(Browser(), person.email, f"guess number {n}") for n in range(6)]
    assert [problems(a) for a in answers[:5]] == [[("password", "email_password_mismatch")]] * 5
    assert answers[5].status_code == 400
    assert problems(answers[5])[0][1] == "too_many_login_attempts"
    right = log_in(Browser(), person.email)
    assert right.status_code == 400, "the right password does not help while it is blocked"
    assert log_in(Browser(), make_person().email).status_code == 200


def test_too_many_sign_ups_from_one_address(rate_limits):
    answers = [sign_up(Browser(), email=f"n{n}@example.org") for n in range(21)]
    assert {a.status_code for a in answers[:20]} == {401}
    assert answers[20].status_code == 429


# --- A new password ---


def test_a_new_password_by_code():
    person = make_person("Ada Lovelace", time_zone="Asia/Kathmandu")
    elsewhere, browser = Browser(), Browser()
    log_in(elsewhere, person.email)
    answer = browser.send("POST", f"{AUTH}/password/request", {"email": person.email})
    assert answer.status_code == 401
    assert pending(answer) == ["password_reset_by_code"]
    [message] = mail.outbox
    assert message.subject == "Your code for a new password"
    body = {"key": code_in(message), "password": "down the other side"}
    now = timezone.now()
    answer = browser.send("POST", f"{AUTH}/password/reset", body)
    assert answer.status_code == 200
    assert browser.get("/api/v1/me").json()["id"] == str(person.id)
    assert elsewhere.get("/api/v1/me").status_code == 401, "other sessions end"
    assert log_in(Browser(), person.email).status_code == 400
    assert log_in(Browser(), person.email, "down the other side").status_code == 200
    told = mail.outbox[1]
    assert told.subject == "Your password was changed"
    local = [(now + dt.timedelta(minutes=345 + m)).strftime("%H:%M") for m in (0, 1)]
    assert any(f"at {time} (Asia/Kathmandu)" in told.body for time in local)


def test_asking_for_a_new_password_does_not_tell_who_has_an_account():
    person = make_person()
    known = Browser().send("POST", f"{AUTH}/password/request", {"email": person.email})
    unknown = Browser().send("POST", f"{AUTH}/password/request", {"email": "no@example.org"})
    assert known.status_code == unknown.status_code == 401
    assert known.json() == unknown.json()
    assert mail.outbox[1].to == ["no@example.org"]
    assert mail.outbox[1].subject == "There is no Waymark account with this address"


def test_wrong_codes_end_the_reset():
    person, browser = make_person(), Browser()
    browser.send("POST", f"{AUTH}/password/request", {"email": person.email})
    code = code_in(mail.outbox[0])
    for _ in range(3):
        body = {"key": "WRNG-CODE", "password": "down the other side"}
        assert browser.send("POST", f"{AUTH}/password/reset", body).status_code in {400, 409}
    body = {"key": code, "password": "down the other side"}
    assert browser.send("POST", f"{AUTH}/password/reset", body).status_code == 409
    assert log_in(Browser(), person.email).status_code == 200


def test_a_code_is_for_the_browser_that_asked():
    person = make_person()
    Browser().send("POST", f"{AUTH}/password/request", {"email": person.email})
    body = {"key": code_in(mail.outbox[0]), "password": "down the other side"}
    assert Browser().send("POST", f"{AUTH}/password/reset", body).status_code == 409
