"""What an app may ask for."""

from collections.abc import Mapping
from typing import Any

from oauth2_provider.scopes import BaseScopes

from backend.api.scopes import SCOPES


class AppScopes(BaseScopes):  # type: ignore[misc]  # untyped library
    """The scopes of the API; for an app, those it registered.

    A request that names none means all of them; the consent page lists what that is.
    """

    def get_all_scopes(self) -> Mapping[str, object]:
        """Return every scope with what it means, in words."""
        return SCOPES

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """Return the scopes that `application` may get; without one, all there are."""
        return [s for s in SCOPES if application is None or s in application.scopes]

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """Return the scopes of a request that names none."""
        return self.get_available_scopes(application)
