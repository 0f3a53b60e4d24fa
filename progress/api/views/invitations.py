"""Invitations, sent and received."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import PersonalView, PublicView, ScopedView, find, no_content, valid
from progress.api.serializers.invitations import (
    AcceptedOutput,
    InvitationInput,
    InvitationOutput,
    ReceivedInvitationOutput,
)
from progress.commands.accept_invitation import accept_invitation
from progress.commands.invite_person import invite_person
from progress.commands.revoke_invitation import revoke_invitation
from progress.models import Cohort, Invitation
from progress.models.invitation import InvitationState
from progress.queries.cohorts import cohorts_seen
from progress.queries.received_invitation import received_invitation


class InvitationFilter(serializers.Serializer[None]):
    """Which of them."""

    cohort = serializers.UUIDField(required=False)
    state = serializers.ChoiceField(InvitationState.choices, required=False)


class _InvitationBase(ScopedView[Invitation]):
    scopes = {}

    def rows(self) -> QuerySet[Invitation]:
        """Those to one's own mentorships, and those into cohorts that one coordinates."""
        return Invitation.objects.select_related("cohort").managed_by(self.person)

    def context(self) -> dict[str, Any]:
        """Return what the output needs: an app that only reads gets no links to pass on."""
        token: Any = self.request.auth
        may_share = token is None or token.is_valid(["people:write"])
        return {"now": self.now, "may_share": may_share}


class InvitationListView(_InvitationBase):
    """Invitations that one runs."""

    scopes = {"GET": "people:read", "POST": "people:write"}
    pagination_class = Pages
    filters = InvitationFilter

    @extend_schema(
        operation_id="invitations_list",
        parameters=[
            OpenApiParameter("cohort", uuid.UUID, description="Only into this one."),
            OpenApiParameter(
                "state", str, enum=[*InvitationState.values], description="Only in this state."
            ),
        ],
        responses=InvitationOutput(many=True),
    )
    def get(self, request: Request) -> Response:
        """List one's invitations and those into one's cohorts, the newest first."""
        wanted = valid(InvitationFilter(data=request.query_params))
        rows: Any = self.rows()
        if "state" in wanted:
            rows = rows.in_state(InvitationState(wanted.pop("state")), self.now)
        rows = rows.filter(**wanted)
        return self.page(rows, InvitationOutput, ordering=("-created_at", "id"), **self.context())

    @extend_schema(
        operation_id="invitations_create",
        request=InvitationInput,
        responses={201: InvitationOutput},
    )
    def post(self, request: Request) -> Response:
        """Invite somebody: by email or by a link, to a mentorship or into a cohort."""
        data = valid(InvitationInput(data=request.data))
        cohort_id = data.pop("cohort_id")
        seen = Cohort.objects.visible_to(self.person)
        invitation = invite_person(
            person=self.person,
            now=self.now,
            cohort=find(seen, id=cohort_id) if cohort_id else None,
            life=timedelta(days=data.pop("days")),
            **data,
        )
        return Response(InvitationOutput(invitation, context=self.context()).data, status=201)


class InvitationView(_InvitationBase):
    """One invitation that one runs."""

    scopes = {"DELETE": "people:write"}

    @extend_schema(operation_id="invitations_revoke", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Revoke it: its link stops working, and who used it before stays."""
        revoke_invitation(invitation=self.get_object(), now=self.now)
        return no_content()


def _by_token(token: str) -> Invitation:
    rows = Invitation.objects.select_related("inviter", "cohort__pathway").with_token(token)
    found: Invitation = find(rows)
    return found


class ReceivedInvitationView(PublicView):
    """An invitation, for whoever holds its link."""

    scopes = {"GET": "people:read"}

    @extend_schema(operation_id="invitations_read_by_token", responses=ReceivedInvitationOutput)
    def get(self, request: Request, token: str) -> Response:
        """Return who invites, to what, whether it is still open, and whether it is for one."""
        seen = received_invitation(_by_token(token), person=self.person, now=self.now)
        return Response(ReceivedInvitationOutput(seen).data)


class AcceptanceView(PersonalView):
    """That one accepts an invitation."""

    scopes = {"PUT": "people:write"}

    @extend_schema(operation_id="invitations_accept", request=None, responses=AcceptedOutput)
    def put(self, request: Request, token: str) -> Response:
        """Accept: the mentorship begins, or one joins. Doing it again returns the same."""
        made = accept_invitation(person=self.person, invitation=_by_token(token), now=self.now)
        seen = made.member and cohorts_seen([made.member.cohort], person=self.person)[0]
        answer = {
            "part": made.part,
            "mentorship": made.mentorship,
            "cohort": seen,
            "enroll": made.enroll,
        }
        return Response(AcceptedOutput(answer, context={"person": self.person}).data)
