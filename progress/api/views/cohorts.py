"""Cohorts and who is in them."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import ScopedView, find, no_content, valid
from progress.api.serializers.cohorts import (
    CohortChangeInput,
    CohortInput,
    CohortMemberOutput,
    CohortOutput,
)
from progress.commands.change_cohort import change_cohort
from progress.commands.create_cohort import create_cohort
from progress.commands.end_cohort import end_cohort
from progress.commands.leave_cohort import leave_cohort
from progress.models import Cohort, CohortMember, Pathway
from progress.models.cohort import CohortPart
from progress.queries.cohorts import cohorts_seen, with_leave


class PartFilter(serializers.Serializer[None]):
    """Which members."""

    part = serializers.ChoiceField(CohortPart.choices, required=False)


class _CohortBase(ScopedView[Cohort]):
    scopes = {}

    def rows(self) -> QuerySet[Cohort]:
        """Those that one is in; for an admin, all."""
        return Cohort.objects.select_related("pathway").visible_to(self.person)

    def answer(self, cohort: Cohort, status: int = 200) -> Response:
        """Return the cohort as one sees it."""
        (seen,) = cohorts_seen([cohort], person=self.person)
        return Response(CohortOutput(seen).data, status=status)


class CohortListView(_CohortBase):
    """Cohorts."""

    scopes = {"GET": "people:read", "POST": "people:write"}
    pagination_class = Pages

    @extend_schema(operation_id="cohorts_list", responses=CohortOutput(many=True))
    def get(self, request: Request) -> Response:
        """List the cohorts one is in, ended ones too, the one that starts last first."""
        return self.page(
            Cohort.objects.select_related("pathway").of(self.person),
            CohortOutput,
            ordering=("-starts_on", "-id"),
            prepare=lambda rows: cohorts_seen(rows, person=self.person),
        )

    @extend_schema(
        operation_id="cohorts_create", request=CohortInput, responses={201: CohortOutput}
    )
    def post(self, request: Request) -> Response:
        """Start a cohort; one becomes its coordinator."""
        data = valid(CohortInput(data=request.data))
        data["pathway"] = find(Pathway.objects.visible_to(self.person), slug=data["pathway"])
        return self.answer(create_cohort(person=self.person, now=self.now, **data), status=201)


class CohortView(_CohortBase):
    """One cohort."""

    scopes = {"GET": "people:read", "PATCH": "people:write", "DELETE": "people:write"}

    @extend_schema(operation_id="cohorts_read", responses=CohortOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a cohort."""
        return self.answer(self.get_object())

    @extend_schema(
        operation_id="cohorts_update",
        request=CohortChangeInput(partial=True),
        responses=CohortOutput,
    )
    def patch(self, request: Request, id: uuid.UUID) -> Response:
        """Change its name or dates; its coordinators may."""
        cohort = self.get_object()
        changes = valid(CohortChangeInput(data=request.data, partial=True))
        change_cohort(person=self.person, cohort=cohort, changes=changes, now=self.now)
        return self.answer(cohort)

    @extend_schema(operation_id="cohorts_end", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """End it: its mentors and coordinators see its learners' work no longer."""
        end_cohort(person=self.person, cohort=self.get_object(), now=self.now)
        return no_content()


class _MembersBase(ScopedView[CohortMember]):
    scopes = {}

    def rows(self) -> QuerySet[CohortMember]:
        """Those in the cohort of the URL whom one may know of; raise Http404 without a cohort."""
        cohort = find(Cohort.objects.visible_to(self.person), id=self.kwargs["id"])
        rows: Any = CohortMember.objects.select_related("person", "cohort").filter(cohort=cohort)
        return rows.visible_to(self.person)  # type: ignore[no-any-return]


class CohortMemberListView(_MembersBase):
    """Who is in a cohort."""

    scopes = {"GET": "people:read"}
    pagination_class = Pages
    filters = PartFilter

    @extend_schema(
        operation_id="cohort_members_list",
        parameters=[
            OpenApiParameter(
                "part", str, enum=[*CohortPart.values], description="Only with this part."
            )
        ],
        responses=CohortMemberOutput(many=True),
    )
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List members: for a mentor or coordinator everybody, for a learner those who help."""
        wanted = valid(PartFilter(data=request.query_params))
        rows: Any = self.rows()
        return self.page(
            with_leave(rows.staying().filter(**wanted), now=self.now),
            CohortMemberOutput,
            ordering=("joined_at", "id"),
            person=self.person,
        )


class CohortMemberView(_MembersBase):
    """One member's part."""

    scopes = {"DELETE": "people:write"}

    @extend_schema(operation_id="cohort_members_leave", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID, member: uuid.UUID) -> Response:
        """Leave, or as a coordinator take somebody out; what they held goes back to the queue."""
        row = find(self.rows(), id=member)
        leave_cohort(person=self.person, member=row, now=self.now)
        return no_content()
