"""Header fields that stay on one line, whatever their length."""

import email.policy
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any, cast


class OneLine(UnstructuredHeader):
    """A field of ids and addresses: folded by the library, a long one becomes an encoded word.

    No mail program reads an address out of that (RFC 2047 §5 allows it in text only), and RFC 5322
    §2.1.1 lets a line be 998 characters long.
    """

    def fold(self, *, policy: Any) -> str:
        """Return the field as it goes out."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


def _policy() -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    for name in ("list-id", "list-unsubscribe", "in-reply-to", "references"):
        registry.map_to_type(name, cast("type[BaseHeader]", OneLine))
    return email.policy.SMTP.clone(header_factory=registry)


MAIL = _policy()
"""The policy that messages are made by."""
