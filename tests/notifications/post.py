"""Mail servers and a hand-driven transport for tests."""

import contextlib
import email
import email.policy
import socket
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from notifications.mail.way import Mail
from notifications.sending import send_due
from tests.notifications.acts import LATER


def send(transport, *, now=LATER, **options) -> int:
    """Send what is due at `now`."""
    with transport:
        return send_due(way=Mail(transport), clock=lambda: now, **options)


@dataclass
class Postbox:
    """A transport that keeps what it is given; `mishap` is called before or after the commit."""

    messages: list = field(default_factory=list)
    before_commit: object = None
    after_commit: object = None

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def send(self, message, *, address, commit):
        if self.before_commit:
            self.before_commit()
        commit()
        if self.after_commit:
            self.after_commit()
        self.messages.append((address, message))

    @property
    def last(self) -> EmailMessage:
        return self.messages[-1][1]


def text_of(message) -> str:
    """The text that is read where no HTML is shown."""
    return message.get_body(("plain",)).get_content()


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


class Sink:
    """What an aiosmtpd server does: it keeps mails, unless it was told to answer otherwise."""

    def __init__(self):
        self.received = []
        self.answers = {}
        self.hang_up_after_dot = False
        self.hang_up_at_rcpt = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.hang_up_at_rcpt:
            self.hang_up_at_rcpt -= 1
            server.transport.close()
            return "421 gone"
        answer = self.answers.get(address)
        if answer and not answer.startswith("data:"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.answers.get(envelope.rcpt_tos[0], "")
        if answer:
            return answer.removeprefix("data:")
        self.received.append((envelope.rcpt_tos[0], envelope.content))
        if self.hang_up_after_dot:
            server.transport.close()
        return "250 OK"

    @property
    def messages(self):
        parsed = (
            email.message_from_bytes(b, policy=email.policy.default) for _, b in self.received
        )
        return list(parsed)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def mail_server():
    """Run a real SMTP server; yield its sink and its port."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.factory = lambda: SMTP(sink, enable_SMTPUTF8=False, hostname="mx.test")
    controller.start()
    try:
        yield sink, controller.port
    finally:
        controller.stop()
