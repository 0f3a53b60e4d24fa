"""`/mail-suppressions`."""

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.serializers import Output
from backend.api.views import ScopedView, no_content
from notifications.models import Suppression, SuppressionReason
from notifications.models.suppression import Suppressions


class SuppressionOutput(Output):
    """Why nothing is sent to one's address."""

    id = serializers.UUIDField()
    address = serializers.CharField(help_text="In lower case.")
    reason = serializers.ChoiceField(SuppressionReason.choices)
    detail = serializers.CharField(help_text="What the other side said; may be empty.")
    since = serializers.DateTimeField()


class SuppressionListView(ScopedView[Suppression]):
    """What keeps mail from one's address."""

    scopes = {"GET": "notifications:read"}

    def rows(self) -> Suppressions:
        """Those of one's own address that stand."""
        rows: Suppressions = Suppression.objects.standing().owned_by(self.person)
        return rows

    @extend_schema(
        operation_id="mail_suppressions_list",
        responses=SuppressionOutput(many=True),
        filters=False,
    )
    def get(self, request: Request) -> Response:
        """List why no mail is sent to one's address, the newest first; empty while it is sent."""
        rows = self.rows().order_by("-since", "id")
        return Response(SuppressionOutput(rows, many=True).data)


class SuppressionView(ScopedView[Suppression]):
    """One of them."""

    scopes = {"DELETE": "notifications:write"}

    def rows(self) -> Suppressions:
        """Those of one's own address that stand."""
        rows: Suppressions = Suppression.objects.standing().owned_by(self.person)
        return rows

    @extend_schema(operation_id="mail_suppressions_lift", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Have mail sent there again; if it comes back once more, it is noted anew."""
        self.get_object().lift(now=self.now)
        return no_content()
