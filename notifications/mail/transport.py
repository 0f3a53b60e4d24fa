"""How a message leaves, and the ways in which that can go wrong."""

from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings

Commit = Callable[[], None]
"""Called once, just before the byte after which the receiver has it all; may raise ClaimLost."""


class Refused(Exception):
    """The receiver refused this message for good (5xx)."""


class NotNow(Exception):
    """This message can't go now, but may later (4xx, a lost connection)."""


class Unreachable(Exception):
    """No message can go now: no connection, no encryption, no log-in."""


class Unconfirmed(Exception):
    """The whole message went out and nobody said whether it was accepted."""


class ClaimLost(Exception):
    """Another process has taken over; this one must not send."""


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
