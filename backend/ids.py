"""Identifiers."""

import uuid

from uuid_utils import compat


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7 (RFC 9562 §5.7): unique, and increasing with the clock.

    New rows then land at the end of an index instead of all over it.
    """
    return compat.uuid7()
