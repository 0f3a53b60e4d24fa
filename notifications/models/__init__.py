"""Data, constraints, querysets and verbs, a noun a file."""

from notifications.models.appointment import About, Appointment
from notifications.models.calendar import CalendarFeed, CalendarRevision
from notifications.models.channel_choice import ChannelChoice
from notifications.models.delivery import Channel, Delivery
from notifications.models.notification import Notification
from notifications.models.preferences import NotificationPreferences
from notifications.models.push import PushKey, PushSubscription
from notifications.models.snooze import Snooze
from notifications.models.suppression import Suppression, SuppressionReason
from notifications.models.taken_action import TakenAction

__all__ = [
    "About",
    "Appointment",
    "CalendarFeed",
    "CalendarRevision",
    "Channel",
    "ChannelChoice",
    "Delivery",
    "Notification",
    "NotificationPreferences",
    "PushKey",
    "PushSubscription",
    "Snooze",
    "Suppression",
    "SuppressionReason",
    "TakenAction",
]
