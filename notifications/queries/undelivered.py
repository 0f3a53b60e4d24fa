"""What ended without arriving, for operators."""

from typing import Any

from django.db.models import QuerySet

from notifications.models import Delivery


def undelivered() -> "QuerySet[Any]":
    """Return failed and unconfirmed deliveries with the people they were for (one query)."""
    rows: QuerySet[Any] = Delivery.objects.undelivered().select_related("person")
    return rows.defer("message")
