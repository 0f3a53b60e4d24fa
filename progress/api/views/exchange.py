"""Pathways as text, and other people's frameworks."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import PersonalView, PublicView, find, valid
from progress.api.serializers.authoring import (
    CaseInput,
    CaseOutput,
    CheckedOutput,
    DocumentInput,
    DocumentOutput,
    DraftOutput,
)
from progress.api.serializers.upgrades import DifferenceOutput
from progress.case import to_case
from progress.commands.draft_from_case import draft_from_case
from progress.commands.read_document import read_document
from progress.compiled import compiled_edition
from progress.document import Document, to_yaml
from progress.editions import diff
from progress.models import Edition, Pathway


class _ExportView(PublicView):
    scopes = {}

    def edition(self, slug: str, number: int) -> Edition:
        """Return an edition that whoever asks may open; raise Http404."""
        visible: QuerySet[Any] = Pathway.objects.visible_to(self.person)
        rows = Edition.objects.defer("document").select_related("pathway")
        edition: Edition = find(rows.filter(pathway__in=visible), pathway__slug=slug, number=number)
        return edition

    def document(self, edition: Edition) -> Document:
        """Return its document."""
        return compiled_edition(edition.pk).document


class DocumentView(_ExportView):
    """An edition's document."""

    scopes = {"GET": "pathways:read"}

    @extend_schema(operation_id="editions_document", responses=DocumentOutput)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Return an edition as YAML; publishing that elsewhere gives the same edition."""
        edition = self.edition(slug, number)
        text = to_yaml(self.document(edition))
        found = {"slug": slug, "number": edition.number, "document": text}
        return Response(DocumentOutput(found).data)


class DocumentCheckView(PersonalView):
    """Documents, checked."""

    scopes = {"POST": "pathways:write"}

    @extend_schema(
        operation_id="documents_check", request=DocumentInput, responses={200: CheckedOutput}
    )
    def post(self, request: Request) -> Response:
        """Say everything that is wrong with a document, line by line; nothing is stored."""
        document = read_document(text=valid(DocumentInput(data=request.data))["document"])
        found = {
            "slug": document.slug,
            "title": document.title,
            "milestone_count": len(document.milestones),
            "effort_hours": sum(one.effort_hours for one in document.milestones),
        }
        return Response(CheckedOutput(found).data)


class DifferenceView(_ExportView):
    """What differs between two editions."""

    scopes = {"GET": "pathways:read"}

    @extend_schema(operation_id="editions_difference", responses=DifferenceOutput)
    def get(self, request: Request, slug: str, number: int, other: int) -> Response:
        """Return what differs from edition `number` to edition `other`."""
        old, new = self.edition(slug, number), self.edition(slug, other)
        return Response(DifferenceOutput(diff(self.document(old), self.document(new))).data)


class CaseView(_ExportView):
    """An edition for other people's systems."""

    scopes = {"GET": "pathways:read"}

    @extend_schema(operation_id="editions_case", responses=CaseOutput)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Return an edition as a CASE 1.1 package, and what CASE has no place for."""
        edition = self.edition(slug, number)
        owner = edition.pathway.owner
        exported = to_case(
            self.document(edition),
            base_url=settings.PUBLIC_URL,
            creator=owner.display_name if owner else "Waymark",
            changed_at=edition.published_at,
        )
        return Response(CaseOutput(exported).data)


class CaseDraftView(PersonalView):
    """Other people's frameworks, as drafts."""

    scopes = {"POST": "pathways:write"}

    @extend_schema(
        operation_id="pathways_draft_from_case", request=CaseInput, responses={200: DraftOutput}
    )
    def post(self, request: Request) -> Response:
        """Turn a CASE 1.0 or 1.1 package into a draft to edit and publish; nothing is stored."""
        data = valid(CaseInput(data=request.data))
        draft = draft_from_case(package=data["package"], slug=data["slug"])
        return Response(DraftOutput(draft).data)
