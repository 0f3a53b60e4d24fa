"""Data, constraints, querysets and verbs, a noun a file."""

from notifications.models.appointment import About, Appointment
from notifications.models.channel_choice import ChannelChoice
from notifications.models.delivery import Channel, Delivery
from notifications.models.notification import Notification
from notifications.models.preferences import NotificationPreferences
from notifications.models.snooze import Snooze
from notifications.models.suppression import Suppression, SuppressionReason

__all__ = [
    "About",
    "Appointment",
    "Channel",
    "ChannelChoice",
    "Delivery",
    "Notification",
    "NotificationPreferences",
    "Snooze",
    "Suppression",
    "SuppressionReason",
]
