"""Who is asking: a bearer token first, then the session cookie."""

import hashlib
from typing import Any

from django.utils.translation import gettext
from oauth2_provider.models import get_access_token_model
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

CHALLENGE = 'Bearer realm="api"'


class BearerAuthentication(BaseAuthentication):
    """OAuth 2 bearer tokens (RFC 6750), in the Authorization header and nowhere else.

    A token that is expired, revoked or garbage is refused, even beside a good cookie: an app that
    sends one means it. Body and query string are not read, so nothing in them comes before this.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return (person, token), or None where no Authorization header was sent.

        Raises AuthenticationFailed for every header that is not a live token of an active person.
        """
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, raw = header.partition(" ")
        token = _find(raw.strip()) if scheme.lower() == "bearer" else None
        here = request.build_absolute_uri(request.path)
        if token is None or not token.user.is_active or not token.allows_audience(here):
            vars(request)["token_was_refused"] = True
            raise AuthenticationFailed(
                gettext("This token is expired, revoked or was never issued here.")
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401 (RFC 6750 §3), with an error if a token was refused."""
        refused = getattr(request, "token_was_refused", False)
        return f'{CHALLENGE}, error="invalid_token"' if refused else CHALLENGE


def _find(raw: str) -> Any:
    """Return the live token of a person, or None. Tokens are stored as their SHA-256."""
    checksum = hashlib.sha256(raw.encode("utf-8", "surrogateescape")).hexdigest()
    tokens = get_access_token_model().objects.select_related("user")
    token = tokens.filter(token_checksum=checksum, user__isnull=False).first()
    return None if token is None or token.is_expired() else token
