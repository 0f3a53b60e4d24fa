"""Where mentors disagree, for a pathway's authors."""

from rest_framework import serializers

from backend.api.serializers import Output
from progress.api.serializers.pathways import NamedOutput


class CriterionSignOutput(Output):
    """How two mentors scored one criterion."""

    criterion = NamedOutput()
    both = serializers.IntegerField(source="spread.both", help_text="How often both scored it.")
    differed = serializers.IntegerField(source="spread.differed", help_text="How often not alike.")
    gap = serializers.FloatField(
        source="spread.gap", help_text="The mean distance of the two scores, 0 to 3 steps."
    )


class RubricSignOutput(Output):
    """A milestone of an edition on which second opinions were given."""

    edition = serializers.IntegerField()
    milestone = NamedOutput()
    given = serializers.IntegerField(help_text="Second opinions.")
    differed = serializers.IntegerField(help_text="Those that decided otherwise than the first.")
    criteria = CriterionSignOutput(many=True, help_text="The furthest apart first.")


class RubricSignsOutput(Output):
    """All milestones of a pathway with second opinions, the newest edition first."""

    milestones = RubricSignOutput(many=True)
