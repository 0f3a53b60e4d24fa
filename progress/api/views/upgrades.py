"""Upgrades to newer editions, and what publishing one would change."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, find, valid
from progress.api.serializers.authoring import DocumentInput
from progress.api.serializers.upgrades import (
    PreviewOutput,
    UpgradeAnswerInput,
    UpgradeInput,
    UpgradeOutput,
    offered,
)
from progress.commands.answer_upgrade import answer_upgrade
from progress.commands.read_document import read_document, refused, told
from progress.commands.take_upgrade import take_upgrade
from progress.commands.undo_upgrade import undo_upgrade
from progress.models import Enrollment, Pathway
from progress.queries.edition_preview import edition_preview
from progress.queries.upgrade_offer import upgrade_offer


class _UpgradeBase(ScopedView[Enrollment]):
    scopes = {}

    def rows(self) -> QuerySet[Enrollment]:
        """Read: enrollments one may see. Write: one's own."""
        rows = Enrollment.objects.with_names()
        if self.request.method == "GET":
            return rows.visible_to(self.person)
        return rows.owned_by(self.person)

    def answer(self, enrollment: Enrollment, status: int = 200) -> Response:
        """Return what is offered now."""
        return Response(offered(upgrade_offer(enrollment, now=self.now)), status=status)


class UpgradeView(_UpgradeBase):
    """The upgrade of an enrollment."""

    scopes = {"GET": "progress:read", "POST": "progress:write", "DELETE": "progress:write"}

    @extend_schema(operation_id="upgrades_read", responses=UpgradeOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return what the newest edition would mean for the learner."""
        return self.answer(self.get_object())

    @extend_schema(
        operation_id="upgrades_take", request=UpgradeInput, responses={201: UpgradeOutput}
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Take it. Nothing earned is lost: it carries over, or stays as history."""
        enrollment = self.get_object()
        data = valid(UpgradeInput(data=request.data))
        take_upgrade(
            person=self.person,
            enrollment=enrollment,
            edition=data["edition"],
            track=data.get("track"),
            role=data.get("role"),
            now=self.now,
        )
        return self.answer(enrollment, status=201)

    @extend_schema(operation_id="upgrades_undo", request=None, responses={200: UpgradeOutput})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take it back: within a week, if nothing was done since."""
        enrollment = self.get_object()
        undo_upgrade(person=self.person, enrollment=enrollment, now=self.now)
        return self.answer(enrollment)


class UpgradeAnswerView(_UpgradeBase):
    """That a learner does not want it."""

    scopes = {"PUT": "progress:write"}

    @extend_schema(
        operation_id="upgrades_answer", request=UpgradeAnswerInput, responses=UpgradeOutput
    )
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Remember: not now, or never for this edition."""
        enrollment = self.get_object()
        data = valid(UpgradeAnswerInput(data=request.data))
        answer_upgrade(person=self.person, enrollment=enrollment, now=self.now, **data)
        return self.answer(enrollment)


class PreviewView(ScopedView[Pathway]):
    """What publishing a document would change."""

    scopes = {"POST": "pathways:write"}

    def rows(self) -> QuerySet[Pathway]:
        """Pathways one writes."""
        rows: QuerySet[Pathway] = Pathway.objects.authored_by(self.person)
        return rows

    @extend_schema(
        operation_id="editions_preview", request=DocumentInput, responses={200: PreviewOutput}
    )
    def post(self, request: Request, slug: str) -> Response:
        """Return what would change and for how many learners; nothing is stored."""
        pathway = find(self.rows(), slug=slug)
        document = read_document(text=valid(DocumentInput(data=request.data))["document"])
        preview = edition_preview(pathway, document)
        if preview.errors:
            raise refused(preview.errors)
        found = {
            "edition": preview.edition,
            "learners": preview.learners,
            "warnings": [told(problem) for problem in preview.warnings],
            "difference": preview.difference,
        }
        return Response(PreviewOutput(found).data)
