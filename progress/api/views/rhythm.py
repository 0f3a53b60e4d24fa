"""A learner's rhythm."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, valid
from progress.api.serializers.rhythm import RhythmOutput
from progress.models import Enrollment
from progress.queries.learner_rhythm import learner_rhythm


class YearFilter(serializers.Serializer[None]):
    """Which year."""

    year = serializers.IntegerField(min_value=1970, max_value=2999, required=False)


class RhythmView(ScopedView[Enrollment]):
    """The rhythm of an enrollment."""

    scopes = {"GET": "progress:read"}
    filters = YearFilter

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        rows = Enrollment.objects.with_names().with_pauses()
        return rows.visible_to(self.person)

    @extend_schema(
        operation_id="enrollments_rhythm",
        parameters=[
            OpenApiParameter(
                "year", int, description="An ISO 8601 year; the last 53 weeks without it."
            )
        ],
        responses=RhythmOutput,
    )
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return this week, weeks kept, a year of days, and where the time went."""
        year = valid(YearFilter(data=request.query_params)).get("year")
        found = learner_rhythm(self.get_object(), year=year, now=self.now)
        return Response(RhythmOutput(found).data)
