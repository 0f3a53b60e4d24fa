"""Answers to what mentors asked for."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import ScopedView, valid
from progress.api.serializers.change_requests import AnswerInput, ChangeRequestOutput
from progress.commands.answer_change_request import answer_change_request
from progress.models import ChangeRequest
from progress.veil import NO_VEIL


class AnswerView(ScopedView[ChangeRequest]):
    """The learner's answer to one item."""

    scopes = {"PUT": "reviews:write"}

    def rows(self) -> QuerySet[ChangeRequest]:
        """Those that one is asked for."""
        rows = ChangeRequest.objects.with_names().owned_by(self.person)
        return rows.select_related("answer_evidence", "settled_by", "submission__enrollment")

    @extend_schema(
        operation_id="change_requests_answer", request=AnswerInput, responses=ChangeRequestOutput
    )
    def put(self, request: Request, id: uuid.UUID) -> Response:
        """Say what was changed. It can be replaced until the next round is submitted."""
        item = self.get_object()
        data = valid(AnswerInput(data=request.data))
        answer_change_request(person=self.person, change_request=item, now=self.now, **data)
        return Response(ChangeRequestOutput(item, context={"veil": NO_VEIL}).data)
