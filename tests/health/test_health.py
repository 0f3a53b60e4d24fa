"""What monitors and load balancers are told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backend import health
from backend.ids import uuid7
from progress.models.outbox import OutboxEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_migrations() -> Iterator[None]:
    health._is_migrated.clear()
    yield
    health._is_migrated.clear()


def due(since: datetime) -> None:
    OutboxEvent.objects.create(
        type="log_entry.recorded.v1", occurred_at=since, subject_id=uuid7(), due_at=since
    )


def test_live_asks_nobody(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"status": "live"})
    assert "no-store" in response["Cache-Control"]


def test_ready_says_how_old_the_oldest_due_row_is(client: Client) -> None:
    due(timezone.now() - timedelta(seconds=90))
    response = client.get("/health/ready")
    assert response.status_code == 200
    checks = response.json()["checks"]
    assert (checks["database"], checks["migrations"]) == ("ok", "ok")
    assert 90 <= checks["oldest_due_seconds"]["events"] < 100


def test_ready_is_503_while_migrations_are_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'progress'")
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not-ready"
    assert "progress.0001_initial" in response.json()["checks"]["migrations"]


def test_ready_is_503_while_the_database_is_away(client: Client) -> None:
    with mock.patch.object(health, "unapplied_migrations", side_effect=OperationalError):
        response = client.get("/health/ready")
    assert (response.status_code, response.json()["checks"]) == (503, {"database": "away"})
    assert int(response["Retry-After"]) > 0


def test_ready_looks_through_migrations_only_until_all_are_applied(
    client: Client,
) -> None:
    def looks() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/health/ready").status_code == 200
        return sum("django_migrations" in query["sql"] for query in queries)

    assert looks() > 0
    assert looks() == 0


def test_work_is_503_when_something_is_late_and_ready_is_not(client: Client, settings) -> None:
    assert client.get("/health/work").status_code == 200
    due(timezone.now() - timedelta(seconds=settings.LATE_SECONDS + 1))
    response = client.get("/health/work")
    assert (response.status_code, response.json()["code"]) == (503, "late")
    assert "events" in response.json()["detail"]
    assert client.get("/health/ready").status_code == 200


def test_events_deliveries_and_checks_are_watched(client: Client) -> None:
    ages = client.get("/health/ready").json()["checks"]["oldest_due_seconds"]
    assert ages == {"events": 0, "mail": 0, "push": 0, "checks": 0}


def test_a_delivered_or_future_row_is_not_late(client: Client) -> None:
    due(timezone.now() + timedelta(hours=1))
    due(timezone.now() - timedelta(hours=1))
    OutboxEvent.objects.filter(due_at__lt=timezone.now()).update(delivered_at=timezone.now())
    assert client.get("/health/work").json()["checks"]["oldest_due_seconds"]["events"] == 0


def test_health_takes_no_writes(client: Client) -> None:
    for name in ("live", "ready", "work"):
        assert client.post(f"/health/{name}").status_code == 405
