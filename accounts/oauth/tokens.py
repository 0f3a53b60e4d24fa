"""Which tokens of an app are alive."""

from typing import Any

from oauth2_provider.models import get_refresh_token_model

from accounts.models import App


def live_refresh_tokens(person: Any, app: App) -> Any:
    """Return the refresh tokens (a queryset) by which `app` still acts for `person`."""
    return get_refresh_token_model().objects.filter(
        user=person, application=app, revoked=None, access_token__isnull=False
    )
