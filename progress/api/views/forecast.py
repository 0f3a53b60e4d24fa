"""The way ahead."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView
from progress.api.serializers.forecast import ForecastOutput
from progress.models import Enrollment
from progress.queries.forecast import forecast


class ForecastView(ScopedView[Enrollment]):
    """When the learner will be done."""

    scopes = {"GET": "progress:read"}

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().with_pauses().visible_to(self.person)

    @extend_schema(operation_id="enrollments_forecast", responses=ForecastOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a range for the finish date, or why there is none, and what would change it."""
        return Response(ForecastOutput(forecast(self.get_object(), now=self.now)).data)
