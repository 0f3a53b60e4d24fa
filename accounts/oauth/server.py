"""The authorization server: codes with PKCE by S256, and refresh tokens. Nothing else is wired."""

import re
from collections.abc import Callable
from typing import Any

from oauthlib.oauth2 import (
    AuthorizationCodeGrant,
    AuthorizationEndpoint,
    BearerToken,
    RefreshTokenGrant,
    ResourceEndpoint,
    RevocationEndpoint,
    TokenEndpoint,
)
from oauthlib.oauth2.rfc6749 import errors

S256_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class AuthorizationServer(
    AuthorizationEndpoint,  # type: ignore[misc]  # untyped library
    TokenEndpoint,  # type: ignore[misc]
    ResourceEndpoint,  # type: ignore[misc]
    RevocationEndpoint,  # type: ignore[misc]
):
    """oauthlib's endpoints with two grants: `authorization_code` and `refresh_token`.

    Implicit, password, client credentials and device grants are not switched off but absent.
    """

    def __init__(
        self,
        request_validator: Any,
        token_expires_in: int | None = None,
        token_generator: Callable[[Any], str] | None = None,
        refresh_token_generator: Callable[[Any], str] | None = None,
        **_: Any,
    ) -> None:
        code = AuthorizationCodeGrant(request_validator)
        code.custom_validators.pre_auth.append(require_s256)
        code.custom_validators.pre_token.append(require_verifier)
        refresh = RefreshTokenGrant(request_validator)
        bearer = BearerToken(
            request_validator, token_generator, token_expires_in, refresh_token_generator
        )
        AuthorizationEndpoint.__init__(
            self,
            default_response_type="code",
            response_types={"code": code},
            default_token_type=bearer,
        )
        TokenEndpoint.__init__(
            self,
            default_grant_type="authorization_code",
            grant_types={"authorization_code": code, "refresh_token": refresh},
            default_token_type=bearer,
        )
        ResourceEndpoint.__init__(self, "Bearer", {"Bearer": bearer})
        RevocationEndpoint.__init__(self, request_validator)


def require_s256(request: Any) -> dict[str, Any]:
    """Refuse an authorization request without an S256 challenge, before anybody is asked.

    RFC 7636 §4.3 would take a missing method for `plain`, and a plain challenge can be read off the
    address bar.
    """
    challenge = request.code_challenge
    if challenge is None:
        raise errors.MissingCodeChallengeError(request=request)
    if request.code_challenge_method != "S256" or not S256_CHALLENGE.fullmatch(challenge):
        raise errors.InvalidRequestError(
            description="code_challenge_method must be S256, with a challenge of 43 characters.",
            request=request,
        )
    return {}


def require_verifier(request: Any) -> None:
    """Refuse a token request whose verifier can't be one (RFC 7636 §4.1)."""
    if request.code_verifier is None:
        raise errors.MissingCodeVerifierError(request=request)
    if not VERIFIER.fullmatch(request.code_verifier):
        raise errors.InvalidGrantError(request=request)
