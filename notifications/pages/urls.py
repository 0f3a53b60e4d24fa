"""Addresses that stand in mails. They must stay as they are for as long as mail is kept."""

from django.urls import path

from notifications.pages.act import ActView
from notifications.pages.unsubscribe import UnsubscribeView

urlpatterns = [
    path("unsubscribe/<str:token>", UnsubscribeView.as_view(), name="unsubscribe"),
    path("act/<str:token>", ActView.as_view(), name="act"),
]
