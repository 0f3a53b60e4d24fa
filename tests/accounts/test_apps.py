"""`/apps` and `/connected-apps`."""

import pytest

from accounts.commands.register_app import MOST_APPS
from accounts.models import App
from tests.accounts.journey import CALLBACK, allow, connect, register
from tests.factories import make_person

pytestmark = pytest.mark.django_db
APPS = "/api/v1/apps"
BODY = {
    "name": "Trail Log",
    "redirect_uris": [CALLBACK],
    "scopes": ["progress:read", "profile:read"],
    "kind": "confidential",
}


def test_register_read_list_delete(makers_browser):
    answer = makers_browser.send("POST", APPS, BODY)
    assert answer.status_code == 201
    made = answer.json()
    stored = App.objects.get()
    assert made == {
        "id": str(stored.id),
        "client_id": stored.client_id,
        "client_secret": made["client_secret"],
        "name": "Trail Log",
        "redirect_uris": [CALLBACK],
        "scopes": ["profile:read", "progress:read"],
        "kind": "confidential",
        "created_at": made["created_at"],
    }
    assert stored.id.version == 7
    assert len(made["client_secret"]) == 128
    assert made["created_at"].endswith("Z")
    shown = {k: v for k, v in made.items() if k != "client_secret"}
    assert makers_browser.get(f"{APPS}/{stored.id}").json() == shown
    assert makers_browser.get(APPS).json() == {"results": [shown], "next": None, "previous": None}
    assert makers_browser.send("DELETE", f"{APPS}/{stored.id}").status_code == 204
    assert makers_browser.get(f"{APPS}/{stored.id}").status_code == 404
    assert makers_browser.send("DELETE", f"{APPS}/{stored.id}").status_code == 404


def test_a_public_app_has_no_secret(makers_browser):
    answer = makers_browser.send("POST", APPS, {**BODY, "kind": "public"})
    assert answer.json()["client_secret"] is None


def test_a_secret_is_not_kept_for_a_replay(makers_browser):
    first = makers_browser.send("POST", APPS, BODY, **{"Idempotency-Key": "one"}).json()
    again = makers_browser.send("POST", APPS, BODY, **{"Idempotency-Key": "one"})
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == {**first, "client_secret": None}
    assert App.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"redirect_uris": ["http://app.example/cb"]}, "redirect_uris.0", "redirect-http"),
        ({"redirect_uris": ["http://127.0.0.1.evil.example/"]}, "redirect_uris.0", "redirect-http"),
        ({"redirect_uris": ["http://10.0.0.1/cb"]}, "redirect_uris.0", "redirect-http"),
        ({"redirect_uris": [CALLBACK, "com.app:/cb"]}, "redirect_uris.1", "redirect-scheme"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "redirect_uris.0", "redirect-scheme"),
        ({"redirect_uris": ["/callback"]}, "redirect_uris.0", "redirect-scheme"),
        ({"redirect_uris": ["https://*.example/cb"]}, "redirect_uris.0", "redirect-wildcard"),
        ({"redirect_uris": ["https://a@b.example/"]}, "redirect_uris.0", "redirect-user-info"),
        ({"redirect_uris": ["https://a.example/#x"]}, "redirect_uris.0", "redirect-fragment"),
        ({"redirect_uris": ["https://a.example/#"]}, "redirect_uris.0", "redirect-fragment"),
        ({"redirect_uris": ["https:///cb"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://a.example:99999/"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://[::1/"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://a.example/ b"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://a.example/\\b"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://a.example;script-src/"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://ä.example/"]}, "redirect_uris.0", "not-a-uri"),
        ({"redirect_uris": ["https://a.example/" + "x" * 2000]}, "redirect_uris.0", "max_length"),
        ({"redirect_uris": [CALLBACK] * 11}, "redirect_uris", "max_length"),
        ({"redirect_uris": []}, "redirect_uris", "empty"),
        ({"redirect_uris": CALLBACK}, "redirect_uris", "not_a_list"),
        ({"scopes": ["progress:read", "world:rule"]}, "scopes.1", "invalid_choice"),
        ({"scopes": []}, "scopes", "empty"),
        ({"name": ""}, "name", "blank"),
        ({"name": "a\r\nBcc: b"}, "name", "control-character"),
        ({"name": "Way\u202emark"}, "name", "control-character"),
        ({"name": "x" * 81}, "name", "max_length"),
        ({"kind": "secret"}, "kind", "invalid_choice"),
        ({"client_id": "mine"}, "client_id", "unknown-field"),
        ({"skip_authorization": True}, "skip_authorization", "unknown-field"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(makers_browser, change, field, code):
    answer = makers_browser.send("POST", APPS, {**BODY, **change})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert (error["field"], error["code"]) == (field, code)
    assert not App.objects.exists()


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example",
        "https://app.example:8443/a/b?c=d",
        "http://localhost:5173/callback",
        "http://127.0.0.1/",
        "http://[::1]:9000/cb",
    ],
)
def test_addresses_that_will_do(makers_browser, uri):
    answer = makers_browser.send("POST", APPS, {**BODY, "redirect_uris": [uri, uri]})
    assert answer.status_code == 201
    assert answer.json()["redirect_uris"] == [uri]


def test_there_is_a_limit(makers_browser, maker):
    for _ in range(MOST_APPS):
        register(makers_browser)
    answer = makers_browser.send("POST", APPS, BODY)
    assert answer.status_code == 422
    assert answer.json()["code"] == "too-many-apps"


def test_others_see_nothing_of_it(makers_browser, browser, walker, app, as_):
    made = App.objects.get()
    tokens = connect(browser, app)
    [connected] = browser.get("/api/v1/connected-apps").json()["results"]
    where, link = f"{APPS}/{made.id}", f"/api/v1/connected-apps/{connected['id']}"
    other, admin = as_(walker), as_(make_person("Ann Admin", is_staff=True))
    assert other.get(where).status_code == 404
    assert other.delete(where).status_code == 404
    assert admin.get(where).status_code == 200  # who can stop a rogue one
    assert makers_browser.send("DELETE", link).status_code == 404
    assert as_(None).get(where).status_code == 401
    assert as_(None).delete(link).status_code == 401
    assert app.get("/api/v1/me", tokens["access_token"]).status_code == 200


def test_apps_are_not_for_apps(browser, makers_browser, app):
    tokens = connect(browser, app)
    for path in (APPS, "/api/v1/connected-apps"):
        answer = app.get(path, tokens["access_token"])
        assert answer.status_code == 403
        assert answer.json()["code"] == "insufficient-scope"


def test_connected_apps_tell_what_was_allowed(browser, app, makers_browser):
    connect(browser, app, "progress:read")
    connect(browser, app, "profile:read")
    tokens = connect(browser, register(makers_browser, name="Other"), "profile:read")
    results = browser.get("/api/v1/connected-apps").json()["results"]
    assert [(r["app"], r["scopes"]) for r in results] == [
        ({"name": "Other"}, ["profile:read"]),
        ({"name": "Trail Log"}, ["profile:read", "progress:read"]),
    ]
    assert set(results[0]) == {"id", "app", "scopes", "connected_at"}
    assert makers_browser.get("/api/v1/connected-apps").json()["results"] == []
    assert tokens["access_token"]


def test_an_app_that_signed_itself_out_is_not_connected(browser, app):
    tokens = connect(browser, app, "progress:read")
    app.revoke(tokens["refresh_token"])
    assert browser.get("/api/v1/connected-apps").json()["results"] == []
    connect(browser, app, "profile:read")
    [again] = browser.get("/api/v1/connected-apps").json()["results"]
    assert again["scopes"] == ["profile:read"]


@pytest.mark.parametrize("how_many", [1, 5])
def test_lists_cost_the_same_for_one_and_for_many(
    how_many, makers_browser, browser, django_assert_num_queries
):
    for n in range(how_many):
        connect(browser, register(makers_browser, name=f"App {n}"))
    with django_assert_num_queries(3):  # the session, the person, the rows
        assert len(makers_browser.get(APPS).json()["results"]) == how_many
    with django_assert_num_queries(3):
        assert len(browser.get("/api/v1/connected-apps").json()["results"]) == how_many


def test_query_counts_of_oauth(makers_browser, browser, app, django_assert_num_queries):
    tokens = connect(browser, app)
    with django_assert_num_queries(1):  # the token with its person
        app.get("/api/v1/me", tokens["access_token"])
    code = allow(browser, app)
    with django_assert_num_queries(14):
        assert app.redeem(code).status_code == 200
    with django_assert_num_queries(21):
        assert app.refresh(tokens["refresh_token"]).status_code == 200
