"""`/deliveries`: for operators, what did not arrive."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.scopes import SESSION_ONLY
from backend.api.views import PersonalView, ScopedView, no_content, valid
from notifications.api.serializers import DeliveryFilter, DeliveryOutput, LedgerSummaryOutput
from notifications.commands.redeliver import redeliver, require_operator
from notifications.models import Channel, Delivery
from notifications.queries.ledger_summary import ledger_summary
from notifications.queries.undelivered import undelivered


class UndeliveredView(ScopedView[Delivery]):
    """What ended without arriving."""

    scopes = {"GET": SESSION_ONLY}
    pagination_class = Pages
    filters = DeliveryFilter

    def rows(self) -> QuerySet[Any]:
        """All of it, for operators; raises OperatorsOnly for everybody else."""
        require_operator(self.person)
        return undelivered()

    @extend_schema(
        operation_id="deliveries_undelivered",
        parameters=[
            OpenApiParameter(
                "channel", str, enum=[*Channel.values], description="Only over this one."
            ),
            OpenApiParameter("kind", str, description="Only of this kind."),
            OpenApiParameter(
                "state", str, enum=["failed", "unconfirmed"], description="Only in this state."
            ),
        ],
        responses=DeliveryOutput(many=True),
        filters=False,
    )
    def get(self, request: Request) -> Response:
        """List deliveries that failed or that nobody confirmed, the newest first."""
        rows = self.rows().filter(**valid(DeliveryFilter(data=request.query_params)))
        return self.page(rows, DeliveryOutput, ordering=("-created_at", "id"))


class SummaryView(PersonalView):
    """How everything that goes out stands."""

    scopes = {"GET": SESSION_ONLY}

    @extend_schema(operation_id="deliveries_summary", responses=LedgerSummaryOutput)
    def get(self, request: Request) -> Response:
        """Count by channel what is due, sent, left unsent and stuck, for operators."""
        require_operator(self.person)
        return Response(LedgerSummaryOutput(ledger_summary(now=self.now)).data)


class RedeliveryView(ScopedView[Delivery]):
    """Another try."""

    scopes = {"POST": SESSION_ONLY}

    def rows(self) -> QuerySet[Any]:
        """Every delivery, for operators; raises OperatorsOnly for everybody else."""
        require_operator(self.person)
        return Delivery.objects.all()

    @extend_schema(operation_id="deliveries_redeliver", request=None, responses={204: None})
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Queue it again under the same Message-ID; an unconfirmed one may arrive twice."""
        redeliver(person=self.person, delivery=self.get_object(), now=self.now)
        return no_content()
