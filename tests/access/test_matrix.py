"""Every route × every person, and every route × tokens that have no business there."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from backend.api.scopes import SCOPES, SESSION_ONLY
from tests.access.matrix import FORMS, MATRIX, PEOPLE, body_of
from tests.access.routes import routes, unscoped
from tests.factories import new_id

pytestmark = pytest.mark.django_db
ROUTES = {route.row: route for route in routes()}


def request(client, route, things, **extra):
    call = getattr(client, route.method.lower())
    if route.row in FORMS:
        extra["format"] = "multipart"
    response = call(route.url(things), body_of(route.row, things), **extra)
    if response.streaming:
        list(response.streaming_content)  # a file is closed at its end
    return response


def test_every_route_has_a_row_and_every_row_a_route():
    assert set(ROUTES) == set(MATRIX)


def test_every_view_declares_a_scope_that_exists():
    assert unscoped() == ["schema"]
    assert {route.scope for route in ROUTES.values()} <= {*SCOPES, SESSION_ONLY}


@pytest.mark.parametrize("row", MATRIX)
def test_who_may_do_what(row, cast, things, as_):
    expected = dict(zip(PEOPLE, map(int, MATRIX[row].split()), strict=True))
    found = {}
    for name in PEOPLE:
        person = getattr(cast, name, None)
        before = transaction.savepoint()
        found[name] = request(as_(person), ROUTES[row], things).status_code
        transaction.savepoint_rollback(before)
    assert found == expected


@pytest.fixture
def token(cast, things):
    """Return a function that makes a bearer token of the learner's with some scopes."""

    def make(scope="", *, days=1):
        secret = new_id()
        get_access_token_model().objects.create(
            user=cast.learner,
            application_id=things["app"],
            token=secret,
            scope=scope,
            expires=timezone.now() + dt.timedelta(days=days),
        )
        return {"Authorization": f"Bearer {secret}"}

    return make


@pytest.mark.parametrize("row", MATRIX)
def test_a_token_without_the_scope_is_refused_by_name(row, cast, things, as_, token):
    route = ROUTES[row]
    others = " ".join(scope for scope in SCOPES if scope != route.scope)
    for scope in ("", others):
        response = request(as_(None), route, things, headers=token(scope))
        assert response.status_code == 403
        assert response.json()["code"] == "insufficient-scope"
        assert response.json()["scope"] == route.scope
        assert route.scope in response["WWW-Authenticate"]


@pytest.mark.parametrize("row", MATRIX)
def test_a_token_with_the_scope_has_its_persons_right(row, cast, things, as_, token):
    route = ROUTES[row]
    if route.scope == SESSION_ONLY:
        return
    expected = int(MATRIX[row].split()[PEOPLE.index("learner")])
    response = request(as_(None), route, things, headers=token(route.scope))
    assert response.status_code == expected


@pytest.mark.parametrize("row", MATRIX)
def test_a_bad_token_is_401_even_beside_a_good_cookie(row, cast, things, as_, token):
    for headers in (
        {"Authorization": "Bearer garbage"},
        {"Authorization": "Basic YTpi"},
        token(" ".join(SCOPES), days=-1),
    ):
        response = request(as_(cast.learner), ROUTES[row], things, headers=headers)
        assert (response.status_code, response.json()["code"]) == (401, "bad-credential")
