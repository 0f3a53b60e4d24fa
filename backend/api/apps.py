"""The app that holds what every endpoint shares."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Its only table is the answers kept for `Idempotency-Key`."""

    name = "backend.api"
    label = "api"
