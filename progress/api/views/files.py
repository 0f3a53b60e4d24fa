"""Files: up, and down again."""

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, find, valid
from progress import file_store
from progress.api.serializers.evidence import EvidenceOutput
from progress.api.serializers.files import FileInput
from progress.api.uploads import UploadParser, expect_upload
from progress.commands.add_file import add_file
from progress.models import Enrollment, Evidence, SubmissionEvidence
from progress.models.evidence import EvidenceKind


class FileView(ScopedView[Evidence]):
    """The file of a piece of evidence."""

    scopes = {"GET": "progress:read", "PUT": "progress:write"}
    parser_classes = [UploadParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse what is too large before any of it is read."""
        if request.method == "PUT":
            expect_upload(request._request)
        super().initial(request, *args, **kwargs)

    def rows(self) -> QuerySet[Evidence]:
        """Files that one may see: those there are, and those that a round was handed in with."""
        frozen = SubmissionEvidence.objects.filter(evidence=OuterRef("pk"))
        there = Evidence.objects.filter(Q(removed_at=None) | Exists(frozen), kind=EvidenceKind.FILE)
        rows: QuerySet[Evidence] = there.select_related("content").visible_to(self.person)
        return rows.exclude(content=None)

    @extend_schema(
        operation_id="evidence_file_read",
        responses={
            (200, "application/octet-stream"): OpenApiResponse(
                OpenApiTypes.BINARY, description="What it holds, under its own media type."
            )
        },
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        """Download the file: always as an attachment, never shown as a page of Waymark's."""
        evidence: Evidence = self.get_object()
        content = evidence.content
        if content is None:
            raise AssertionError  # rows() has none without
        etag = f'"{content.sha256}"'
        answer: HttpResponseBase | None = get_conditional_response(request._request, etag=etag)
        if answer is None:
            answer = FileResponse(
                file_store.read(content.sha256),
                as_attachment=True,
                filename=evidence.file_name,
                content_type=content.media_type,
            )
            answer["Content-Length"] = str(content.size)
        answer["ETag"] = etag
        answer["Cache-Control"] = "private, no-cache"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        return answer

    @extend_schema(
        operation_id="evidence_file_add",
        request={"multipart/form-data": FileInput},
        responses={201: EvidenceOutput, 200: EvidenceOutput},
    )
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Add a file as evidence, under an id that the client makes.

        201 when it is new, 200 when the same was sent before. PDF, images, notebooks and archives
        of at most 25 MB; which of these it is, is decided by what it holds.
        """
        own = Enrollment.objects.with_names().owned_by(self.person)
        data = valid(FileInput(data=request.data))
        evidence, is_new = add_file(
            person=self.person,
            enrollment=find(own, id=data.pop("enrollment_id")),
            evidence_id=id,
            now=self.now,
            **data,
        )
        return Response(EvidenceOutput(evidence).data, status=201 if is_new else 200)
