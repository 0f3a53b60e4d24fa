"""URLs of the API about people."""

from django.urls import path

from accounts.api.apps import AppsView, AppView
from accounts.api.connected_apps import ConnectedAppsView, ConnectedAppView
from accounts.api.me import MeView

urlpatterns = [
    path("me", MeView.as_view(), name="me"),
    path("apps", AppsView.as_view(), name="apps"),
    path("apps/<uuid:id>", AppView.as_view(), name="app"),
    path("connected-apps", ConnectedAppsView.as_view(), name="connected-apps"),
    path("connected-apps/<uuid:id>", ConnectedAppView.as_view(), name="connected-app"),
]
