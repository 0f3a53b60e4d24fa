"""The progress app."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Pathways, enrollments, the log, evidence, mentorship and reviews."""

    name = "progress"

    def ready(self) -> None:
        """Have undelivered events watched."""
        from backend import health  # noqa: PLC0415 (models can be imported only now)
        from progress import outbox  # noqa: PLC0415
        from progress.queries.checks_due import oldest_overdue  # noqa: PLC0415

        health.watch_queue("events", outbox.oldest_due)
        health.watch_queue("checks", oldest_overdue)
