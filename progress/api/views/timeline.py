"""What happened on an enrollment."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, valid
from progress.api.serializers.choices import TIMELINE_GROUPS
from progress.api.serializers.timeline import TimelineEventOutput, TimelineFilter
from progress.models import Enrollment
from progress.queries.timeline import ORDER, Moment, events_of, timeline
from progress.timeline import Group


class TimelineView(ScopedView[Enrollment]):
    """The timeline of an enrollment."""

    scopes = {"GET": "progress:read"}
    pagination_class = Pages
    filters = TimelineFilter

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().visible_to(self.person)

    @extend_schema(
        operation_id="enrollments_timeline",
        parameters=[
            OpenApiParameter("group", str, enum=TIMELINE_GROUPS, description="Only of this kind."),
            OpenApiParameter("milestone", str, description="Only of the milestone with this key."),
            OpenApiParameter("from", dt.date, description="From this day where the learner is."),
            OpenApiParameter("to", dt.date, description="Up to this day, included."),
        ],
        responses=TimelineEventOutput(many=True),
    )
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List everything that happened, the latest first."""
        enrollment = self.get_object()
        asked = valid(TimelineFilter(data=request.query_params))
        group = Group(asked.pop("group")) if "group" in asked else None

        def prepare(rows: list[Any]) -> list[Moment]:
            return timeline(enrollment, rows)

        rows = events_of(enrollment, group=group, **asked)
        return self.page(rows, TimelineEventOutput, ordering=ORDER, prepare=prepare)
