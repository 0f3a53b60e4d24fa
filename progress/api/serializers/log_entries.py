"""Log entries and their voids, in and out."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.api.serializers.choices import SAID_LOG_SOURCES
from progress.api.serializers.pathways import NamedOutput
from progress.compiled import milestone_of
from progress.models import LogEntry
from progress.models.log_entry import MINUTES_IN_A_DAY, LogSource

AT = "When it was done on the device; the arrival, if it is left out or later."


class LogEntryInput(Input):
    """Work done on a milestone on a day."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one entry.")
    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField(max_length=80)
    day = serializers.DateField(help_text="A day where the learner is.")
    minutes = serializers.IntegerField(min_value=1, max_value=MINUTES_IN_A_DAY)
    note = serializers.CharField(
        max_length=10_000,
        allow_blank=True,
        required=False,
        default="",
        help_text="Markdown. Days before the enrollment need one.",
    )
    source = serializers.ChoiceField(  # type: ignore[assignment]  # Field's own
        SAID_LOG_SOURCES,
        required=False,
        help_text="Without it: web for a person at the screen, app for a token.",
    )
    replaces = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The entry that this one corrects; it is voided.",
    )
    at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text=AT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse an entry that replaces itself."""
        if attrs["replaces"] == attrs["id"]:
            raise serializers.ValidationError({"replaces": _("An entry can't replace itself.")})
        return attrs


class LogEntryOutput(Output):
    """A log entry. `note` is text as it was written. One that is voided doesn't count."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    milestone = serializers.SerializerMethodField()
    day = serializers.DateField()
    time_zone = serializers.CharField()
    minutes = serializers.IntegerField()
    note = serializers.CharField()
    source = serializers.ChoiceField(LogSource.choices)  # type: ignore[assignment]  # Field's own
    replaces = serializers.UUIDField(allow_null=True)
    voided_at = serializers.DateTimeField(allow_null=True)
    replaced_by = serializers.UUIDField(allow_null=True)
    at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(NamedOutput)
    def get_milestone(self, entry: LogEntry) -> dict[str, str]:
        """Return the milestone by name."""
        milestone = milestone_of(entry.enrollment, entry.milestone_key)
        return {"key": milestone.key, "title": milestone.title}


class LogVoidInput(Input):
    """That a log entry should not count."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one void.")
    enrollment_id = serializers.UUIDField()
    entry_id = serializers.UUIDField(help_text="It may still be on its way from another device.")
    reason = serializers.CharField(
        max_length=1000, allow_blank=True, required=False, default="", help_text="For yourself."
    )
    at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text=AT)


class LogVoidOutput(Output):
    """That a log entry doesn't count any more."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    entry_id = serializers.UUIDField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()
