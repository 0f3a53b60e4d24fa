"""What a push carries, and how it is sealed: pure but for the language that is active."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext as _
from py_vapid import Vapid02

from notifications.catalogue import Words
from notifications.models import Delivery, PushSubscription
from notifications.push.keys import browser_key, shared_secret

LONGEST_TITLE = 200
LONGEST_TOKEN_LIFE = timedelta(hours=12)
"""RFC 8292 §2 allows a day; services' clocks and ours differ."""
LONGEST_WAIT = timedelta(days=2)
"""How long a service keeps it for a browser that is away."""


def content(delivery: Delivery, words: Words, *, shows_content: bool) -> bytes:
    """Return what the browser reads, as JSON: `title`, `body`, `url` (a path), `tag`, `lang`.

    Without `shows_content` the words say only that there is something: a screen that is locked
    is read by whoever stands beside it.
    """
    title = words.title if shows_content else _("Something new on Waymark")
    said = {
        "title": title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…",
        "url": words.url,
        "tag": topic(delivery),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def sealed(text: bytes, subscription: PushSubscription) -> bytes:
    """Return `text` encrypted for a browser alone (RFC 8291), with a key made for this message.

    Raises ValueError for keys that are none.
    """
    return bytes(
        http_ece.encrypt(
            text,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=browser_key(subscription.p256dh),
            auth_secret=shared_secret(subscription.auth),
            version="aes128gcm",
        )
    )


def topic(delivery: Delivery) -> str:
    """Return what a message replaces an earlier one by (RFC 8030 §5.4): one a notification."""
    return (delivery.notification_id or delivery.pk).hex


def headers(
    delivery: Delivery, *, lasts: timedelta, authorization: Mapping[str, str]
) -> dict[str, str]:
    """Return the headers of a push (RFC 8030 §5); `lasts` is how long it is worth bringing."""
    seconds = int(max(timedelta(0), min(lasts, LONGEST_WAIT)).total_seconds())
    return {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(seconds),
        "Topic": topic(delivery),
        "Urgency": "low" if delivery.is_nudge else "normal",
        **authorization,
    }


def authorization(endpoint: str, key: Vapid02, *, contact: str, now: datetime) -> Mapping[str, str]:
    """Return the header that names us (RFC 8292); good for this push service, for some hours."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + LONGEST_TOKEN_LIFE).timestamp()),
        "sub": f"mailto:{contact}",
    }
    signed: Mapping[str, str] = key.sign(claims)
    return signed
