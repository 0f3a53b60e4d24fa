"""Client secrets at rest."""

import hashlib
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher
from django.utils.crypto import constant_time_compare


class SecretHasher(BasePasswordHasher):
    """Salted SHA-256, for client secrets only.

    A secret has 128 random characters, so there is nothing to guess, and no need for the slow hash
    of a password; with that, every token request would cost a third of a second of processor time.
    """

    algorithm = "app_secret"

    def encode(self, password: str, salt: str) -> str:
        """Return the stored form, `app_secret$salt$hash`."""
        digest = hashlib.sha256(f"{salt}{password}".encode()).hexdigest()
        return f"{self.algorithm}${salt}${digest}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return the parts of the stored form."""
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": digest}

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether `encoded` is the stored form of `password`."""
        return constant_time_compare(encoded, self.encode(password, self.decode(encoded)["salt"]))

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        """Return what may be shown of the stored form."""
        return {"algorithm": self.decode(encoded)["algorithm"]}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: there are no rounds to add."""
