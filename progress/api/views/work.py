"""Log entries and their voids."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, valid
from progress.api.serializers.log_entries import (
    LogEntryInput,
    LogEntryOutput,
    LogVoidInput,
    LogVoidOutput,
)
from progress.commands.log_progress import log_progress
from progress.commands.void_log_entry import void_log_entry
from progress.models import Enrollment, LogEntry
from progress.models.log_entry import LogSource

FILTERS = [
    OpenApiParameter("enrollment", uuid.UUID, description="Only of this enrollment."),
    OpenApiParameter("milestone", str, description="Only of the milestone with this key."),
]


class WorkFilter(serializers.Serializer[None]):
    """Of what."""

    enrollment = serializers.UUIDField(required=False)
    milestone = serializers.CharField(max_length=80, required=False, source="milestone_key")


class LogFilter(WorkFilter):
    """Of what, and whether it counts."""

    state = serializers.ChoiceField(
        ["standing", "voided", "all"], required=False, default="standing"
    )


class WorkView(ScopedView[Any]):
    """What the lists of a learner's work share."""

    scopes = {}
    filters = WorkFilter

    def asked(self) -> dict[str, Any]:
        """Return what the query string asks for."""
        return valid(self.filters(data=self.request.query_params))

    def own_enrollment(self, enrollment_id: uuid.UUID) -> Enrollment:
        """Return an enrollment that one may work on; raise Http404."""
        rows = Enrollment.objects.with_names().owned_by(self.person)
        found: Enrollment = find(rows, id=enrollment_id)
        return found


class LogEntryListView(WorkView):
    """The log."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    filters = LogFilter
    pagination_class = Pages

    def rows(self) -> QuerySet[LogEntry]:
        """Entries that one may see."""
        asked = self.asked()
        rows = LogEntry.objects.select_related("enrollment").visible_to(self.person)
        match asked.pop("state"):
            case "standing":
                rows = rows.standing()
            case "voided":
                rows = rows.voided()
        return rows.with_voids().filter(**asked)

    @extend_schema(
        operation_id="log_entries_list",
        parameters=[
            *FILTERS,
            OpenApiParameter(
                "state",
                str,
                enum=["standing", "voided", "all"],
                default="standing",
                description="Those that count, those taken back or replaced, or both.",
            ),
        ],
        responses=LogEntryOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List log entries, the latest day first."""
        return self.page(self.rows(), LogEntryOutput, ordering=("-day", "-created_at", "id"))

    @extend_schema(
        operation_id="log_entries_create",
        request=LogEntryInput,
        responses={201: LogEntryOutput, 200: LogEntryOutput},
    )
    def post(self, request: Request) -> Response:
        """Log work: 201 when it is new, 200 when the same entry was sent before."""
        data = valid(LogEntryInput(data=request.data))
        entry, is_new = log_progress(
            person=self.person,
            enrollment=self.own_enrollment(data["enrollment_id"]),
            entry_id=data["id"],
            milestone_key=data["milestone_key"],
            day=data["day"],
            minutes=data["minutes"],
            note=data["note"],
            source=LogSource(data["source"]) if "source" in data else source_of(request),
            replaces=data["replaces"],
            at=data["at"],
            now=self.now,
        )
        shown = LogEntry.objects.select_related("enrollment").with_voids().get(pk=entry.pk)
        return Response(LogEntryOutput(shown).data, status=201 if is_new else 200)


def source_of(request: Request) -> LogSource:
    """Return where an entry comes from: an app has a token, the web client a cookie."""
    return LogSource.WEB if request.auth is None else LogSource.APP


class LogVoidListView(WorkView):
    """Log entries taken back."""

    scopes = {"POST": "progress:write"}

    @extend_schema(
        operation_id="log_voids_create",
        request=LogVoidInput,
        responses={201: LogVoidOutput, 200: LogVoidOutput},
    )
    def post(self, request: Request) -> Response:
        """Take a log entry back: 201 when it is new, 200 when the same was sent before."""
        data = valid(LogVoidInput(data=request.data))
        void, is_new = void_log_entry(
            person=self.person,
            enrollment=self.own_enrollment(data["enrollment_id"]),
            void_id=data["id"],
            entry_id=data["entry_id"],
            reason=data["reason"],
            at=data["at"],
            now=self.now,
        )
        return Response(LogVoidOutput(void).data, status=201 if is_new else 200)
