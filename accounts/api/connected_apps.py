"""`/connected-apps`: the apps that the signed-in person let in."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.utils import extend_schema
from oauth2_provider.models import get_refresh_token_model
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.commands.disconnect_app import disconnect_app
from accounts.models import ConnectedApp
from backend.api.pagination import Pages
from backend.api.scopes import SESSION_ONLY
from backend.api.serializers import Output
from backend.api.views import ScopedView, no_content


class ConnectedAppNameOutput(Output):
    """An app, as those see it who let it in."""

    name = serializers.CharField()


class ConnectedAppOutput(Output):
    """An app that was let in."""

    id = serializers.UUIDField()
    app = ConnectedAppNameOutput()
    scopes = serializers.ListField(child=serializers.CharField())
    connected_at = serializers.DateTimeField()


class ConnectedAppsView(ScopedView[ConnectedApp]):
    """The apps that act for the signed-in person."""

    scopes = {"GET": SESSION_ONLY}
    pagination_class = Pages

    def rows(self) -> QuerySet[Any]:
        """Return the person's connections that still have a token."""
        tokens = get_refresh_token_model().objects.filter(
            user=OuterRef("person"),
            application=OuterRef("app"),
            revoked=None,
            access_token__isnull=False,
        )
        return ConnectedApp.objects.filter(Exists(tokens), person=self.person).select_related("app")

    @extend_schema(operation_id="connected_apps_list", responses=ConnectedAppOutput(many=True))
    def get(self, request: Request) -> Response:
        """List them, newest first."""
        return self.page(self.rows(), ConnectedAppOutput, ordering=("-connected_at", "id"))


class ConnectedAppView(ScopedView[ConnectedApp]):
    """One of them."""

    scopes = {"DELETE": SESSION_ONLY}

    def rows(self) -> QuerySet[Any]:
        """Return the person's own connections; for an admin, all."""
        rows: QuerySet[Any] = ConnectedApp.objects.all()
        return rows if self.person.is_staff else rows.filter(person=self.person)

    @extend_schema(operation_id="connected_apps_delete", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """End it: the app's tokens stop working at once."""
        disconnect_app(connected=self.get_object())
        return no_content()
