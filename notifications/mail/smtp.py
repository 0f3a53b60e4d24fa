"""SMTP (RFC 5321), with a mark set just before the final dot.

A server has a message from the moment it reads the line with the single dot. Up to there a crash
means that nothing was sent; from there on only the server knows until its answer has come. So the
dot is sent by itself, after `commit` has recorded that it will be. smtplib sends body and dot in
one go, hence the dialogue here; smtplib still does connection, encryption, log-in and replies.
"""

import contextlib
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from django.conf import settings

from notifications.mail.encoding import for_the_wire
from notifications.mail.identity import sender
from notifications.way import (
    Commit,
    NoSuchMailbox,
    NotNow,
    Refused,
    Unconfirmed,
    Unreachable,
)

TIMEOUT_SECONDS = 10.0
"""For connecting, and for each answer."""

START_INPUT = 354
CLOSING = 421
NO_MAILBOX = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
"""Enhanced codes: bad mailbox, domain or syntax, one that moved, a null MX, one switched off."""
NO_MAILBOX_WORDS = re.compile(
    r"\b(?:no such|unknown|invalid|unrouteable)\b.*\b(?:user|mailbox|recipient|address|account)\b"
    r"|\b(?:user|mailbox|recipient|address|account)\b.*\b(?:unknown|not found|does ?n[o']t exist"
    r"|does not exist|disabled)\b",
    re.IGNORECASE,
)
OK = range(200, 300)
FOR_GOOD = 500


@dataclass
class Smtp:
    """A server, and the connection to it while a batch is sent."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False
    """Encrypted from the first byte (port 465)."""
    timeout: float = TIMEOUT_SECONDS

    def __post_init__(self) -> None:
        self._connection: smtplib.SMTP | None = None

    @classmethod
    def from_settings(cls) -> Self:
        """Return the server that EMAIL_URL names."""
        return cls(
            host=settings.EMAIL_HOST,
            port=settings.EMAIL_PORT,
            user=settings.EMAIL_HOST_USER,
            password=settings.EMAIL_HOST_PASSWORD,
            starttls=settings.EMAIL_USE_TLS,
            tls=settings.EMAIL_USE_SSL,
        )

    def __enter__(self) -> Self:
        """Connect later, with the first message."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye; a server that is gone is not worth an error."""
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
        self._hang_up()

    def send(self, message: EmailMessage, *, address: str, commit: Commit) -> None:
        """Bring `message` to `address`. Raises Refused, NotNow, Unreachable, Unconfirmed, and what
        `commit` raises."""
        body = _dot_stuffed(for_the_wire(message))
        is_reused = self._connection is not None
        try:
            self._offer(address, body)
        except (smtplib.SMTPServerDisconnected, OSError) as exc:
            self._hang_up()
            if not is_reused:
                raise NotNow(f"The connection was lost: {exc}") from exc
            # Servers close connections that were idle or carried many messages: not a fault.
            self.send(message, address=address, commit=commit)
            return
        self._finish(commit)

    def _offer(self, address: str, body: bytes) -> None:
        """Do everything up to the final dot."""
        connection = self._connected()
        self._expect(connection.docmd("MAIL", f"FROM:<{sender().addr_spec}>"), OK)
        try:
            self._expect(connection.docmd("RCPT", f"TO:<{address}>"), OK)
        except Refused as exc:
            raise (NoSuchMailbox if says_no_mailbox(str(exc)) else Refused)(str(exc)) from exc
        self._expect(connection.docmd("DATA"), range(START_INPUT, START_INPUT + 1))
        connection.send(body)

    def _finish(self, commit: Commit) -> None:
        """Send the final dot and wait for the answer that makes it the server's."""
        connection = self._connected()
        try:
            commit()
        except BaseException:
            self._hang_up()  # without the dot the server throws the message away
            raise
        try:
            connection.send(b".\r\n")
            answer = connection.getreply()
        except (smtplib.SMTPException, OSError) as exc:
            self._hang_up()
            raise Unconfirmed(f"No answer after the message: {exc}") from exc
        self._expect(answer, OK)

    def _expect(self, answer: tuple[int, bytes], wanted: range) -> None:
        code, words = answer
        if code in wanted:
            return
        said = f"{code} {words.decode('utf-8', 'replace')}"
        if code == CLOSING:
            self._hang_up()
        elif self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.docmd("RSET")
        raise (Refused if code >= FOR_GOOD else NotNow)(said)

    def _connected(self) -> smtplib.SMTP:
        """Return the connection; make it, where there is none. Raises Unreachable.

        Whatever goes wrong here is about the server or our log-in, not about a message, so even
        a 5xx fails no message.
        """
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (smtplib.SMTPException, OSError) as exc:
                raise Unreachable(f"{self.host}:{self.port}: {exc}") from exc
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        connection = (
            smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
            if self.tls
            else smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        )
        # The dot goes out by itself; Nagle's algorithm would hold it back until the server has
        # acknowledged the message, which it puts off for 40 ms (RFC 1122 §4.2.3.2 and .4).
        if connection.sock is not None:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            connection.ehlo_or_helo_if_needed()
            if self.starttls:
                connection.starttls(context=context)
            if self.user:
                connection.login(self.user, self.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def says_no_mailbox(said: str) -> bool:
    """Return whether a 5xx answer to RCPT is about the mailbox, and not about us or our mail.

    Where it has an enhanced code (RFC 3463 §3.2, §3.3) that decides. Without one a server that
    says 550 may mean a policy as well (RFC 5321 §4.2.3), so its words have to say it.
    """
    enhanced = re.match(r"5\d\d[ -]5\.(\d{1,3}\.\d{1,3})\b", said)
    if enhanced:
        return enhanced[1] in NO_MAILBOX
    return said[:3] in {"550", "551", "553"} and NO_MAILBOX_WORDS.search(said) is not None


def _dot_stuffed(body: bytes) -> bytes:
    """Return `body` with a dot before each line that begins with one (RFC 5321 §4.5.2)."""
    if not body.endswith(b"\r\n"):
        body += b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", body)
