"""Log entries, in and out."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.api.serializers.pathways import NamedOutput
from progress.compiled import milestone_of
from progress.models import LogEntry
from progress.models.log_entry import MINUTES_IN_A_DAY


class LogEntryInput(Input):
    """Work done on a milestone on a day."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one entry.")
    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField(max_length=80)
    day = serializers.DateField(help_text="A day where the learner is.")
    minutes = serializers.IntegerField(min_value=1, max_value=MINUTES_IN_A_DAY)
    note = serializers.CharField(max_length=10_000, allow_blank=True, required=False, default="")


class LogEntryOutput(Output):
    """A log entry. `note` is text as it was written."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    milestone = serializers.SerializerMethodField()
    day = serializers.DateField()
    time_zone = serializers.CharField()
    minutes = serializers.IntegerField()
    note = serializers.CharField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(NamedOutput)
    def get_milestone(self, entry: LogEntry) -> dict[str, str]:
        """Return the milestone by name."""
        milestone = milestone_of(entry.enrollment, entry.milestone_key)
        return {"key": milestone.key, "title": milestone.title}
