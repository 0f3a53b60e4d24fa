"""A mentor's terms and leaves."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import PersonalView, ScopedView, no_content, valid
from progress.api.serializers.terms import (
    LeaveInput,
    LeaveOutput,
    MentorProfileInput,
    MentorProfileOutput,
)
from progress.commands.cancel_leave import cancel_leave
from progress.commands.set_mentor_terms import set_mentor_terms
from progress.commands.take_leave import take_leave
from progress.models import Leave
from progress.queries.mentor_terms import mentor_terms


class MentorProfileView(PersonalView):
    """On what terms one mentors."""

    scopes = {"GET": "people:read", "PUT": "people:write"}

    def answer(self) -> Response:
        """Return the terms as they are now."""
        return Response(MentorProfileOutput(mentor_terms(self.person, now=self.now)).data)

    @extend_schema(operation_id="mentor_profile_read", responses=MentorProfileOutput)
    def get(self, request: Request) -> Response:
        """Return one's capacity, kinds, pathways and languages, and how this week stands."""
        return self.answer()

    @extend_schema(
        operation_id="mentor_profile_put",
        request=MentorProfileInput,
        responses=MentorProfileOutput,
    )
    def put(self, request: Request) -> Response:
        """Set them: what is offered to one and what nudges one follows from now on."""
        data = valid(MentorProfileInput(data=request.data))
        set_mentor_terms(person=self.person, now=self.now, **data)
        return self.answer()


class LeaveListView(ScopedView[Leave]):
    """Leaves."""

    scopes = {"GET": "people:read", "POST": "people:write"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Leave]:
        """One's own."""
        rows: QuerySet[Leave] = Leave.objects.owned_by(self.person)
        return rows

    @extend_schema(operation_id="leaves_list", responses=LeaveOutput(many=True))
    def get(self, request: Request) -> Response:
        """List one's leaves, past ones too, the latest first."""
        return self.page(self.rows(), LeaveOutput, ordering=("-starts_on", "-id"))

    @extend_schema(operation_id="leaves_create", request=LeaveInput, responses={201: LeaveOutput})
    def post(self, request: Request) -> Response:
        """Be away from one day to another, both included: nothing is offered, nobody nudges."""
        data = valid(LeaveInput(data=request.data))
        leave = take_leave(person=self.person, now=self.now, **data)
        return Response(LeaveOutput(leave).data, status=201)


class LeaveView(ScopedView[Leave]):
    """One leave."""

    scopes = {"DELETE": "people:write"}

    def rows(self) -> QuerySet[Leave]:
        """One's own."""
        rows: QuerySet[Leave] = Leave.objects.owned_by(self.person)
        return rows

    @extend_schema(operation_id="leaves_cancel", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Take it back."""
        cancel_leave(leave=self.get_object())
        return no_content()
