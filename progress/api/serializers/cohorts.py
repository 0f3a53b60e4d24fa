"""Cohorts and who is in them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import validate_one_line
from backend.api.serializers import Input, Output, PersonOutput
from progress.models import CohortMember
from progress.models.cohort import CohortPart
from progress.queries.cohorts import CohortSeen


class CohortInput(Input):
    """A new cohort."""

    name = serializers.CharField(max_length=120, validators=[validate_one_line])
    pathway = serializers.SlugField(help_text="The slug of the pathway it follows.")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="Its last day.")


class CohortChangeInput(Input):
    """What can be changed about a cohort."""

    name = serializers.CharField(max_length=120, validators=[validate_one_line], required=False)
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False)


class FollowedPathwayOutput(Output):
    """The pathway that a cohort follows."""

    slug = serializers.SlugField()
    title = serializers.CharField()


class CohortOutput(Output):
    """A cohort as one of its members sees it."""

    id = serializers.UUIDField(source="cohort.id")
    name = serializers.CharField(source="cohort.name")
    pathway = FollowedPathwayOutput()
    starts_on = serializers.DateField(source="cohort.starts_on")
    ends_on = serializers.DateField(source="cohort.ends_on")
    created_at = serializers.DateTimeField(source="cohort.created_at")
    ended_at = serializers.DateTimeField(
        source="cohort.ended_at", allow_null=True, help_text="When a coordinator ended it."
    )
    my_parts = serializers.SerializerMethodField()
    learners = serializers.IntegerField()
    mentors = serializers.IntegerField()
    coordinators = serializers.IntegerField()

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(CohortPart.choices)))
    def get_my_parts(self, seen: CohortSeen) -> list[str]:
        """Return the parts of the person who asks; an admin may have none."""
        return list(seen.my_parts)


class CohortMemberOutput(Output):
    """Somebody's part in a cohort. Needs `person` in the context."""

    id = serializers.UUIDField()
    person = PersonOutput()
    part = serializers.ChoiceField(CohortPart.choices)
    joined_at = serializers.DateTimeField()
    away_until = serializers.DateField(
        allow_null=True, help_text="The last day of a leave that they are on."
    )
    is_me = serializers.SerializerMethodField()

    def get_is_me(self, member: CohortMember) -> bool:
        """Return whether this is the person who asks."""
        return bool(member.person_id == self.context["person"].pk)
