"""When an answer may come."""

import uuid

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView
from progress.api.serializers.promise import PromiseOutput
from progress.models import Enrollment
from progress.queries.promise import milestone_promise


class PromiseView(ScopedView[Enrollment]):
    """When an answer to a milestone may come."""

    scopes = {"GET": "progress:read"}

    def rows(self) -> QuerySet[Enrollment]:
        """Enrollments that one may see."""
        return Enrollment.objects.with_names().visible_to(self.person)

    @extend_schema(operation_id="milestones_promise", responses=PromiseOutput)
    def get(self, request: Request, id: uuid.UUID, key: str) -> Response:
        """Return how long others wait or waited for an answer, and the place in line."""
        try:
            found = milestone_promise(self.get_object(), key, now=self.now)
        except KeyError as exc:
            raise Http404 from exc
        return Response(PromiseOutput(found).data)
