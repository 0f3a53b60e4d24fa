"""The log to take along, streamed."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, valid
from backend.csv_cells import MARK, written
from progress.api.serializers.log_imports import LogExportFilter, LogExportOutput
from progress.models import Enrollment
from progress.queries.log_export import ExportedEntry, log_export, plain

NAMES = tuple(field.name for field in fields(ExportedEntry))
VOIDED = OpenApiParameter("voided", bool, description="With the entries that were taken back.")


class _ExportView(ScopedView[Enrollment]):
    scopes = {}
    filters = LogExportFilter

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().visible_to(self.person)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The address says the format, whatever `Accept` does."""
        return super().perform_content_negotiation(request, force=True)

    def entries(self) -> Iterator[ExportedEntry]:
        """Yield the entries that are asked for."""
        voided = valid(LogExportFilter(data=self.request.query_params))["voided"]
        return log_export(self.get_object(), voided=voided)

    def file(self, lines: Iterator[str], *, name: str, content_type: str) -> StreamingHttpResponse:
        """Return a download that is made while it is sent."""
        response = StreamingHttpResponse(lines, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class LogCsvView(_ExportView):
    """The log as CSV."""

    scopes = {"GET": "progress:read"}

    @extend_schema(
        operation_id="log_csv",
        parameters=[VOIDED],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, id: uuid.UUID) -> StreamingHttpResponse:
        """Stream the log as CSV, the earliest day first; cells can't be run by a spreadsheet."""
        entries = self.entries()

        def lines() -> Iterator[str]:
            yield MARK
            yield from written([NAMES])
            yield from written(tuple(plain(entry).values()) for entry in entries)

        return self.file(lines(), name="waymark-log.csv", content_type="text/csv; charset=utf-8")


class LogJsonView(_ExportView):
    """The log as JSON."""

    scopes = {"GET": "progress:read"}

    @extend_schema(operation_id="log_json", parameters=[VOIDED], responses=LogExportOutput)
    def get(self, request: Request, id: uuid.UUID) -> StreamingHttpResponse | Response:
        """Stream the log as JSON, the earliest day first."""
        entries = self.entries()

        def lines() -> Iterator[str]:
            yield f'{{"enrollment_id": "{id}", "entries": ['
            for place, entry in enumerate(entries):
                yield ("," if place else "") + "\n" + json.dumps(plain(entry), ensure_ascii=False)
            yield "\n]}\n"

        return self.file(lines(), name="waymark-log.json", content_type="application/json")
