"""The key by which push services know this installation, and keys of browsers."""

import base64
import binascii
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from notifications.models import PushKey

SCALAR_BYTES = 32
AUTH_BYTES = 16


def server_key(*, now: datetime) -> Vapid02:
    """Return our key: VAPID_PRIVATE_KEY, else the one in the database, made on first use."""
    raw = settings.VAPID_PRIVATE_KEY or _kept() or _made(now)
    return Vapid02.from_raw(raw.encode())


def public_key(key: Vapid02) -> str:
    """Return the public half as browsers take it for `applicationServerKey`: in base64url."""
    return encode(key.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def browser_key(p256dh: str) -> ec.EllipticCurvePublicKey:
    """Return a browser's public key; raise ValueError unless it is a point on P-256."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(p256dh))


def shared_secret(auth: str) -> bytes:
    """Return a browser's secret; raise ValueError unless it has 16 bytes."""
    secret = decode(auth)
    if len(secret) != AUTH_BYTES:
        raise ValueError("not 16 bytes")
    return secret


def encode(raw: bytes) -> str:
    """Return bytes in base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return the bytes of base64url, padded or not; raise ValueError for anything else."""
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, UnicodeEncodeError) as exc:
        raise ValueError(str(exc)) from None


def _kept() -> str | None:
    return PushKey.objects.values_list("private_key", flat=True).first()


def _made(now: datetime) -> str:
    """Make a key and keep it, unless another process was faster: then that one holds."""
    scalar = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    row = PushKey(private_key=encode(scalar.to_bytes(SCALAR_BYTES, "big")), created_at=now)
    PushKey.objects.bulk_create([row], ignore_conflicts=True)
    return PushKey.objects.values_list("private_key", flat=True).get()
