"""An uploaded file, in."""

from rest_framework import serializers

from backend.api.serializers import Input
from progress.api.serializers.evidence import MilestoneKeys


class FileInput(Input):
    """A file beside milestones, as a form."""

    enrollment_id = serializers.UUIDField()
    milestone_keys = MilestoneKeys(help_text="Once for each milestone it serves.")
    title = serializers.CharField(
        max_length=200, allow_blank=True, required=False, default="", help_text="Else its name."
    )
    file = serializers.FileField(allow_empty_file=True)
