"""Third-party apps (OAuth 2 clients) and who let them in.

Two of django-oauth-toolkit's models are ours: the app and the authorization code. Its tokens stay
as they are; docs/decisions/0030 says why.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from oauth2_provider.models import AbstractApplication, AbstractGrant

from backend.ids import uuid7


class App(AbstractApplication):  # type: ignore[misc]  # untyped library
    """A program of somebody's that people may let at their data; `user` is whoever registered it.

    What it may ever ask for is fixed when it is registered: another redirect URI or scope is
    another app, so what people agreed to can't change under them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    scopes = ArrayField(models.CharField(max_length=64))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(authorization_grant_type="authorization-code"),
                name="app_uses_codes_only",
            ),
            models.CheckConstraint(
                condition=Q(skip_authorization=False), name="app_asks_for_consent"
            ),
            models.CheckConstraint(
                condition=Q(hash_client_secret=True), name="app_secret_is_hashed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Return whether `uri` is registered, to the letter but for a loopback port."""
        try:
            return bool(super().redirect_uri_allowed(uri))
        except ValueError:  # no URI at all, such as https://host:port
            return False

    def get_allowed_schemes(self) -> list[str]:
        """Return the schemes to redirect to: https, and http, which only loopback can register."""
        return ["https", "http"]


class AuthorizationCode(AbstractGrant):  # type: ignore[misc]  # untyped library
    """A code on its way to being redeemed, within a minute and once.

    A redeemed one is kept until it would have expired: when it turns up again, what it yielded is
    revoked (RFC 6749 §4.1.2).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    redeemed_at = models.DateTimeField(null=True)
    token_family = models.UUIDField(null=True)

    def redeem(self, now: datetime) -> bool:
        """Mark this code as used; return False if somebody else was first, or it was withdrawn."""
        unused: Any = type(self).objects.filter(pk=self.pk, redeemed_at=None)
        return bool(unused.update(redeemed_at=now))


class ConnectedApp(models.Model):
    """That a person let an app in, and for what. Its row is the lock that all its tokens share."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connected_apps"
    )
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="connections")
    scopes = ArrayField(models.CharField(max_length=64))
    connected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "app"], name="connected_app_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.app_id} for {self.person_id}"
