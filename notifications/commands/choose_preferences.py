"""A person chooses how to be told."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from notifications.models import NotificationPreferences


def choose_preferences(*, person: User, choices: Mapping[str, Any]) -> NotificationPreferences:
    """Store `choices`, named like the fields of NotificationPreferences; return all of them."""
    preferences, _ = NotificationPreferences.objects.update_or_create(
        person=person, defaults=dict(choices)
    )
    return preferences
