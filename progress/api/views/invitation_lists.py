"""Inviting many people at once."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.parsers import CsvParser, StrictJSONParser
from backend.api.views import ScopedView, valid
from progress.api.serializers.invitation_lists import (
    InvitationListOutput,
    ListInput,
    ListOptions,
    ListPreviewInput,
    ListPreviewOptions,
    ListPreviewOutput,
)
from progress.commands.cohort_guards import require_coordinator, require_open_cohort
from progress.commands.invite_list import invite_list
from progress.commands.revoke_list import revoke_list
from progress.models import Cohort, InvitationList
from progress.models.cohort import CohortPart
from progress.queries.invitation_plan import InvitationPlan, InvitationVerdict, invitation_plan

READS = [StrictJSONParser, CsvParser]
PART = OpenApiParameter(
    "part", str, enum=[*CohortPart.values], description="With `text/csv`: see the JSON."
)


class _CohortBase(ScopedView[Cohort]):
    scopes = {}
    parser_classes = READS

    def rows(self) -> QuerySet[Cohort]:
        """Cohorts that one is in; for an admin, all."""
        return Cohort.objects.visible_to(self.person)

    def run(self) -> Cohort:
        """Return the cohort that one runs; raise Http404, NotTheCoordinator."""
        cohort: Cohort = self.get_object()
        require_coordinator(self.person, cohort)
        return cohort


class ListPreviewView(_CohortBase):
    """What inviting a list would do."""

    scopes = {"POST": "people:write"}
    beside_file = ListPreviewOptions

    @extend_schema(
        operation_id="invitation_lists_preview",
        request={"application/json": ListPreviewInput, "text/csv": OpenApiTypes.BINARY},
        parameters=[PART],
        responses={200: ListPreviewOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Say of every row of a CSV (up to 500) whether it would invite; nobody is invited."""
        cohort = self.run()
        require_open_cohort(cohort)
        data: Any = request.data
        if isinstance(data, bytes):
            asked = {**valid(ListPreviewOptions(data=request.query_params)), "text": data}
        else:
            asked = valid(ListPreviewInput(data=data))
        plan = invitation_plan(
            cohort,
            asked["text"],
            person=self.person,
            part=asked["part"],
            message="",
            now=self.now,
        )
        return Response(ListPreviewOutput(_told(plan)).data)


def _told(plan: InvitationPlan) -> dict[str, Any]:
    invite = len(plan.having(InvitationVerdict.INVITE))
    refused = len(plan.having(InvitationVerdict.REFUSED))
    return {
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "columns": [{"name": name, "read_as": read_as or None} for name, read_as in plan.columns],
        "invite": invite,
        "left_out": len(plan.rows) - invite - refused,
        "refused": refused,
        "room": plan.room,
        "rows": plan.rows,
    }


class ListsView(_CohortBase):
    """The lists that were invited into a cohort."""

    scopes = {"GET": "people:read", "POST": "people:write"}
    pagination_class = Pages
    beside_file = ListOptions

    @extend_schema(operation_id="invitation_lists_list", responses=InvitationListOutput(many=True))
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """List them for the cohort's coordinators, the latest first; revoked ones stay."""
        rows = InvitationList.objects.filter(cohort=self.run())
        return self.page(rows, InvitationListOutput, ordering=("-created_at", "id"))

    @extend_schema(
        operation_id="invitation_lists_create",
        request={"application/json": ListInput, "text/csv": OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter("id", uuid.UUID, description="With `text/csv`: the list's id."),
            PART,
            OpenApiParameter("message", str, description="With `text/csv`: see the JSON."),
            OpenApiParameter("days", int, description="With `text/csv`: see the JSON."),
            OpenApiParameter("skip_refused", bool, description="With `text/csv`: see the JSON."),
        ],
        responses={201: InvitationListOutput, 200: InvitationListOutput},
    )
    def post(self, request: Request, id: uuid.UUID) -> Response:
        """Invite everybody of a CSV, or nobody: 201 when it is new, 200 when it was sent before.

        Who is there, or invited, already is left out.
        """
        cohort = self.get_object()
        data: Any = request.data
        if isinstance(data, bytes):
            asked = {**valid(ListOptions(data=request.query_params)), "text": data}
        else:
            asked = valid(ListInput(data=data))
        made, is_new = invite_list(
            person=self.person,
            cohort=cohort,
            list_id=asked["id"],
            content=asked["text"],
            part=asked["part"],
            message=asked["message"],
            skip_refused=asked["skip_refused"],
            life=timedelta(days=asked["days"]),
            now=self.now,
        )
        return Response(InvitationListOutput(made).data, status=201 if is_new else 200)


class AppliedListView(ScopedView[InvitationList]):
    """One list."""

    scopes = {"DELETE": "people:write"}

    def rows(self) -> QuerySet[InvitationList]:
        """Those into cohorts that one coordinates."""
        return InvitationList.objects.visible_to(self.person)

    @extend_schema(
        operation_id="invitation_lists_revoke",
        request=None,
        responses={200: InvitationListOutput},
    )
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Revoke all of it that nobody has accepted; mail that has not left is not sent."""
        found = self.get_object()
        revoke_list(invitation_list=found, now=self.now)
        return Response(InvitationListOutput(found).data)
