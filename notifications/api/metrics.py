"""`/metrics`, in Prometheus' text format: counts over tables, so every process says the same."""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.health import due_ages
from notifications.queries.ledger_counts import ledger_counts


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer the bearer of METRICS_TOKEN; without such a token set, there is no such page."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Ledger(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Ledger(Collector):
    """The gauges as of `now`."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def describe(self) -> Iterable[Metric]:
        """Return nothing: the names are known once the tables are read."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Read the tables, and yield a gauge for each thing worth an alarm or a graph."""
        counts = ledger_counts(now=self._now)
        yield _gauge(
            "waymark_oldest_due_seconds",
            "How long the oldest due row of each queue has waited.",
            ("queue",),
            {(name,): age for name, age in due_ages(self._now).items()},
        )
        yield _gauge(
            "waymark_deliveries_due",
            "Deliveries that are due now.",
            ("channel",),
            {(channel,): n for channel, n in counts.due.items()},
        )
        yield _gauge(
            "waymark_deliveries_last_day",
            "Deliveries made in the last 24 hours, by what became of them.",
            ("channel", "kind", "state"),
            counts.made,
        )
        yield _gauge(
            "waymark_deliveries_suppressed_last_day",
            "Deliveries made in the last 24 hours and not sent, by reason.",
            ("channel", "kind", "reason"),
            counts.suppressed,
        )
        yield _gauge(
            "waymark_deliveries_undelivered",
            "Deliveries that failed for good or that nobody confirmed, of any age.",
            ("channel", "state"),
            counts.undelivered,
        )


def _gauge(
    name: str,
    words: str,
    labels: tuple[str, ...],
    values: Mapping[Any, float],
) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, words, labels=labels)
    for key, value in values.items():
        gauge.add_metric(key, value)
    return gauge
