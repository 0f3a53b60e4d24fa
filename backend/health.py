"""Whether this process lives, may be sent requests, and whether work gets done.

`/health/live` says only that the process answers: what restarts it must not look further.
`/health/ready` also wants the database and its migrations: what sends requests here looks at it.
`/health/work` wants nothing due for longer than LATE_SECONDS: what wakes people up looks at it. It
is not part of ready, since a stopped worker is no reason to turn away every reader and writer.
A worker is judged by this and not by its process, which may be there and consume nothing.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg_pool import PoolTimeout

from backend.api.problems import problem_response

OldestDue = Callable[[datetime], datetime | None]
_queues: dict[str, OldestDue] = {}

_is_migrated = Event()
DATABASE_AWAY = (DatabaseError, InterfaceError, PoolTimeout)


def watch_queue(name: str, oldest_due: OldestDue) -> None:
    """Have a queue watched: `oldest_due(now)` returns since when its oldest due row is due.

    It is one cheap query over an index, and None with no such row. `name` is unique.
    """
    _queues[name] = oldest_due


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view gets one)
    """Answer 200: the process takes requests."""
    return JsonResponse({"status": "live"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view gets one)
    """Answer 200 with the age in seconds of each queue's oldest due row, or 503 and why."""
    try:
        missing = unapplied_migrations()
        ages = due_ages(timezone.now())
    except DATABASE_AWAY:
        return _unready("The database does not answer.", checks={"database": "away"})
    if missing:
        detail = f"{len(missing)} migrations are not applied: run `manage.py migrate`."
        return _unready(detail, checks={"database": "ok", "migrations": missing})
    checks = {"database": "ok", "migrations": "ok", "oldest_due_seconds": ages}
    return JsonResponse({"status": "ready", "checks": checks})


@require_safe
@never_cache
def work(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (every view gets one)
    """Answer 200 when nothing is late, else 503 with what is; ages are in seconds."""
    try:
        ages = due_ages(timezone.now())
    except DATABASE_AWAY:
        return _unready("The database does not answer.", checks={"database": "away"})
    late = sorted(name for name, age in ages.items() if age > settings.LATE_SECONDS)
    if late:
        detail = f"Late: {', '.join(late)}. Are the worker, the relay and the beat running?"
        return _unready(detail, code="late", checks={"oldest_due_seconds": ages})
    return JsonResponse({"status": "on time", "checks": {"oldest_due_seconds": ages}})


def due_ages(now: datetime) -> dict[str, float]:
    """For each queue, how many seconds its oldest due row has waited (0 with none)."""
    ages = {}
    for name, oldest_due in _queues.items():
        since = oldest_due(now)
        ages[name] = max(0.0, round((now - since).total_seconds(), 1)) if since else 0.0
    return ages


def unapplied_migrations() -> list[str]:
    """Names of the migrations that this code has and the database lacks.

    Looking through the files is slow, and once all are applied only another start brings more: from
    then on it only asks whether the database answers.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _is_migrated.is_set():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
        _is_migrated.set()
    return []


def _unready(detail: str, *, code: str = "not-ready", **members: object) -> HttpResponse:
    return problem_response(503, code, title="Not ready", detail=detail, **members)
