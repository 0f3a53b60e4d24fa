"""Who may sign in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.demo import is_demo


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped library
    """Email and password; active people only, and demo people never in production.

    Django asks this for each request of a session too, so it also ends sessions that exist.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Return whether `user` may be signed in."""
        if settings.PRODUCTION and is_demo(user):
            return False
        return bool(super().user_can_authenticate(user))
