"""Evidence: links, texts, and which milestones they serve."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, no_content, valid
from progress.api.serializers.evidence import EvidenceInput, EvidenceOutput
from progress.api.views.work import FILTERS, WorkView
from progress.commands.add_evidence import add_evidence
from progress.commands.remove_evidence import remove_evidence
from progress.commands.serve_milestone import serve_milestone
from progress.models import Enrollment, Evidence


class EvidenceListView(WorkView):
    """Evidence."""

    scopes = {"GET": "progress:read", "POST": "progress:write"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Evidence]:
        """Evidence that one may see."""
        rows = Evidence.objects.present().with_names().visible_to(self.person)
        asked = self.asked()
        keys = [asked["milestone_key"]] if "milestone_key" in asked else []
        if "enrollment" in asked:
            rows = rows.filter(enrollment=asked["enrollment"])
            mine = Enrollment.objects.visible_to(self.person).filter(pk=asked["enrollment"])
            if keys and (enrollment := mine.only("origins").first()):
                keys = enrollment.keys_behind(keys[0])
        found: QuerySet[Evidence] = rows.beside(keys) if keys else rows
        return found

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
        """Add a link or a text: 201 when it is new, 200 when the same was sent before."""
        data = valid(EvidenceInput(data=request.data))
        evidence, is_new = add_evidence(
            person=self.person,
            enrollment=self.own_enrollment(data.pop("enrollment_id")),
            evidence_id=data.pop("id"),
            now=self.now,
            **data,
        )
        return Response(EvidenceOutput(evidence).data, status=201 if is_new else 200)


class OwnEvidenceView(ScopedView[Evidence]):
    """One piece of evidence: to read what one may see, to write one's own."""

    scopes = {}

    def rows(self) -> QuerySet[Evidence]:
        """Read: what one may see. Write: one's own."""
        rows = Evidence.objects.present().with_names()
        if self.request.method not in {"GET", "HEAD"}:
            return rows.owned_by(self.person)
        return rows.visible_to(self.person)


class EvidenceView(OwnEvidenceView):
    """One piece of evidence."""

    scopes = {"GET": "progress:read", "DELETE": "progress:write"}

    @extend_schema(operation_id="evidence_read", responses=EvidenceOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a piece of evidence."""
        return Response(EvidenceOutput(self.get_object()).data)

    @extend_schema(operation_id="evidence_delete", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take it away; rounds that were submitted with it keep their copy."""
        remove_evidence(person=self.person, evidence=self.get_object(), now=self.now)
        return no_content()


class ServedMilestoneView(OwnEvidenceView):
    """That a piece of evidence serves a milestone."""

    scopes = {"PUT": "progress:write", "DELETE": "progress:write"}

    @extend_schema(operation_id="evidence_serve", request=None, responses=EvidenceOutput)
    def put(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Let it serve this milestone too. Doing it again changes nothing."""
        return self._serve(key, serves=True)

    @extend_schema(operation_id="evidence_serve_no_longer", responses=EvidenceOutput)
    def delete(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Let it serve this milestone no longer; it must serve another one."""
        return self._serve(key, serves=False)

    def _serve(self, key: str, *, serves: bool) -> Response:
        evidence = self.get_object()
        serve_milestone(
            person=self.person, evidence=evidence, milestone_key=key, serves=serves, now=self.now
        )
        now = find(Evidence.objects.with_names(), pk=evidence.pk)
        return Response(EvidenceOutput(now).data)
