"""Signing in with somebody else's account. The provider is played by a few canned answers."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.adapters import SocialAdapter
from accounts.models import User
from tests.accounts.journey import Browser
from tests.factories import make_person

pytestmark = pytest.mark.django_db
CONFIG = "/_allauth/browser/v1/config"
REDIRECT = "/_allauth/browser/v1/auth/provider/redirect"


def providers(client):
    data = client.get(CONFIG).json()["data"]
    return sorted(p["id"] for p in data.get("socialaccount", {}).get("providers", []))


def with_keys(settings, *names):
    known = settings.SOCIALACCOUNT_PROVIDERS
    keys = {"APPS": [{"client_id": "id", "secret": "secret"}]}
    settings.SOCIALACCOUNT_PROVIDERS = {**known, **{n: {**known[n], **keys} for n in names}}


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, body):
        self.body = body

    def json(self):
        return self.body

    def raise_for_status(self):
        pass


class GitHub:
    """What GitHub would say."""

    def __init__(self, **profile):
        self.profile = {"id": 7, "login": "nia", "email": None, **profile}
        self.emails = [{"email": "nia@example.org", "primary": True, "verified": True}]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def request(self, method, url, **_):
        assert url == "https://github.com/login/oauth/access_token"
        return Answer({"access_token": "theirs", "token_type": "bearer"})

    def get(self, url, **_):
        return Answer(self.emails if url.endswith("/emails") else self.profile)


@pytest.fixture
def github(settings, monkeypatch):
    with_keys(settings, "github")
    played = GitHub(name="Nia\r\nNew")
    monkeypatch.setattr(SocialAdapter, "get_requests_session", lambda self: played)
    return played


def ask(browser, callback="/map"):
    browser.get(CONFIG)
    form = {"provider": "github", "callback_url": callback, "process": "login"}
    form["csrfmiddlewaretoken"] = browser.cookies["csrftoken"].value
    return browser.post(REDIRECT, form)


def come_back(browser, asked, **changes):
    state = parse_qs(urlsplit(asked["Location"]).query)["state"][0]
    query = {"code": "c", "state": state, **changes}
    return browser.get("/accounts/github/login/callback/", query)


def test_none_without_keys(client):
    assert providers(client) == []


def test_those_with_keys(client, settings):
    with_keys(settings, "github")
    assert providers(client) == ["github"]
    with_keys(settings, "google")
    assert providers(client) == ["github", "google"]


def test_it_is_asked_with_pkce_and_state(github):
    answer = ask(Browser())
    assert answer.status_code == 302
    assert answer["Location"].startswith("https://github.com/login/oauth/authorize?")
    assert "code_challenge_method=S256" in answer["Location"]
    assert "state=" in answer["Location"]


def test_the_way_back_stays_here(github):
    answer = ask(Browser(), callback="https://evil.example/")
    assert "github.com" not in answer.get("Location", "")
    assert "evil.example" not in answer.get("Location", "")


def test_somebody_new_is_signed_up_and_in(github):
    browser = Browser()
    answer = come_back(browser, ask(browser))
    assert answer.status_code == 302
    assert answer["Location"] == "/map"
    me = browser.get("/api/v1/me").json()
    assert (me["name"], me["email"]) == ("Nia New", "nia@example.org")
    assert EmailAddress.objects.get().verified
    again = Browser()
    come_back(again, ask(again))
    assert again.get("/api/v1/me").json()["id"] == me["id"]


def test_somebody_elses_address_opens_nothing(github):
    person = make_person()
    github.emails[0]["email"] = person.email
    browser = Browser()
    come_back(browser, ask(browser))
    assert browser.get("/api/v1/me").status_code == 401
    assert User.objects.count() == 1
    assert mail.outbox[0].to == [person.email]


def test_an_answer_to_a_question_not_asked_is_refused(github):
    asked = ask(Browser())
    other = Browser()
    other.get(CONFIG)
    answer = come_back(other, asked)
    assert answer.status_code < 500
    assert other.get("/api/v1/me").status_code == 401
    assert not User.objects.exists()
