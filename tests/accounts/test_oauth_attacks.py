"""What somebody might try against the authorization server, and gets."""

import datetime as dt
import itertools
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_refresh_token_model

from accounts.models import App, AuthorizationCode
from tests.accounts.journey import CALLBACK, RemoteApp, allow, connect, register, sent_back

pytestmark = pytest.mark.django_db
AccessToken = get_access_token_model()
RefreshToken = get_refresh_token_model()


def works(app, tokens) -> bool:
    return app.get("/api/v1/me", tokens["access_token"]).status_code == 200


# --- Codes ---


def test_a_code_that_is_used_again_takes_its_tokens_with_it(browser, app):
    code = allow(browser, app)
    tokens = app.redeem(code).json()
    assert works(app, tokens)
    again = app.redeem(code)
    assert again.status_code == 400
    assert again.json()["error"] == "invalid_grant"
    assert not works(app, tokens)
    assert app.refresh(tokens["refresh_token"]).status_code == 400


def test_a_code_lives_a_minute(browser, app):
    code = allow(browser, app)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=61)):
        assert app.redeem(code).json() == {"error": "invalid_grant"}
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("verifier", ["x" * 64, "short", None, "", "é" * 43])
def test_a_code_without_its_verifier_is_worth_nothing(browser, app, verifier):
    code = allow(browser, app)
    answer = app.redeem(code, code_verifier=verifier)
    assert answer.status_code == 400
    assert answer.json()["error"] in {"invalid_grant", "invalid_request"}
    assert not AccessToken.objects.exists()
    assert app.redeem(code).status_code == 200  # and its owner can still use it


def test_a_code_is_for_one_app(browser, makers_browser, app):
    other = register(makers_browser)
    other.verifier = app.verifier
    assert other.redeem(allow(browser, app)).json()["error"] == "invalid_grant"
    assert not AccessToken.objects.exists()


def test_a_code_is_for_one_redirect_uri(browser, makers_browser):
    app = register(makers_browser, redirect_uris=[CALLBACK, CALLBACK + "/two"])
    code = allow(browser, app)
    answer = app.redeem(code, redirect_uri=CALLBACK + "/two")
    assert answer.status_code == 400
    assert not AccessToken.objects.exists()


def test_a_deactivated_person_gives_nothing(browser, walker, app):
    tokens = connect(browser, app)
    code = allow(browser, app)
    walker.is_active = False
    walker.save()
    assert app.redeem(code).status_code == 400
    assert app.refresh(tokens["refresh_token"]).status_code == 400
    assert not works(app, tokens)


# --- The authorization request ---


@pytest.mark.parametrize(
    "pkce",
    [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"code_challenge_method": "s256"},
        {"code_challenge": "too-short"},
        {"code_challenge": "x" * 500},
    ],
)
def test_without_s256_nobody_is_even_asked(browser, app, pkce):
    received = sent_back(browser.get(app.authorize_url(**pkce)))
    assert received["error"] == "invalid_request"
    assert received["state"] == "s t/ate"
    assert received["iss"] == "http://localhost:8000"
    if None not in pkce.values():
        page = browser.get(app.authorize_url())
        tampered = sent_back(browser.submit(page, allow="true", **pkce))
        assert tampered["error"] == "invalid_request"
    assert not AuthorizationCode.objects.exists()


@pytest.mark.parametrize(
    "uri",
    [
        "https://evil.example/callback",
        "https://app.example.evil.example/callback",
        "https://app.example@evil.example/callback",
        "https://evil.example#@app.example/callback",
        "https://app.example/callback/../evil",
        "https://app.example/callback?next=https://evil.example",
        "https://app.example/callback#fragment",
        "https://app.example:444/callback",
        "https://app.example:nine/callback",
        "https://[app.example/callback",
        "http://app.example/callback",
        "//evil.example/callback",
        "/callback",
        "javascript:alert(1)",
        "https://app.example/callback%00",
        "",
    ],
)
def test_nobody_is_sent_to_an_address_that_was_not_registered(browser, app, uri):
    for answer in (
        browser.get(app.authorize_url(redirect_uri=uri)),
        browser.get(app.authorize_url(redirect_uri=uri, prompt="none")),
        browser.get(app.authorize_url(redirect_uri=uri, scope="nonsense")),
    ):
        assert answer.status_code == 400, uri
        assert "Location" not in answer
        assert "This app can’t" in answer.content.decode()


@pytest.mark.parametrize("button", ["true", None])
def test_the_form_cannot_redirect_elsewhere_either(browser, app, button):
    page = browser.get(app.authorize_url())
    answer = browser.submit(page, allow=button, redirect_uri="https://evil.example/")
    assert answer.status_code == 400
    assert "Location" not in answer
    assert not AuthorizationCode.objects.exists()


def test_the_form_needs_its_csrf_token(browser, app):
    page = browser.get(app.authorize_url())
    answer = browser.submit(page, allow="true", csrfmiddlewaretoken="0" * 64)
    assert answer.status_code == 403
    assert not AuthorizationCode.objects.exists()


@pytest.mark.parametrize("client_id", ["nobody", "", "a\x00b", "x" * 5000])
def test_an_unknown_app_gets_a_page_and_no_redirect(browser, app, client_id):
    answer = browser.get(app.authorize_url(client_id=client_id))
    assert answer.status_code == 400
    assert "Location" not in answer
    page = browser.get(app.authorize_url())
    assert browser.submit(page, allow="true", client_id=client_id).status_code == 400


@pytest.mark.parametrize("response_type", ["token", "code token", "id_token", "none", "nonsense"])
def test_only_codes_are_given(browser, app, response_type):
    received = sent_back(browser.get(app.authorize_url(response_type=response_type)))
    assert received["error"] in {"unsupported_response_type", "unauthorized_client"}


@pytest.mark.parametrize(
    "grant",
    [
        {"grant_type": "password", "username": "w", "password": "p"},
        {"grant_type": "client_credentials"},
        {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"},
        {"grant_type": "nonsense"},
        {},
    ],
)
def test_no_other_grant_exists(app, grant):
    answer = app.http.post("/o/token/", {"client_id": app.client_id, **grant})
    assert answer.status_code == 400
    assert answer.json()["error"] == "unsupported_grant_type"


def test_prompt_none_without_a_session_is_login_required(app):
    answer = Client().get(app.authorize_url(prompt="none"))
    assert answer["Location"].startswith(CALLBACK + "?")
    received = sent_back(answer)
    assert received["error"] == "login_required"
    assert received["state"] == "s t/ate"
    assert received["iss"] == "http://localhost:8000"


def test_prompt_none_never_skips_consent(browser, app):
    connect(browser, app)
    received = sent_back(browser.get(app.authorize_url(prompt="none")))
    assert received["error"] == "consent_required"
    assert "code" not in received


def test_an_earlier_yes_does_not_skip_consent(browser, app):
    connect(browser, app)
    for changes in ({}, {"approval_prompt": "auto"}):
        answer = browser.get(app.authorize_url(**changes))
        assert answer.status_code == 200
        assert "Trail Log" in answer.content.decode()


@pytest.mark.parametrize("prompt", ["login", "create", "consent", "select_account", "nonsense"])
def test_other_prompts_of_openid_connect_change_nothing(browser, app, prompt):
    assert "Trail Log" in browser.get(app.authorize_url(prompt=prompt)).content.decode()
    answer = Client().get(app.authorize_url(prompt=prompt))
    assert answer["Location"].startswith("/sign-in?next=/o/authorize/")


def test_an_old_consent_page_says_so(browser, walker, app):
    page = browser.get(app.authorize_url())
    browser.send("DELETE", "/_allauth/browser/v1/auth/session")
    browser.sign_in(walker)
    answer = browser.submit(page, allow="true")
    assert answer.status_code == 403
    assert "This page is out of date" in answer.content.decode()


# --- Scopes ---


@pytest.mark.parametrize("scope", ["profile:write", "profile:read profile:write", "nonsense"])
def test_an_app_gets_no_scope_that_it_did_not_register(browser, app, scope):
    received = sent_back(browser.get(app.authorize_url(scope)))
    assert received["error"] == "invalid_scope"
    page = browser.get(app.authorize_url("profile:read"))
    tampered = sent_back(browser.submit(page, allow="true", scope=scope))
    assert tampered["error"] == "invalid_scope"
    assert not AuthorizationCode.objects.exists()


def test_apps_manage_is_no_scope(makers_browser):
    body = {"name": "x", "redirect_uris": [CALLBACK], "kind": "public"}
    for scope in ("apps:manage", "session"):
        answer = makers_browser.send("POST", "/api/v1/apps", {**body, "scopes": [scope]})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "scopes.0"


def test_refreshing_does_not_widen(browser, app):
    tokens = connect(browser, app, "profile:read")
    wider = app.refresh(tokens["refresh_token"], scope="profile:read progress:read")
    assert wider.json()["error"] == "invalid_scope"


# --- Refresh tokens ---


def test_a_refresh_token_that_is_used_again_revokes_the_family(browser, app):
    first = connect(browser, app)
    second = app.refresh(first["refresh_token"]).json()
    third = app.refresh(second["refresh_token"]).json()
    assert works(app, third)
    assert app.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert not works(app, third)
    assert app.refresh(third["refresh_token"]).status_code == 400


def test_a_refresh_token_is_for_one_app(browser, makers_browser, app):
    tokens = connect(browser, app)
    other = register(makers_browser)
    assert other.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert works(app, tokens)


def test_a_refresh_token_ends_after_ninety_quiet_days(browser, app):
    tokens = connect(browser, app)
    with time_machine.travel(timezone.now() + dt.timedelta(days=89)):
        tokens = app.refresh(tokens["refresh_token"]).json()
    with time_machine.travel(timezone.now() + dt.timedelta(days=89 + 91)):
        assert app.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


# --- Revocation ---


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_a_revoked_token_takes_its_other_half_with_it(browser, app, which):
    tokens = connect(browser, app)
    assert app.revoke(tokens[which]).status_code == 200
    assert not works(app, tokens)
    assert app.refresh(tokens["refresh_token"]).status_code == 400
    assert app.revoke("never issued").status_code == 200


def test_an_app_revokes_only_its_own(browser, makers_browser, app):
    tokens = connect(browser, app)
    other = register(makers_browser)
    assert other.revoke(tokens["access_token"]).status_code == 200
    assert works(app, tokens)


def test_a_disconnected_app_is_out_at_once(browser, app):
    tokens = connect(browser, app)
    unused = allow(browser, app)
    [connected] = browser.get("/api/v1/connected-apps").json()["results"]
    answer = browser.send("DELETE", f"/api/v1/connected-apps/{connected['id']}")
    assert answer.status_code == 204
    assert not works(app, tokens)
    assert app.refresh(tokens["refresh_token"]).status_code == 400
    assert app.redeem(unused).status_code == 400
    assert not AccessToken.objects.exists()
    assert not RefreshToken.objects.exists()


def test_a_deleted_app_is_out_at_once(browser, makers_browser, app):
    tokens = connect(browser, app)
    stored = App.objects.get(client_id=app.client_id)
    assert makers_browser.send("DELETE", f"/api/v1/apps/{stored.id}").status_code == 204
    assert not works(app, tokens)
    assert app.refresh(tokens["refresh_token"]).status_code == 401
    assert browser.get(app.authorize_url()).status_code == 400
    assert browser.get("/api/v1/connected-apps").json()["results"] == []


# --- At rest ---


def test_nothing_that_opens_a_door_is_stored(browser, makers_browser):
    app = register(makers_browser, kind="confidential")
    tokens = connect(browser, app)
    stored = AccessToken.objects.values_list("token", flat=True)
    assert list(stored) == [""]
    assert list(RefreshToken.objects.values_list("token", flat=True)) == [""]
    assert tokens["access_token"] not in str(list(AccessToken.objects.values()))
    assert App.objects.get(client_id=app.client_id).client_secret.startswith("app_secret$")


# --- Garbage ---

GARBAGE = ["%00", "%zz", "%ED%A0%80", "%C3%A9", "é", "x" * 4000, "[]", "{}"]


def test_garbage_in_the_request_is_never_a_fault(browser, app):
    names = [
        "state",
        "nonce",
        "claims",
        "resource",
        "scope",
        "ui_locales",
        "prompt",
        "login_hint",
        "extra",
    ]
    for name, value in itertools.product(names, GARBAGE):
        answer = browser.get(app.authorize_url(**{name: None}) + f"&{name}={value}")
        assert answer.status_code < 500, (name, value)
        if answer.status_code == 200:
            assert browser.submit(answer, allow="true").status_code < 500, (name, value)


@pytest.mark.parametrize("part", ["redeem", "refresh", "revoke"])
def test_garbage_at_the_token_endpoint_is_never_a_fault(browser, app, part):
    tokens = connect(browser, app)
    code = allow(browser, app)
    names = "code refresh_token token client_id client_secret redirect_uri code_verifier scope"
    for name, value in itertools.product(names.split(), [unquote(v) for v in GARBAGE]):
        form = {
            "redeem": {"grant_type": "authorization_code", "code": code, "code_verifier": "x" * 43},
            "refresh": {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]},
            "revoke": {"token": "x"},
        }[part]
        path = "/o/revoke_token/" if part == "revoke" else "/o/token/"
        answer = app.http.post(path, {"client_id": app.client_id, **form, name: value})
        assert answer.status_code < 500, (name, value)
        tokens = answer.json() if b"refresh_token" in answer.content else tokens


@pytest.mark.parametrize("path", ["/o/token/", "/o/revoke_token/"])
def test_other_shapes_of_request_are_never_a_fault(client, path):
    assert client.get(path).status_code == 405
    assert client.post(path, b"{", content_type="application/json").status_code in {400, 401}
    assert client.post(path, b"%", content_type="text/plain").status_code in {400, 401}
    assert client.post(path + "?x=%zz", {"grant_type": "refresh_token"}).status_code in {400, 401}
    basic = {"Authorization": "Basic !!!"}
    assert client.post(path, {"grant_type": "x", "token": "x"}, headers=basic).status_code < 500


def test_a_public_app_with_a_made_up_secret_is_refused(browser, app):
    code = allow(browser, app)
    liar = RemoteApp(app.client_id, "made-up", verifier=app.verifier)
    assert liar.redeem(code).json()["error"] == "invalid_client"
