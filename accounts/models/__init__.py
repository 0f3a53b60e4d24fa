"""People, the apps they register, and the apps they let in."""

from accounts.models.app import App, AuthorizationCode, ConnectedApp
from accounts.models.person import (
    LOCALES,
    People,
    User,
    display_name,
    one_line,
    validate_one_line,
    validate_time_zone,
    zones_by_day,
)

__all__ = [
    "LOCALES",
    "App",
    "AuthorizationCode",
    "ConnectedApp",
    "People",
    "User",
    "display_name",
    "one_line",
    "validate_one_line",
    "validate_time_zone",
    "zones_by_day",
]
