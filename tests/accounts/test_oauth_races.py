"""Requests that arrive at once. Real threads, real connections, and gates that make them meet."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from oauth2_provider.models import get_access_token_model, get_refresh_token_model
from oauth2_provider.oauth2_validators import OAuth2Validator

from accounts.models import App, ConnectedApp
from accounts.oauth.validator import Validator
from tests.accounts.journey import allow, connect

pytestmark = pytest.mark.django_db(transaction=True)
AccessToken = get_access_token_model()
RefreshToken = get_refresh_token_model()
MANY = 6


def at_once(*calls):
    """Run `calls` in threads of their own; return what they return."""

    def run(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result(timeout=90) for future in [threads.submit(run, c) for c in calls]]


@pytest.fixture
def gate(monkeypatch):
    """Hold every token request between its checks and its writing, until all of them are there."""

    def close(parties: int) -> None:
        barrier = Barrier(parties)
        save = Validator.save_bearer_token

        def wait_and_save(self, *args, **kwargs):
            barrier.wait(timeout=60)
            return save(self, *args, **kwargs)

        monkeypatch.setattr(Validator, "save_bearer_token", wait_and_save)

    return close


def test_one_code_redeemed_many_times_at_once_gives_one_token(browser, app, gate):
    code = allow(browser, app)
    gate(MANY)
    answers = at_once(*[lambda: app.redeem(code)] * MANY)
    assert Counter(a.status_code for a in answers) == {200: 1, 400: MANY - 1}
    assert {a.json()["error"] for a in answers if a.status_code == 400} == {"invalid_grant"}
    assert AccessToken.objects.count() == RefreshToken.objects.count() == 1
    assert ConnectedApp.objects.count() == 1
    [won] = [a.json() for a in answers if a.status_code == 200]
    assert app.get("/api/v1/me", won["access_token"]).status_code == 200


def test_a_code_redeemed_many_times_without_a_gate_gives_at_most_one_token(browser, app):
    code = allow(browser, app)
    answers = at_once(*[lambda: app.redeem(code)] * MANY)
    assert Counter(a.status_code for a in answers) == {200: 1, 400: MANY - 1}
    assert AccessToken.objects.count() <= 1


def test_one_refresh_token_used_twice_at_once_ends_the_family(browser, app, gate):
    tokens = connect(browser, app)
    gate(2)
    answers = at_once(*[lambda: app.refresh(tokens["refresh_token"])] * 2)
    assert sorted(a.status_code for a in answers) == [200, 400]
    [won] = [a.json() for a in answers if a.status_code == 200]
    assert won["access_token"]
    assert app.get("/api/v1/me", won["access_token"]).status_code == 401
    assert not RefreshToken.objects.filter(revoked=None, access_token__isnull=False).exists()


def test_two_devices_connect_at_once(browser, app, gate):
    one, two = allow(browser, app), allow(browser, app, "progress:read")
    gate(2)
    answers = at_once(lambda: app.redeem(one), lambda: app.redeem(two))
    assert [a.status_code for a in answers] == [200, 200]
    assert ConnectedApp.objects.get().scopes == ["profile:read", "progress:read"]


@pytest.mark.parametrize("what", ["redeem", "refresh"])
@pytest.mark.parametrize("end", ["disconnect", "delete"])
def test_no_token_outlives_the_end_of_a_connection(browser, makers_browser, app, gate, what, end):
    tokens = connect(browser, app)
    code = allow(browser, app)
    connected, made = ConnectedApp.objects.get(), App.objects.get()
    token_request = {
        "redeem": lambda: app.redeem(code),
        "refresh": lambda: app.refresh(tokens["refresh_token"]),
    }[what]
    ending = {
        "disconnect": lambda: browser.send("DELETE", f"/api/v1/connected-apps/{connected.id}"),
        "delete": lambda: makers_browser.send("DELETE", f"/api/v1/apps/{made.id}"),
    }[end]
    gate(1)
    answer, ended = at_once(token_request, ending)
    assert ended.status_code == 204
    assert answer.status_code in {200, 400, 401}
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.exists()


def test_an_app_deleted_while_its_refresh_is_checked_is_refused(monkeypatch, browser, app):
    tokens = connect(browser, app)

    def deleted_meanwhile(*_args, **_options):
        raise App.DoesNotExist

    monkeypatch.setattr(OAuth2Validator, "validate_refresh_token", deleted_meanwhile)
    answer = app.refresh(tokens["refresh_token"])
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_token_request_waits_for_a_disconnection_under_way(app, browser, walker):
    """The other order: the connection's row is held while a refresh comes in."""
    tokens = connect(browser, app)
    connected = ConnectedApp.objects.get()
    answers = at_once(
        lambda: app.refresh(tokens["refresh_token"]),
        *[lambda: browser.send("DELETE", f"/api/v1/connected-apps/{connected.id}")] * 2,
    )
    assert sorted(a.status_code for a in answers[1:]) in ([204, 204], [204, 404])
    assert not AccessToken.objects.filter(user=walker).exists()
