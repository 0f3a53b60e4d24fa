"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Inbox, mail and nudges."""

    name = "notifications"

    def ready(self) -> None:
        """Hear every event of the outbox, and have deliveries watched."""
        from anymail.signals import tracking  # noqa: PLC0415 (models are not ready before)

        from backend import health  # noqa: PLC0415
        from notifications.api.mail_hooks import hear  # noqa: PLC0415
        from notifications.nudges.sooner import bring_forward  # noqa: PLC0415
        from notifications.queries.oldest_due import (  # noqa: PLC0415
            oldest_due_mail,
            oldest_due_push,
        )
        from notifications.subscriber import tell  # noqa: PLC0415
        from progress import outbox  # noqa: PLC0415

        outbox.subscribe("notifications", tell)
        outbox.subscribe("appointments", bring_forward)
        tracking.connect(hear, dispatch_uid="notifications")
        health.watch_queue("mail", oldest_due_mail)
        health.watch_queue("push", oldest_due_push)
