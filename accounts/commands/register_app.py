"""Register a third-party app."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oauth2_provider.generators import generate_client_secret

from accounts.models import App, User
from backend.api.scopes import SCOPES
from backend.errors import Refused

MOST_APPS = 25


class TooManyApps(Refused):
    """One person has enough apps."""

    code = "too-many-apps"
    title = gettext_lazy("You have registered enough apps")


def register_app(
    *, owner: User, name: str, redirect_uris: Sequence[str], scopes: Sequence[str], kind: str
) -> tuple[App, str | None]:
    """Store a new app of `owner`; return it and its client secret, of which only a hash is kept.

    `redirect_uris` are valid (accounts.oauth.redirects), `kind` is `public` or `confidential`; of
    a public app the secret is None. Raises TooManyApps.
    """
    if App.objects.filter(user=owner).count() >= MOST_APPS:
        said = _("A person can register %(most)s apps. Delete one that is no longer used first.")
        raise TooManyApps(said % {"most": MOST_APPS})
    secret = generate_client_secret()
    app = App.objects.create(
        user=owner,
        name=name,
        redirect_uris=" ".join(dict.fromkeys(redirect_uris)),
        scopes=[scope for scope in SCOPES if scope in scopes],
        client_type=kind,
        client_secret=secret,
        authorization_grant_type=App.GRANT_AUTHORIZATION_CODE,
    )
    return app, secret if kind == App.CLIENT_CONFIDENTIAL else None
