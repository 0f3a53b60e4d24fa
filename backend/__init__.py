"""Waymark's wiring: settings, URLs, processes, and what every endpoint shares."""

# A task finds its broker only in a process that has loaded the app; the relay is one, too.
from backend.celery import app as celery_app

__all__ = ["celery_app"]
