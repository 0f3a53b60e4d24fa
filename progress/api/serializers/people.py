"""Mentorships."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.models import Mentorship
from progress.models.mentorship import MentorshipState, Part


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
