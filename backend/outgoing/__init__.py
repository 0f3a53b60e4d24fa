"""The one way out to addresses that people typed: links, health URLs, webhooks, push.

Nothing else in Waymark opens a connection to an address from outside. What it guards against is
written down in docs/decisions/0067.
"""

from backend.outgoing.client import Answer, Client, Limits, Refusal, Trouble, Unreachable, client
from backend.outgoing.links import BadLink, Link, read_link

__all__ = [
    "Answer",
    "BadLink",
    "Client",
    "Limits",
    "Link",
    "Refusal",
    "Trouble",
    "Unreachable",
    "client",
    "read_link",
]
