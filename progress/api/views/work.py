"""Log entries and evidence."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, no_content, valid
from progress.api.serializers.evidence import EvidenceInput, EvidenceOutput
from progress.api.serializers.log_entries import LogEntryInput, LogEntryOutput
from progress.commands.add_evidence import add_evidence
from progress.commands.log_progress import log_progress
from progress.commands.remove_evidence import remove_evidence
from progress.models import Enrollment, Evidence, LogEntry

FILTERS = [
    OpenApiParameter("enrollment", uuid.UUID, description="Only of this enrollment."),
    OpenApiParameter("milestone", str, description="Only of the milestone with this key."),
]


class WorkFilter(serializers.Serializer[None]):
    """Of what."""

    enrollment = serializers.UUIDField(required=False)
    milestone = serializers.CharField(max_length=80, required=False, source="milestone_key")


class _WorkView(ScopedView[Any]):
    scopes = {}
    filters = WorkFilter

    def filtered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that the query string asks for."""
        return rows.filter(**valid(WorkFilter(data=self.request.query_params)))

    def own_enrollment(self, enrollment_id: uuid.UUID) -> Enrollment:
        """Return an enrollment that one may work on; raise Http404."""
        rows = Enrollment.objects.with_names().owned_by(self.person)
        found: Enrollment = find(rows, id=enrollment_id)
        return found


class LogEntryListView(_WorkView):
    """The log."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    pagination_class = Pages

    def rows(self) -> QuerySet[LogEntry]:
        """Entries that one may see."""
        rows = LogEntry.objects.select_related("enrollment").visible_to(self.person)
        return self.filtered(rows)

    @extend_schema(
        operation_id="log_entries_list", parameters=FILTERS, responses=LogEntryOutput(many=True)
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
            now=self.now,
        )
        return Response(LogEntryOutput(entry).data, status=201 if is_new else 200)


class EvidenceListView(_WorkView):
    """Evidence."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Evidence]:
        """Evidence that one may see."""
        return self.filtered(Evidence.objects.present().visible_to(self.person))

    @extend_schema(
        operation_id="evidence_list", parameters=FILTERS, responses=EvidenceOutput(many=True)
    )
    def get(self, request: Request) -> Response:
        """List evidence, the newest first."""
        return self.page(self.rows(), EvidenceOutput, ordering=("-created_at", "id"))

    @extend_schema(
        operation_id="evidence_create",
        request=EvidenceInput,
        responses={201: EvidenceOutput, 200: EvidenceOutput},
    )
    def post(self, request: Request) -> Response:
        """Add a link: 201 when it is new, 200 when the same was sent before."""
        data = valid(EvidenceInput(data=request.data))
        evidence, is_new = add_evidence(
            person=self.person,
            enrollment=self.own_enrollment(data["enrollment_id"]),
            evidence_id=data["id"],
            milestone_key=data["milestone_key"],
            url=data["url"],
            title=data["title"],
            now=self.now,
        )
        return Response(EvidenceOutput(evidence).data, status=201 if is_new else 200)


class EvidenceView(ScopedView[Evidence]):
    """One piece of evidence."""

    scopes = {"GET": "progress:read", "DELETE": "progress:write"}

    def rows(self) -> QuerySet[Evidence]:
        """Read: what one may see. Write: one's own."""
        rows = Evidence.objects.present().select_related("enrollment")
        if self.request.method == "DELETE":
            return rows.owned_by(self.person)
        return rows.visible_to(self.person)

    @extend_schema(operation_id="evidence_read", responses=EvidenceOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a piece of evidence."""
        return Response(EvidenceOutput(self.get_object()).data)

    @extend_schema(operation_id="evidence_delete", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take it away; rounds that were submitted with it keep their copy."""
        remove_evidence(person=self.person, evidence=self.get_object(), now=self.now)
        return no_content()
