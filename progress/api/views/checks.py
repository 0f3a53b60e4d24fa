"""The probe of a deployment, and another look at a link."""

import uuid

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, no_content, valid
from progress.api.serializers.evidence import EvidenceOutput
from progress.api.serializers.probes import ProbeInput, ProbeOutput
from progress.commands.check_link_again import check_link_again
from progress.commands.drop_probe import drop_probe
from progress.commands.set_probe import set_probe
from progress.models import Enrollment, Evidence
from progress.queries.probe_report import probe_report


class ProbeView(ScopedView[Enrollment]):
    """The health URL of a deployment."""

    scopes = {"GET": "progress:read", "PUT": "progress:write", "DELETE": "progress:write"}

    def rows(self) -> QuerySet[Enrollment]:
        """Read: enrollments one may see. Write: one's own."""
        rows = Enrollment.objects.with_names()
        if self.request.method == "GET":
            return rows.visible_to(self.person)
        return rows.owned_by(self.person)

    def answer(self, enrollment: Enrollment, key: str) -> Response:
        """Return the probe as it is now; raise Http404 if there is none."""
        report = probe_report(enrollment, enrollment.keys_behind(key), now=self.now)
        if report is None:
            raise Http404
        return Response(ProbeOutput(report).data)

    @extend_schema(operation_id="probes_read", responses=ProbeOutput)
    def get(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Return the probe of a milestone with its last 30 days."""
        return self.answer(self.get_object(), key)

    @extend_schema(operation_id="probes_set", request=ProbeInput, responses=ProbeOutput)
    def put(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Have a deployment asked every hour. Another URL begins a new history."""
        enrollment = self.get_object()
        data = valid(ProbeInput(data=request.data))
        set_probe(
            person=self.person,
            enrollment=enrollment,
            milestone_key=key,
            url=data["url"],
            now=self.now,
        )
        return self.answer(enrollment, key)

    @extend_schema(operation_id="probes_drop", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Ask no more, and forget what was counted."""
        drop_probe(person=self.person, enrollment=self.get_object(), milestone_key=key)
        return no_content()


class LinkCheckView(ScopedView[Evidence]):
    """Another look at a link."""

    scopes = {"PUT": "progress:write"}

    def rows(self) -> QuerySet[Evidence]:
        """One's own."""
        return Evidence.objects.present().with_names().owned_by(self.person)

    @extend_schema(operation_id="evidence_check", request=None, responses=EvidenceOutput)
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Have a link looked at within minutes instead of next week."""
        evidence = self.get_object()
        check_link_again(person=self.person, evidence=evidence, now=self.now)
        return Response(EvidenceOutput(evidence).data)
