"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Inbox, mail and nudges."""

    name = "notifications"

    def ready(self) -> None:
        """Hear every event of the outbox, and have deliveries watched."""
        from backend import health  # noqa: PLC0415 (models are not ready before)
        from notifications.nudges.sooner import hear  # noqa: PLC0415
        from notifications.queries.oldest_due import oldest_due_delivery  # noqa: PLC0415
        from notifications.subscriber import tell  # noqa: PLC0415
        from progress import outbox  # noqa: PLC0415

        outbox.subscribe("notifications", tell)
        outbox.subscribe("appointments", hear)
        health.watch_queue("deliveries", oldest_due_delivery)
