"""`/snoozes`."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.serializers import Input, Output
from backend.api.views import ScopedView, find, no_content, valid
from notifications.api.serializers import CHOOSABLE
from notifications.commands.snooze import snooze
from notifications.models import Snooze
from notifications.models.snooze import Snoozes
from progress.models import Enrollment

LONGEST_DAYS = 365


class SnoozeOutput(Output):
    """Quiet that holds: of a kind, of a milestone, or, with neither, of everything."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="Empty unless it is of one kind.")
    enrollment_id = serializers.UUIDField(allow_null=True)
    milestone_key = serializers.CharField(help_text="Empty unless it is of one milestone.")
    until = serializers.DateTimeField()


class SnoozeInput(Input):
    """What is to be quiet, and for how long."""

    days = serializers.IntegerField(
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text="Until the same wall-clock time so many days from now, where the person lives.",
    )
    kind = serializers.ChoiceField(
        CHOOSABLE,
        required=False,
        help_text="Only this kind.",
    )
    enrollment_id = serializers.UUIDField(
        required=False, help_text="With `milestone_key`: only what is about this milestone."
    )
    milestone_key = serializers.CharField(max_length=80, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse half a milestone, and a kind together with one."""
        if ("enrollment_id" in attrs) != ("milestone_key" in attrs):
            raise serializers.ValidationError(
                {"milestone_key": _("A milestone is named by enrollment_id and milestone_key.")}
            )
        if "kind" in attrs and "enrollment_id" in attrs:
            raise serializers.ValidationError(
                {"kind": _("Snooze a kind or a milestone, not both.")}
            )
        return attrs


class SnoozeListView(ScopedView[Snooze]):
    """The quiet one has asked for."""

    scopes = {"GET": "notifications:read", "POST": "notifications:write"}

    def rows(self) -> Snoozes:
        """One's own that still hold."""
        rows: Snoozes = Snooze.objects.owned_by(self.person).at(self.now)
        return rows

    @extend_schema(operation_id="snoozes_list", responses=SnoozeOutput(many=True), filters=False)
    def get(self, request: Request) -> Response:
        """List what is snoozed now, what ends first at the top."""
        rows = self.rows().order_by("until", "id")
        return Response(SnoozeOutput(rows, many=True).data)

    @extend_schema(
        operation_id="snoozes_create", request=SnoozeInput, responses={201: SnoozeOutput}
    )
    def post(self, request: Request) -> Response:
        """Snooze a kind, a milestone, or everything. What must arrive comes all the same."""
        given = valid(SnoozeInput(data=request.data))
        enrollment = None
        if "enrollment_id" in given:
            seen = Enrollment.objects.visible_to(self.person)
            enrollment = find(seen, id=given["enrollment_id"])
        made = snooze(
            person=self.person,
            days=given["days"],
            kind=given.get("kind", ""),
            enrollment=enrollment,
            milestone_key=given.get("milestone_key", ""),
            now=self.now,
        )
        return Response(SnoozeOutput(made).data, status=201)


class SnoozeView(ScopedView[Snooze]):
    """One of them."""

    scopes = {"DELETE": "notifications:write"}

    def rows(self) -> Snoozes:
        """One's own."""
        rows: Snoozes = Snooze.objects.owned_by(self.person)
        return rows

    @extend_schema(operation_id="snoozes_end", responses={204: None})
    def delete(self, request: Request, id: str) -> Response:
        """End it now."""
        self.get_object().delete()
        return no_content()
