"""What holds for every endpoint."""

import threading

import pytest
import time_machine
from django.db import OperationalError, connection

from progress.models import Enrollment, Invitation, LogEntry
from tests.factories import NOW, make_person, new_id

pytestmark = pytest.mark.django_db
INVITATION = {"email": "friend@example.org", "part": "mentor"}


def code(response):
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["type"] == f"/problems/{body['code']}"
    assert body["status"] == response.status_code
    return response.status_code, body["code"]


def test_errors_are_problems(as_, cast):
    anybody, me = as_(None), as_(cast.learner)
    assert code(anybody.get("/api/v1/me")) == (401, "not-signed-in")
    assert anybody.get("/api/v1/me")["WWW-Authenticate"].startswith("Bearer")
    assert code(me.get("/api/v1/nowhere")) == (404, "not-found")
    assert code(me.put("/api/v1/me", {})) == (405, "method-not-allowed")
    assert code(me.get(f"/api/v1/enrollments/{new_id()}/map")) == (404, "not-found")
    assert code(me.get("/api/v1/log-entries?cursor=nonsense")) == (404, "not-found")
    assert code(me.get("/api/v1/log-entries?enrollment=nonsense")) == (400, "invalid")
    assert code(me.get("/api/v1/pathways", headers={"Accept": "text/csv"})) == (
        406,
        "not-acceptable",
    )


@pytest.mark.parametrize(
    "query",
    ["learner__password__startswith=a", "enrolment=x", "page_size=9", "%00=1", "limit__gt=1"],
)
@pytest.mark.parametrize("path", ["enrollments", "log-entries", "review-queue", "pathways", "me"])
def test_a_parameter_that_is_not_there_is_an_error(as_, cast, path, query):
    answer = as_(cast.learner).get(f"/api/v1/{path}?{query}")
    assert code(answer) == (400, "unknown-field")
    assert "There is no parameter" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("me", {"name": 45}),
        ("me", {"name": True}),
        ("notification-preferences", {"weekly_cap": "4"}),
        ("notification-preferences", {"weekly_cap": True}),
        ("notification-preferences", {"nudges_by_email": "yes"}),
        ("notification-preferences", {"nudges_by_email": 0}),
    ],
)
def test_a_value_of_another_json_type_is_an_error(as_, cast, path, change):
    me = as_(cast.learner)
    before = me.get(f"/api/v1/{path}").json()
    answer = me.patch(f"/api/v1/{path}", change)
    assert code(answer) == (400, "invalid")
    assert answer.json()["errors"][0]["field"] == next(iter(change))
    assert me.get(f"/api/v1/{path}").json() == before


def test_texts_in_a_list_are_texts(as_, cast):
    app = {"name": "A", "redirect_uris": [7], "scopes": ["progress:read"], "kind": "public"}
    assert code(as_(cast.learner).post("/api/v1/apps", app)) == (400, "invalid")


def test_editions_of_no_pathway_are_not_found(as_):
    assert code(as_(None).get("/api/v1/pathways/nowhere/editions")) == (404, "not-found")


def test_a_problem_names_its_request(as_, cast):
    assert len(as_(cast.learner).get("/api/v1/nowhere").json()["request_id"]) == 36


def test_a_fault_of_ours_is_a_problem_too(as_, cast, monkeypatch):
    def broken(*_args, **_kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("progress.api.views.enrollments.learner_map", broken)
    client = as_(cast.learner)
    client.raise_request_exception = False
    response = client.get(f"/api/v1/enrollments/{cast.enrollment.pk}/map")
    assert code(response) == (500, "server-error")
    assert "ZeroDivision" not in response.content.decode()


def test_a_database_that_is_away_is_503(as_, cast, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("the server closed the connection unexpectedly")

    monkeypatch.setattr("progress.api.views.enrollments.learner_map", away)
    response = as_(cast.learner).get(f"/api/v1/enrollments/{cast.enrollment.pk}/map")
    assert code(response) == (503, "unavailable")
    assert response["Retry-After"] == "2"


def test_lists_come_in_pages_that_miss_nothing(as_, cast):
    LogEntry.objects.bulk_create(
        LogEntry(
            id=new_id(),
            enrollment=cast.enrollment,
            milestone_key="data-analysis",
            day=NOW.date(),
            time_zone="UTC",
            minutes=1,
            created_at=NOW,
        )
        for _ in range(25)
    )
    me, url, seen = as_(cast.learner), "/api/v1/log-entries?limit=10", []
    while url:
        response = me.get(url)
        seen += [row["id"] for row in response.json()["results"]]
        url = response.json()["next"]
        assert ('rel="next"' in response.get("Link", "")) is bool(url)
    assert len(seen) == len(set(seen)) == 25


def test_the_same_key_is_answered_once(as_, cast):
    me, key = as_(cast.learner), {"Idempotency-Key": new_id()}
    with time_machine.travel(NOW, tick=False):
        first = me.post("/api/v1/invitations", INVITATION, headers=key)
    again = me.post("/api/v1/invitations", INVITATION, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Invitation.objects.count() == 1
    other = me.post("/api/v1/invitations", {**INVITATION, "part": "learner"}, headers=key)
    assert code(other) == (422, "idempotency-key-reused")
    theirs = as_(cast.stranger).post("/api/v1/invitations", INVITATION, headers=key)
    assert theirs.status_code == 201
    assert Invitation.objects.count() == 2


def test_a_refused_request_leaves_its_key_free(as_, cast):
    me, key = as_(cast.learner), {"Idempotency-Key": new_id()}
    wrong = {**INVITATION, "part": "boss"}
    assert me.post("/api/v1/invitations", wrong, headers=key).status_code == 400
    assert me.post("/api/v1/invitations", INVITATION, headers=key).status_code == 201


def test_a_key_that_is_too_long(as_, cast):
    long = {"Idempotency-Key": "k" * 256}
    response = as_(cast.learner).post("/api/v1/invitations", INVITATION, headers=long)
    assert code(response) == (400, "idempotency-key-too-long")
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_key_in_flight(as_, monkeypatch):
    person = make_person()
    entered, leave = threading.Event(), threading.Event()
    from progress.api.views import invitations

    slow = invitations.invite_person

    def wait(**kwargs):
        entered.set()
        leave.wait(5)
        return slow(**kwargs)

    monkeypatch.setattr(invitations, "invite_person", wait)
    key, answers = {"Idempotency-Key": new_id()}, []

    def first():
        try:
            response = as_(person).post("/api/v1/invitations", INVITATION, headers=key)
            answers.append(response.status_code)
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert entered.wait(5)
    meanwhile = as_(person).post("/api/v1/invitations", INVITATION, headers=key)
    leave.set()
    thread.join()
    assert code(meanwhile) == (409, "idempotency-key-in-flight")
    assert int(meanwhile["Retry-After"]) >= 1
    assert answers == [201]
    assert Invitation.objects.count() == 1


def test_a_browser_needs_its_csrf_token(cast):
    from rest_framework.test import APIClient

    strict = APIClient(enforce_csrf_checks=True)
    strict.force_login(cast.learner)
    assert code(strict.post("/api/v1/invitations", INVITATION)) == (403, "forbidden")
    assert not Invitation.objects.exists()


def test_head_and_options(as_, cast):
    me = as_(cast.learner)
    assert me.head("/api/v1/me").status_code == 200
    assert me.options("/api/v1/me").status_code == 200
    assert Enrollment.objects.count() == 2
