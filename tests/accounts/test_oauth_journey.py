"""A third-party app, from its registration to the data it was let at."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from tests.accounts.journey import RemoteApp, allow, connect, register, sent_back
from tests.factories import NOW, make_enrollment, new_id

pytestmark = pytest.mark.django_db


def test_an_app_is_let_in_and_reads_the_profile(browser, walker, app):
    page = browser.get(app.authorize_url("profile:read progress:read"))
    text = page.content.decode()
    assert "Trail Log" in text
    assert "Mo Maker" in text
    assert "app.example" in text
    assert walker.email in text
    assert "See your name, email address, time zone and language" in text
    assert "See your enrollments" in text

    back = browser.submit(page, allow="true")
    assert back["Location"].startswith("https://app.example/callback?")
    received = sent_back(back)
    assert received["state"] == "s t/ate"
    assert received["iss"] == "http://localhost:8000"

    answer = app.redeem(received["code"])
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    tokens = answer.json()
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 900
    assert tokens["scope"] == "profile:read progress:read"

    me = app.get("/api/v1/me", tokens["access_token"])
    assert me.status_code == 200
    assert me.json()["id"] == str(walker.id)


def test_without_the_scope_it_is_refused_by_name(browser, app):
    tokens = connect(browser, app, "progress:read")
    answer = app.get("/api/v1/me", tokens["access_token"])
    assert answer.status_code == 403
    assert answer.json()["code"] == "insufficient-scope"
    assert answer.json()["scope"] == "profile:read"
    assert 'scope="profile:read"' in answer["WWW-Authenticate"]


def test_a_person_may_say_no(browser, app):
    page = browser.get(app.authorize_url())
    back = browser.submit(page)
    assert back["Location"].startswith("https://app.example/callback?")
    received = sent_back(back)
    assert received["error"] == "access_denied"
    assert received["state"] == "s t/ate"
    assert received["iss"] == "http://localhost:8000"


def test_somebody_not_signed_in_signs_in_first_and_comes_back(app):
    url = app.authorize_url()
    answer = Client().get(url)
    assert answer.status_code == 302
    where = urlsplit(answer["Location"])
    assert (where.netloc, where.path) == ("", "/sign-in")
    assert parse_qs(where.query)["next"] == [url]


def test_a_confidential_app_needs_its_secret(browser, makers_browser):
    app = register(makers_browser, kind="confidential")
    assert app.client_secret is not None
    code = allow(browser, app)
    impostor = RemoteApp(app.client_id, None, verifier=app.verifier)
    assert impostor.redeem(code).status_code == 401
    assert RemoteApp(app.client_id, "wrong", verifier=app.verifier).redeem(code).status_code == 401
    assert app.redeem(code).status_code == 200


def test_tokens_are_refreshed_and_rotate(browser, app):
    first = connect(browser, app)
    second = app.refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["scope"] == "profile:read"
    assert app.get("/api/v1/me", second["access_token"]).status_code == 200
    assert app.get("/api/v1/me", first["access_token"]).status_code == 401


def test_a_loopback_app_may_listen_on_any_port(browser, makers_browser):
    app = register(makers_browser, redirect_uris=["http://127.0.0.1/callback"])
    app.redirect_uri = "http://127.0.0.1:51234/callback"
    page = browser.get(app.authorize_url())
    assert "an app on this device" in page.content.decode()
    assert "form-action 'self' http://127.0.0.1:51234" in page["Content-Security-Policy"]
    back = browser.submit(page, allow="true")
    assert back["Location"].startswith("http://127.0.0.1:51234/callback?")
    assert app.redeem(sent_back(back)["code"]).status_code == 200


def test_the_consent_page_is_shut_in(browser, app):
    page = browser.get(app.authorize_url())
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' https://app.example" in policy
    assert "unsafe" not in policy
    assert page["X-Frame-Options"] == "DENY"
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert "<script" not in text
    assert "style=" not in text


def test_names_are_text(browser, makers_browser):
    app = register(makers_browser, name='<img src=x onerror="alert(1)">')
    text = browser.get(app.authorize_url()).content.decode()
    assert "<img" not in text
    assert "&lt;img" in text


def test_the_metadata_says_what_there_is(client):
    answer = client.get("/.well-known/oauth-authorization-server")
    assert answer.status_code == 200
    metadata = answer.json()
    assert metadata["issuer"] == "http://localhost:8000"
    assert metadata["authorization_endpoint"] == "http://localhost:8000/o/authorize/"
    assert metadata["token_endpoint"] == "http://localhost:8000/o/token/"
    assert metadata["revocation_endpoint"] == "http://localhost:8000/o/revoke_token/"
    assert metadata["response_types_supported"] == ["code"]
    assert metadata["grant_types_supported"] == ["authorization_code", "refresh_token"]
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    assert "progress:write" in metadata["scopes_supported"]
    resource = client.get("/.well-known/oauth-protected-resource").json()
    assert resource["resource"] == "http://localhost:8000"
    assert resource["authorization_servers"] == ["http://localhost:8000"]
    assert client.get("/.well-known/openid-configuration").status_code == 404


@pytest.mark.parametrize("path", ["/o/token/", "/api/v1/me"])
def test_other_peoples_pages_may_call_without_cookies(client, path):
    preflight = client.options(
        path,
        headers={
            "Origin": "https://app.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
        },
    )
    assert preflight.status_code == 200
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert "idempotency-key" in preflight["Access-Control-Allow-Headers"]
    answer = client.get(path, headers={"Origin": "https://app.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("path", ["/o/authorize/", "/_allauth/browser/v1/config", "/"])
def test_pages_and_sign_in_are_for_this_origin_only(client, path):
    answer = client.get(path, headers={"Origin": "https://app.example"})
    assert "Access-Control-Allow-Origin" not in answer


def test_it_reads_the_map_and_logs_an_entry_within_its_scopes(browser, walker, makers_browser):
    enrollment = make_enrollment(walker)
    app = register(makers_browser, scopes=["progress:read", "progress:write", "reviews:read"])
    entry = {
        "id": new_id(),
        "enrollment_id": str(enrollment.id),
        "milestone_key": "python-programming",
        "day": "2026-11-22",
        "minutes": 45,
        "note": "From the trail app",
    }
    way = f"/api/v1/enrollments/{enrollment.id}/map"

    with time_machine.travel(NOW, tick=False):
        reader = connect(browser, app, "progress:read")["access_token"]
        answer = app.get(way, reader)
        assert answer.status_code == 200
        assert answer.json()["stages"]
        answer = app.post("/api/v1/log-entries", reader, entry)
        assert answer.status_code == 403
        assert answer.json()["code"] == "insufficient-scope"
        assert answer.json()["scope"] == "progress:write"

        writer = connect(browser, app, "progress:write")["access_token"]
        answer = app.get(way, writer)
        assert answer.status_code == 403
        assert answer.json()["scope"] == "progress:read"
        answer = app.post("/api/v1/log-entries", writer, entry)
        assert answer.status_code == 201, answer.content
        assert answer.json()["minutes"] == 45
        assert app.post("/api/v1/log-entries", writer, entry).status_code == 200
        assert app.post("/api/v1/submissions", writer, {}).json()["scope"] == "reviews:write"

        mine = browser.get(f"/api/v1/log-entries?enrollment={enrollment.id}").json()
    assert [e["id"] for e in mine["results"]] == [entry["id"]]


def test_an_app_has_its_persons_right_and_no_more(browser, makers_browser):
    somebodys = make_enrollment()
    app = register(makers_browser)
    token = connect(browser, app, "progress:read")["access_token"]
    assert app.get(f"/api/v1/enrollments/{somebodys.id}/map", token).status_code == 404
