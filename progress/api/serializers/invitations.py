"""Invitations, sent and received, and what accepting one makes."""

from datetime import datetime

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.cohorts import CohortOutput, FollowedPathwayOutput
from progress.api.serializers.people import MentorshipOutput
from progress.invitation_list import LONGEST_ADDRESS
from progress.models import Invitation
from progress.models.cohort import CohortPart
from progress.models.invitation import INVITATION_LIFE, InvitationState

LONGEST_LIFE = 90
MOST_USES = 1_000


class InvitationInput(Input):
    """An open hand: to an email address, or as a link to pass on."""

    email = serializers.EmailField(
        max_length=LONGEST_ADDRESS,
        required=False,
        allow_blank=True,
        default="",
        help_text="Left out, it is a link.",
    )
    part = serializers.ChoiceField(CohortPart.choices, help_text="What the invitee becomes.")
    message = serializers.CharField(max_length=1000, allow_blank=True, required=False, default="")
    cohort_id = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Into which cohort; without one, to a mentorship with you.",
    )
    max_uses = serializers.IntegerField(
        min_value=1,
        max_value=MOST_USES,
        required=False,
        default=1,
        help_text="How many people may use a link.",
    )
    days = serializers.IntegerField(
        min_value=1,
        max_value=LONGEST_LIFE,
        required=False,
        default=INVITATION_LIFE.days,
        help_text="How long it is open.",
    )

    def validate_email(self, email: str) -> str:
        """Return the address in lower case, as it is stored: that may be longer."""
        lowered = email.lower()
        if len(lowered) > LONGEST_ADDRESS:
            self.fields["email"].fail("max_length", max_length=LONGEST_ADDRESS)
        return lowered


class _InvitationState(Output):
    state = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(InvitationState.choices))
    def get_state(self, invitation: Invitation) -> str:
        """Return open, accepted, used_up, revoked or expired."""
        now: datetime = self.context["now"]
        return invitation.state_at(now).value


class NamedCohortOutput(Output):
    """A cohort by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class InvitationOutput(_InvitationState):
    """An invitation as who runs it sees it. Needs `now` and `may_share` in the context."""

    id = serializers.UUIDField()
    email = serializers.CharField(help_text="Empty for a link.")
    part = serializers.ChoiceField(CohortPart.choices)
    cohort = NamedCohortOutput(allow_null=True)
    message = serializers.CharField()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    max_uses = serializers.IntegerField()
    uses = serializers.IntegerField()
    link = serializers.SerializerMethodField()

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_link(self, invitation: Invitation) -> str | None:
        """Return the link to pass on.

        It is null for an invitation by email, which brings its own, and for an app that may not
        invite people itself.
        """
        if invitation.email or not self.context["may_share"]:
            return None
        return f"{settings.PUBLIC_URL}/invitations/{invitation.token}"


class InvitedToOutput(Output):
    """The cohort that somebody is invited into."""

    id = serializers.UUIDField(source="cohort.id")
    name = serializers.CharField(source="cohort.name")
    pathway = FollowedPathwayOutput()
    starts_on = serializers.DateField(source="cohort.starts_on")
    ends_on = serializers.DateField(source="cohort.ends_on")


class ReceivedInvitationOutput(Output):
    """An invitation as the holder of its link sees it."""

    state = serializers.ChoiceField(InvitationState.choices)
    part = serializers.ChoiceField(CohortPart.choices)
    inviter = PersonOutput()
    email = serializers.CharField(help_text="Whom it is for; empty for a link.")
    cohort = InvitedToOutput(allow_null=True)
    message = serializers.CharField()
    expires_at = serializers.DateTimeField()
    is_for_me = serializers.BooleanField(
        allow_null=True, help_text="Whether the signed-in person can accept it; null if nobody is."
    )


class AcceptedOutput(Output):
    """What accepting made: a mentorship, or a part in a cohort."""

    part = serializers.ChoiceField(CohortPart.choices)
    mentorship = MentorshipOutput(allow_null=True)
    cohort = CohortOutput(allow_null=True)
    enroll = serializers.CharField(
        allow_null=True,
        help_text="The slug of the cohort's pathway, for a learner who is not on it yet.",
    )
