"""Mentorships and invitations."""

import uuid

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import PersonalView, PublicView, ScopedView, find, no_content, valid
from progress.api.serializers.people import (
    InvitationInput,
    InvitationOutput,
    MentorshipOutput,
    ReceivedInvitationOutput,
)
from progress.commands.accept_invitation import accept_invitation
from progress.commands.end_mentorship import end_mentorship
from progress.commands.invite_person import invite_person
from progress.commands.revoke_invitation import revoke_invitation
from progress.models import Invitation, Mentorship


class MentorshipListView(ScopedView[Mentorship]):
    """Mentorships."""

    scopes = {"GET": "people:read"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Mentorship]:
        """Those that one is a part of."""
        return Mentorship.objects.select_related("mentor", "learner").involving(self.person)

    @extend_schema(operation_id="mentorships_list", responses=MentorshipOutput(many=True))
    def get(self, request: Request) -> Response:
        """List one's mentorships, ended ones too, the newest first."""
        return self.page(
            self.rows(), MentorshipOutput, ordering=("-started_at", "id"), person=self.person
        )


class MentorshipView(ScopedView[Mentorship]):
    """One mentorship."""

    scopes = {"GET": "people:read", "DELETE": "people:write"}

    def rows(self) -> QuerySet[Mentorship]:
        """Those that one is a part of; for an admin, all."""
        return Mentorship.objects.select_related("mentor", "learner").visible_to(self.person)

    @extend_schema(operation_id="mentorships_read", responses=MentorshipOutput)
    def get(self, request: Request, id: uuid.UUID) -> Response:
        """Return a mentorship."""
        context = {"person": self.person}
        return Response(MentorshipOutput(self.get_object(), context=context).data)

    @extend_schema(operation_id="mentorships_end", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """End it; either side may."""
        end_mentorship(person=self.person, mentorship=self.get_object(), now=self.now)
        return no_content()


class InvitationListView(ScopedView[Invitation]):
    """Invitations one has sent."""

    scopes = {"GET": "people:read", "POST": "people:write"}
    pagination_class = Pages

    def rows(self) -> QuerySet[Invitation]:
        """One's own."""
        return Invitation.objects.sent_by(self.person)

    @extend_schema(operation_id="invitations_list", responses=InvitationOutput(many=True))
    def get(self, request: Request) -> Response:
        """List invitations one has sent, the newest first."""
        return self.page(
            self.rows(), InvitationOutput, ordering=("-created_at", "id"), now=self.now
        )

    @extend_schema(
        operation_id="invitations_create",
        request=InvitationInput,
        responses={201: InvitationOutput},
    )
    def post(self, request: Request) -> Response:
        """Invite somebody by email to be one's mentor or learner."""
        data = valid(InvitationInput(data=request.data))
        invitation = invite_person(person=self.person, now=self.now, **data)
        context = {"now": self.now}
        return Response(InvitationOutput(invitation, context=context).data, status=201)


class InvitationView(ScopedView[Invitation]):
    """One invitation one has sent."""

    scopes = {"DELETE": "people:write"}

    def rows(self) -> QuerySet[Invitation]:
        """One's own."""
        return Invitation.objects.sent_by(self.person)

    @extend_schema(operation_id="invitations_revoke", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Revoke it: its link stops working."""
        revoke_invitation(invitation=self.get_object(), now=self.now)
        return no_content()


class ReceivedInvitationView(PublicView):
    """An invitation, for whoever holds its link."""

    scopes = {"GET": "people:read"}

    @extend_schema(operation_id="invitations_read_by_token", responses=ReceivedInvitationOutput)
    def get(self, request: Request, token: str) -> Response:
        """Return who invites, to what, and whether it is still open."""
        rows = Invitation.objects.select_related("inviter").with_token(token)
        context = {"now": self.now}
        return Response(ReceivedInvitationOutput(find(rows), context=context).data)


class AcceptanceView(PersonalView):
    """That one accepts an invitation."""

    scopes = {"PUT": "people:write"}

    @extend_schema(operation_id="invitations_accept", request=None, responses=MentorshipOutput)
    def put(self, request: Request, token: str) -> Response:
        """Accept: the mentorship begins. Doing it again returns the same."""
        rows = Invitation.objects.select_related("inviter").with_token(token)
        mentorship = accept_invitation(person=self.person, invitation=find(rows), now=self.now)
        context = {"person": self.person}
        return Response(MentorshipOutput(mentorship, context=context).data)
