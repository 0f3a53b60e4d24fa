"""URLs of the API about telling."""

from django.urls import path

from notifications.api.calendar import CalendarFeedListView, CalendarFeedView
from notifications.api.deliveries import RedeliveryView, SummaryView, UndeliveredView
from notifications.api.inbox import AllReadView, NotificationListView, NotificationView
from notifications.api.preferences import PreferencesView
from notifications.api.preview import PreviewView
from notifications.api.push import (
    PushKeyView,
    PushSubscriptionListView,
    PushSubscriptionView,
)
from notifications.api.snoozes import SnoozeListView, SnoozeView
from notifications.api.suppressions import SuppressionListView, SuppressionView

urlpatterns = [
    path("notifications", NotificationListView.as_view(), name="notifications"),
    path("notifications/all-read", AllReadView.as_view(), name="all-read"),
    path("notifications/<uuid:id>", NotificationView.as_view(), name="notification"),
    path("deliveries/undelivered", UndeliveredView.as_view(), name="undelivered"),
    path("deliveries/summary", SummaryView.as_view(), name="deliveries-summary"),
    path("deliveries/<uuid:id>/redelivery", RedeliveryView.as_view(), name="redelivery"),
    path("notification-preferences", PreferencesView.as_view(), name="notification-preferences"),
    path("nudges/preview", PreviewView.as_view(), name="nudges-preview"),
    path("push-subscriptions", PushSubscriptionListView.as_view(), name="push-subscriptions"),
    path("push-subscriptions/key", PushKeyView.as_view(), name="push-key"),
    path("push-subscriptions/<uuid:id>", PushSubscriptionView.as_view(), name="push-subscription"),
    path("calendar-feeds", CalendarFeedListView.as_view(), name="calendar-feeds"),
    path("calendar-feeds/<uuid:id>", CalendarFeedView.as_view(), name="calendar-feed"),
    path("snoozes", SnoozeListView.as_view(), name="snoozes"),
    path("snoozes/<uuid:id>", SnoozeView.as_view(), name="snooze"),
    path("mail-suppressions", SuppressionListView.as_view(), name="mail-suppressions"),
    path("mail-suppressions/<uuid:id>", SuppressionView.as_view(), name="mail-suppression"),
]
