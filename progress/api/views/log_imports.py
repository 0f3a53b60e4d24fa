"""Past work, imported as one."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.parsers import CsvParser, StrictJSONParser
from backend.api.views import ScopedView, valid
from progress.api.serializers.log_imports import (
    ImportInput,
    ImportOptions,
    ImportPreviewInput,
    ImportPreviewOutput,
    LogImportOutput,
)
from progress.commands.guards import require_learner
from progress.commands.import_log import import_log
from progress.commands.undo_import import undo_import
from progress.models import Enrollment, LogImport
from progress.queries.import_plan import ImportPlan, Verdict, import_plan

READS = [StrictJSONParser, CsvParser]


class ImportPreviewView(ScopedView[Enrollment]):
    """What an import would do."""

    scopes = {"POST": "progress:write"}
    parser_classes = READS

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may work on."""
        return Enrollment.objects.with_names().owned_by(self.person)

    @extend_schema(
        operation_id="imports_preview",
        request={"application/json": ImportPreviewInput, "text/csv": OpenApiTypes.BINARY},
        responses={200: ImportPreviewOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Say of every row of a CSV what importing it would do; nothing is stored."""
        enrollment = self.get_object()
        require_learner(self.person, enrollment)
        data: Any = request.data
        is_file = isinstance(data, bytes)
        content = data if is_file else valid(ImportPreviewInput(data=data))["text"]
        plan = import_plan(enrollment, content, now=self.now)
        return Response(ImportPreviewOutput(_told(plan)).data)


def _told(plan: ImportPlan) -> dict[str, Any]:
    accepted = plan.having(Verdict.ACCEPTED)
    days = [row.day for row in accepted if row.day]
    return {
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "columns": [{"name": name, "read_as": read_as or None} for name, read_as in plan.columns],
        "accepted": len(accepted),
        "duplicates": len(plan.having(Verdict.DUPLICATE)),
        "refused": len(plan.having(Verdict.REFUSED)),
        "minutes": sum(row.minutes or 0 for row in accepted),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "rows": plan.rows,
    }


class ImportListView(ScopedView[Enrollment]):
    """The imports of an enrollment."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    parser_classes = READS
    pagination_class = Pages
    beside_file = ImportOptions

    def rows(self) -> QuerySet[Enrollment]:
        """Read: enrollments one may see. Write: one's own."""
        rows = Enrollment.objects.with_names()
        if self.request.method == "GET":
            return rows.visible_to(self.person)
        return rows.owned_by(self.person)

    @extend_schema(operation_id="imports_list", responses=LogImportOutput(many=True))
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List imports, the latest first; undone ones stay."""
        rows = LogImport.objects.filter(enrollment=self.get_object())
        return self.page(rows, LogImportOutput, ordering=("-created_at", "id"))

    @extend_schema(
        operation_id="imports_create",
        request={"application/json": ImportInput, "text/csv": OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter("id", uuid.UUID, description="With `text/csv`: the import's id."),
            OpenApiParameter("skip_refused", bool, description="With `text/csv`: see the JSON."),
        ],
        responses={201: LogImportOutput, 200: LogImportOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Import a CSV, all of it or nothing: 201 when it is new, 200 when it was sent before."""
        enrollment = self.get_object()
        data: Any = request.data
        if isinstance(data, bytes):
            asked = {**valid(ImportOptions(data=request.query_params)), "text": data}
        else:
            asked = valid(ImportInput(data=data))
        made, is_new = import_log(
            person=self.person,
            enrollment=enrollment,
            import_id=asked["id"],
            content=asked["text"],
            skip_refused=asked["skip_refused"],
            now=self.now,
        )
        return Response(LogImportOutput(made).data, status=201 if is_new else 200)


class ImportView(ScopedView[LogImport]):
    """One import."""

    scopes = {"GET": "progress:read", "DELETE": "progress:write"}

    def rows(self) -> QuerySet[LogImport]:
        """Read: what one may see. Write: one's own."""
        rows = LogImport.objects.select_related("enrollment")
        if self.request.method == "DELETE":
            return rows.owned_by(self.person)
        return rows.visible_to(self.person)

    @extend_schema(operation_id="imports_read", responses=LogImportOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return an import."""
        return Response(LogImportOutput(self.get_object()).data)

    @extend_schema(operation_id="imports_undo", request=None, responses={200: LogImportOutput})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Undo it as one: its entries are voided, and it stays in the list."""
        undone = undo_import(person=self.person, log_import=self.get_object(), now=self.now)
        return Response(LogImportOutput(undone).data)
