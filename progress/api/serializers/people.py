"""Mentorships and invitations."""

from datetime import datetime

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.models import Invitation, Mentorship
from progress.models.mentorship import InvitationState, MentorshipState, Part


class MentorshipOutput(Output):
    """Who mentors whom. Needs `person` in the context."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(MentorshipState.choices)
    mentor = PersonOutput()
    learner = PersonOutput()
    my_part = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(Part.choices))
    def get_my_part(self, mentorship: Mentorship) -> str:
        """Return mentor or learner: the part of the person who asks."""
        mine = mentorship.mentor_id == self.context["person"].pk
        return Part.MENTOR.value if mine else Part.LEARNER.value


class InvitationInput(Input):
    """An open hand to an email address."""

    email = serializers.EmailField()
    part = serializers.ChoiceField(Part.choices, help_text="What the invitee becomes.")
    message = serializers.CharField(max_length=1000, allow_blank=True, required=False, default="")


class _InvitationState(Output):
    state = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(InvitationState.choices))
    def get_state(self, invitation: Invitation) -> str:
        """Return open, accepted, revoked or expired."""
        now: datetime = self.context["now"]
        return invitation.state_at(now).value


class InvitationOutput(_InvitationState):
    """An invitation as its sender sees it. Needs `now` in the context."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    part = serializers.ChoiceField(Part.choices)
    message = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class ReceivedInvitationOutput(_InvitationState):
    """An invitation as the holder of its link sees it. Needs `now` in the context."""

    part = serializers.ChoiceField(Part.choices)
    inviter = PersonOutput()
    email = serializers.EmailField()
    message = serializers.CharField()
    expires_at = serializers.DateTimeField()
