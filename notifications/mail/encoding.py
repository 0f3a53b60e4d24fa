"""The same message for the wire, and for eyes."""

import email.policy
from email.message import EmailMessage

# RFC 5322 with CRLF; names and subjects encoded, since a server may not know SMTPUTF8.
WIRE = email.policy.SMTP.clone(cte_type="7bit")
# RFC 6532: headers and text as they are read.
READABLE = email.policy.default.clone(utf8=True, cte_type="8bit", max_line_length=0)


def for_the_wire(message: EmailMessage) -> bytes:
    """Return `message` as every SMTP server takes it: ASCII, lines under 998 bytes, CRLF."""
    _encode(message, "quoted-printable")
    return message.as_bytes(policy=WIRE)


def for_reading(message: EmailMessage) -> bytes:
    """Return `message` as a file that mail programs open and that people read: UTF-8 as it is."""
    _encode(message, "8bit")
    return message.as_bytes(policy=READABLE)


def _encode(message: EmailMessage, encoding: str) -> None:
    """Encode the text in place: a copy would cost as much as all the rest of making a mail."""
    for part in message.walk():
        if part.get_content_maintype() == "text" and not part.is_attachment():
            part.set_content(part.get_content(), subtype=part.get_content_subtype(), cte=encoding)
            if part is not message:
                del part["MIME-Version"]
