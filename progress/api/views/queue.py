"""The review queue."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, valid
from progress.api.serializers.queue import (
    QueueCountsOutput,
    QueueFilter,
    QueueRowOutput,
    wanted_of,
)
from progress.models import Submission
from progress.queries.review_queue import Wanted, queue_counts, review_queue


class _QueueBase(ScopedView[Submission]):
    scopes = {}
    filters = QueueFilter

    @property
    def wanted(self) -> Wanted:
        """What the query string asks for. Raises ValidationError."""
        named = {name: self.request.query_params[name] for name in self._asked()}
        return wanted_of(valid(QueueFilter(data=named)))

    def _asked(self) -> list[str]:
        return [name for name in self.request.query_params if name in QueueFilter().fields]

    def rows(self) -> QuerySet[Submission]:
        """What one may decide, as far as it is asked for."""
        return review_queue(self.person, self.wanted, now=self.now)


class ReviewQueueView(_QueueBase):
    """What waits for one's review."""

    scopes = {"GET": "reviews:read"}
    pagination_class = Pages

    @extend_schema(
        operation_id="review_queue_list",
        parameters=[QueueFilter],
        responses=QueueRowOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List what waits for one's review, the longest wait first; by default what fits one."""
        return self.page(
            self.rows(),
            QueueRowOutput,
            ordering=("waits_since", "id"),
            person=self.person,
            now=self.now,
            second_opinion=self.wanted.second_opinion,
        )


class QueueCountsView(_QueueBase):
    """How much waits for one's review."""

    scopes = {"GET": "reviews:read"}

    @extend_schema(
        operation_id="review_queue_counts", parameters=[QueueFilter], responses=QueueCountsOutput
    )
    def get(self, request: Request) -> Response:
        """Count what the queue lists with the same filters, and who holds it."""
        return Response(
            QueueCountsOutput(queue_counts(self.person, self.wanted, now=self.now)).data
        )
