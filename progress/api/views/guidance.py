"""Why a learner stands where they do, and what each choice would mean."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView
from progress.api.serializers.explained import (
    ExplanationOutput,
    RoleReadinessOutput,
    TrackOptionOutput,
    explained,
)
from progress.models import Enrollment
from progress.queries.role_readiness import role_readiness
from progress.queries.track_options import track_options
from progress.queries.way_explained import way_explained


class _GuidanceView(ScopedView[Enrollment]):
    scopes = {}

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        rows: QuerySet[Enrollment] = Enrollment.objects.visible_to(self.person)
        return rows


class ExplanationView(_GuidanceView):
    """The rules of an enrollment, explained."""

    scopes = {"GET": "progress:read"}

    @extend_schema(operation_id="enrollments_explanation", responses=ExplanationOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return the rule tree with what is met and the least that is still missing."""
        return Response(explained(way_explained(self.get_object())))


class ReadinessView(_GuidanceView):
    """Readiness for every role."""

    scopes = {"GET": "progress:read"}

    @extend_schema(operation_id="enrollments_readiness", responses=RoleReadinessOutput(many=True))
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List every role with how ready the learner is and what would raise it most per hour."""
        enrollment = self.get_object()
        context = {"role": enrollment.role}
        found = role_readiness(enrollment)
        return Response(RoleReadinessOutput(found, many=True, context=context).data)


class TrackOptionsView(_GuidanceView):
    """What each track would mean."""

    scopes = {"GET": "progress:read"}

    @extend_schema(operation_id="enrollments_track_options", responses=TrackOptionOutput(many=True))
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List every track with what it keeps and adds, before the learner decides."""
        return Response(TrackOptionOutput(track_options(self.get_object()), many=True).data)
