"""Where django-oauth-toolkit asks, and where its answers are made to hold under concurrency."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from oauth2_provider.models import get_refresh_token_model
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.oauth2.rfc6749 import errors

from accounts.models import App, AuthorizationCode, ConnectedApp
from accounts.oauth.tokens import live_refresh_tokens

RefreshToken = get_refresh_token_model()


class ReplayedRefreshToken(Exception):
    """A refresh token came a second time while the first was being answered."""

    def __init__(self, token_family: UUID | None) -> None:
        super().__init__()
        self.token_family = token_family


class Validator(OAuth2Validator):  # type: ignore[misc]  # untyped library
    """The toolkit's validator, and on top of it:

    - no silent sign-in: `prompt=none` never gets a code (OpenID Connect Core §3.1.2.6);
    - a deactivated person's codes and refresh tokens are void;
    - tokens are made in one transaction that holds the row of the connection, so that a code or a
      refresh token yields tokens once, however many requests carry it, and none once disconnected;
    - a redeemed code that comes again revokes what it yielded.
    """

    def validate_silent_login(self, request: Any) -> bool:
        """Return False: nobody is signed in to an app without seeing the consent page."""
        return False

    def validate_silent_authorization(self, request: Any) -> bool:
        """Return False, for the same reason."""
        return False

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Return whether `code` can be redeemed by this app; if used, it takes its tokens along."""
        codes = AuthorizationCode.objects.select_related("user")
        grant = codes.filter(code=code, application=client).first()
        if grant is None:
            return False
        if grant.redeemed_at is not None:
            RefreshToken.revoke_family(grant.token_family)
            return False
        request.grant, request.user, request.scopes = grant, grant.user, grant.scope.split()
        return bool(grant.user.is_active and not grant.is_expired())

    def get_code_challenge(self, code: str, request: Any) -> str:
        """Return the challenge that came with the authorization request."""
        return str(request.grant.code_challenge)

    def get_code_challenge_method(self, code: str, request: Any) -> str:
        """Return its method, which is S256."""
        return str(request.grant.code_challenge_method)

    def confirm_redirect_uri(
        self,
        client_id: str,
        code: str,
        redirect_uri: str,
        client: Any,
        request: Any,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        """Return whether `redirect_uri` is the one of the authorization request."""
        return bool(request.grant.redirect_uri_allowed(redirect_uri))

    def validate_refresh_token(
        self, refresh_token: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Return whether `refresh_token` is live and the app's; if used, it takes all after it."""
        try:
            valid = super().validate_refresh_token(refresh_token, client, request, *args, **kwargs)
        except App.DoesNotExist:  # deleted since the token's row was read
            return False
        return bool(valid and request.user.is_active)

    def save_authorization_code(
        self, client_id: str, code: Any, request: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Store the code. OpenID Connect's additions are not spoken here and not stored."""
        request.nonce = request.claims = None
        super().save_authorization_code(client_id, code, request, *args, **kwargs)

    def invalidate_authorization_code(
        self, client_id: str, code: str, request: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Do nothing: the code was used up in the transaction that made its tokens."""

    def save_bearer_token(self, token: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """Store the new tokens; raise InvalidGrantError if code or refresh token is spent."""
        try:
            super().save_bearer_token(token, request, *args, **kwargs)
        except ReplayedRefreshToken as exc:  # out here, so that this is not rolled back
            RefreshToken.revoke_family(exc.token_family)
            raise errors.InvalidGrantError(request=request) from exc

    def _save_bearer_token(self, token: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """Store the new tokens, in the caller's transaction; lock app, connection, then grant."""
        if not _hold_app(request.client):
            raise errors.InvalidClientError(request=request)
        if request.grant_type == "authorization_code":
            self._redeem(token, request)
        else:
            self._rotate(token, request)

    def _redeem(self, token: Any, request: Any) -> None:
        _connect(request.user, request.client, token["scope"].split())
        if not request.grant.redeem(timezone.now()):
            raise errors.InvalidGrantError(request=request)
        request.token_family = None
        super()._save_bearer_token(token, request)
        request.grant.token_family = request.token_family
        request.grant.save(update_fields=["token_family"])

    def _rotate(self, token: Any, request: Any) -> None:
        connections = ConnectedApp.objects.select_for_update()
        if connections.filter(person=request.user, app=request.client).first() is None:
            raise errors.InvalidGrantError(request=request)
        old = request.refresh_token_instance
        if not RefreshToken.objects.filter(pk=old.pk, revoked=None).exists():
            raise ReplayedRefreshToken(old.token_family)
        super()._save_bearer_token(token, request)

    def _create_refresh_token(
        self, request: Any, refresh_token_code: str, access_token: Any, previous_refresh_token: Any
    ) -> Any:
        """Store and return a refresh token, noting its family for the code that began it."""
        made = super()._create_refresh_token(
            request, refresh_token_code, access_token, previous_refresh_token
        )
        request.token_family = made.token_family
        return made


def _hold_app(app: App) -> bool:
    """Keep `app` from being deleted until the transaction ends; return whether it is there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {App._meta.db_table} WHERE id = %s FOR KEY SHARE",  # noqa: S608 (a name)
            [app.pk],
        )
        return cursor.fetchone() is not None


def _connect(person: Any, app: App, scopes: list[str]) -> None:
    """Record that `person` let `app` in; several devices of theirs add up."""
    connected, is_new = ConnectedApp.objects.select_for_update().get_or_create(
        person=person, app=app, defaults={"scopes": scopes, "connected_at": timezone.now()}
    )
    if is_new:
        return
    if live_refresh_tokens(person, app).exists():
        connected.scopes = sorted({*connected.scopes, *scopes})
    else:
        connected.scopes = scopes
        connected.connected_at = timezone.now()
    connected.save(update_fields=["scopes", "connected_at"])
