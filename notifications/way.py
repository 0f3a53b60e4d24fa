"""How a delivery leaves over its channel, and the ways in which that can go wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from notifications.models import Channel, Delivery

Commit = Callable[[], None]
"""Called once, just before the byte after which the receiver has it all; may raise ClaimLost."""


class Refused(Exception):
    """The receiver refused this message for good."""


class NoSuchMailbox(Refused):
    """The receiver's server says that there is nobody at this address."""


class NotNow(Exception):
    """This message can't go now, but may later: not before `wait` is over, if the other end asks
    for so much patience.
    """

    def __init__(self, said: str, *, wait: timedelta | None = None) -> None:
        super().__init__(said)
        self.wait = wait


class Undeliverable(Exception):
    """There is nobody at the other end any more. No fault; its text is the label of the reason."""


class Unreachable(Exception):
    """No message can go this way now: no connection, no encryption, no log-in."""


class Unconfirmed(Exception):
    """The whole message went out and nobody said whether it was accepted."""


class ClaimLost(Exception):
    """Another process has taken over; this one must not send."""


class Way(Protocol):
    """The way out of one channel, open for a batch."""

    channel: ClassVar[Channel]

    def bring(self, delivery: Delivery, *, commit: Commit, now: datetime) -> str:
        """Bring a claimed delivery to its receiver; return the address that it went to.

        Returns once it is accepted, else raises one of the above.
        """
