"""`/apps`: the apps that somebody registered. Only for their maker, at the web client."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.commands.delete_app import delete_app
from accounts.commands.register_app import register_app
from accounts.models import App, validate_one_line
from accounts.oauth.redirects import MAX_LENGTH, validate_redirect_uri
from backend.api.pagination import Pages
from backend.api.scopes import SCOPES, SESSION_ONLY
from backend.api.serializers import Input, Output
from backend.api.views import ScopedView, no_content, valid

KINDS = [
    ("public", "Runs where people can look inside: in a browser, on a phone, on a desktop"),
    ("confidential", "Runs on a server, which can keep a secret"),
]


class AppInput(Input):
    """A new app."""

    name = serializers.CharField(max_length=80, validators=[validate_one_line])
    redirect_uris = serializers.ListField(
        child=serializers.CharField(max_length=MAX_LENGTH, validators=[validate_redirect_uri]),
        allow_empty=False,
        max_length=10,
        help_text="https, or http on 127.0.0.1, [::1] (any port) and localhost (its port).",
    )
    scopes = serializers.ListField(
        child=serializers.ChoiceField(list(SCOPES)),
        allow_empty=False,
        max_length=len(SCOPES),
        help_text="All that the app may ever ask for.",
    )
    kind = serializers.ChoiceField(KINDS)


class AppOutput(Output):
    """An app."""

    id = serializers.UUIDField()
    client_id = serializers.CharField()
    name = serializers.CharField()
    redirect_uris = serializers.SerializerMethodField()
    scopes = serializers.ListField(child=serializers.CharField())
    kind = serializers.ChoiceField(KINDS, source="client_type")
    created_at = serializers.DateTimeField(source="created")

    def get_redirect_uris(self, app: App) -> list[str]:
        """Return the URIs as a list; they are stored with spaces between them."""
        uris: list[str] = app.redirect_uris.split()
        return uris


class RegisteredAppOutput(AppOutput):
    """An app just registered."""

    client_secret = serializers.CharField(
        allow_null=True, help_text="Shown in this answer only. Null for a public app."
    )


class AppsView(ScopedView[App]):
    """The apps that the signed-in person registered."""

    scopes = {"GET": SESSION_ONLY, "POST": SESSION_ONLY}
    pagination_class = Pages
    secrets = ("client_secret",)

    def rows(self) -> QuerySet[Any]:
        """Return the person's own apps."""
        rows: QuerySet[Any] = App.objects.filter(user=self.person)
        return rows

    @extend_schema(operation_id="apps_list", responses=AppOutput(many=True))
    def get(self, request: Request) -> Response:
        """List them, newest first."""
        return self.page(self.rows(), AppOutput, ordering=("-created", "id"))

    @extend_schema(
        operation_id="apps_create", request=AppInput, responses={201: RegisteredAppOutput}
    )
    def post(self, request: Request) -> Response:
        """Register an app. Its secret is shown once, here."""
        app, secret = register_app(owner=self.person, **valid(AppInput(data=request.data)))
        body = {**AppOutput(app).data, "client_secret": secret}
        return Response(body, status=status.HTTP_201_CREATED)


class AppView(ScopedView[App]):
    """One of them."""

    scopes = {"GET": SESSION_ONLY, "DELETE": SESSION_ONLY}

    def rows(self) -> QuerySet[Any]:
        """Return the person's own apps; for an admin, all: somebody has to stop a rogue one."""
        rows: QuerySet[Any] = App.objects.all()
        return rows if self.person.is_staff else rows.filter(user=self.person)

    @extend_schema(operation_id="apps_read", responses=AppOutput)
    def get(self, request: Request, id: UUID) -> Response:
        """Return it."""
        return Response(AppOutput(self.get_object()).data)

    @extend_schema(operation_id="apps_delete", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete it, and with it everybody's connections to it."""
        delete_app(app=self.get_object())
        return no_content()
