"""How a message leaves: by SMTP, or into files. `notifications.way` has what can go wrong."""

from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings

from notifications.way import Commit


class Transport(Protocol):
    """A way out, open for a batch."""

    def __enter__(self) -> Self:
        """Get ready; connects when the first message is sent."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""

    def send(self, message: EmailMessage, *, address: str, commit: Commit) -> None:
        """Bring `message` to `address`; return once it is accepted, else raise one of the above."""


def configured() -> Transport:
    """Return the transport that the settings name: SMTP, or files where EMAIL_URL is not set."""
    from notifications.mail.files import Files  # noqa: PLC0415 (both modules import this one)
    from notifications.mail.smtp import Smtp  # noqa: PLC0415

    return Smtp.from_settings() if settings.EMAIL_URL else Files(settings.MAIL_DIR)
