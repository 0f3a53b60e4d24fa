"""Data, constraints, querysets and verbs, a noun a file."""

from notifications.models.delivery import Channel, Delivery
from notifications.models.notification import Notification
from notifications.models.preferences import NotificationPreferences

__all__ = ["Channel", "Delivery", "Notification", "NotificationPreferences"]
