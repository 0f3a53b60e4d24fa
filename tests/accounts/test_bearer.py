"""Who is asking, when a token comes along."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from backend.api.scopes import SESSION_ONLY
from tests.accounts.journey import connect

pytestmark = pytest.mark.django_db
ME = "/api/v1/me"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def assert_refused(answer):
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "bad-credential"


@pytest.mark.parametrize(
    "header",
    [
        "Bearer garbage",
        "bearer garbage",
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer \x00",
        "Bearer é",
        "Basic d2Fsa2VyOnBhc3N3b3Jk",
        "Token garbage",
        "garbage",
    ],
)
def test_garbage_is_401_even_beside_a_good_cookie(browser, header):
    assert browser.get(ME).status_code == 200
    assert_refused(browser.get(ME, headers={"Authorization": header}))
    assert_refused(browser.get(ME + "?x=%zz", headers={"Authorization": header}))
    assert_refused(
        browser.generic("PATCH", ME, b"{", "application/json", headers={"Authorization": header})
    )


def test_an_expired_token_is_401(browser, app):
    token = connect(browser, app)["access_token"]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=14)):
        assert app.get(ME, token).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        assert_refused(app.get(ME, token))
        assert_refused(browser.get(ME, headers=bearer(token)))


def test_a_token_of_somebody_deactivated_is_401(browser, walker, app):
    token = connect(browser, app)["access_token"]
    walker.is_active = False
    walker.save()
    assert_refused(app.get(ME, token))
    assert browser.get(ME).status_code == 401


def test_without_anything_it_is_401_without_an_error(client):
    answer = client.get(ME)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["code"] == "not-signed-in"


def test_a_token_in_the_address_or_the_body_is_not_looked_at(browser, app):
    token = connect(browser, app)["access_token"]
    assert app.http.get(f"{ME}?access_token={token}").status_code == 401
    assert app.http.post(ME, {"access_token": token}).status_code == 401


def test_a_token_for_another_resource_is_401(browser, app):
    page = browser.get(app.authorize_url(resource="https://elsewhere.example/"))
    code = browser.submit(page, allow="true")["Location"].split("code=")[1].split("&")[0]
    assert_refused(app.get(ME, app.redeem(code).json()["access_token"]))


def test_a_token_needs_no_csrf_and_a_cookie_does(browser, walker, app):
    token = connect(browser, app)["access_token"]
    stored = get_access_token_model().objects.get()
    stored.scope = "profile:write"
    stored.save()
    body = b'{"name": "New Name"}'
    answer = app.http.generic("PATCH", ME, body, "application/json", headers=bearer(token))
    assert answer.status_code == 200
    answer = browser.generic("PATCH", ME, body, "application/json")
    assert answer.status_code == 403
    assert answer.json()["code"] == "forbidden"


def api_routes():
    """Every route of the API with its view."""

    def walk(patterns, prefix=""):
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield path, getattr(pattern.callback, "view_class", None)
            else:
                yield from walk(pattern.url_patterns, path)

    for path, view in walk(get_resolver().url_patterns):
        scopes = getattr(view, "scopes", None)
        if path.startswith("api/v1/") and scopes:
            yield from ((path, method, scope) for method, scope in scopes.items())


def test_a_token_with_no_scope_of_the_api_is_403_everywhere(browser, app):
    """What it lacks is named; for what apps never may, that is said."""
    token = connect(browser, app)["access_token"]
    get_access_token_model().objects.update(scope="")
    routes = list(api_routes())
    assert len(routes) > 5
    for path, method, scope in routes:
        filled = re.sub(r"<uuid:\w+>", "0190b7a0-0000-7000-8000-000000000000", path)
        filled = re.sub(r"<int:\w+>", "1", filled)
        filled = re.sub(r"<[^>]+>", "x", filled)
        answer = app.http.generic(
            method, "/" + filled, b"{}", "application/json", headers=bearer(token)
        )
        assert answer.status_code == 403, (method, path, answer.content)
        problem = answer.json()
        assert problem["code"] == "insufficient-scope"
        assert problem["scope"] == scope
        if scope == SESSION_ONLY:
            assert "sign in" in problem["detail"]
