"""The timeline, out; and what it may be narrowed by."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.api.serializers.choices import TIMELINE_GROUPS
from progress.api.serializers.pathways import NamedOutput


class TimelineFilter(serializers.Serializer[None]):
    """Which events."""

    group = serializers.ChoiceField(TIMELINE_GROUPS, required=False)
    milestone = serializers.CharField(max_length=80, required=False, source="milestone_key")

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; `from` is a word of Python's."""
        return {
            **super().get_fields(),
            "from": serializers.DateField(required=False, source="first_day"),
            "to": serializers.DateField(required=False, source="last_day"),
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a last day before the first."""
        if "first_day" in attrs and attrs["first_day"] > attrs.get("last_day", attrs["first_day"]):
            raise serializers.ValidationError({"to": _("The last day is before the first.")})
        return attrs


class TimelineEventOutput(Output):
    """An event, with what a person needs to read it."""

    id = serializers.UUIDField()
    type = serializers.CharField(help_text="Such as `submission.decided.v1`; new ones may come.")
    group = serializers.ChoiceField(TIMELINE_GROUPS)
    occurred_at = serializers.DateTimeField()
    day = serializers.DateField(help_text="Where the learner is.")
    subject_id = serializers.UUIDField(help_text="What it happened to.")
    actor = PersonOutput(allow_null=True)
    milestone = NamedOutput(
        allow_null=True, help_text="By the key the event has, and the title that key had last."
    )
    details = serializers.DictField(
        source="data", help_text="The event's labels: minutes, round, outcome, …"
    )
    labels = serializers.DictField(
        child=serializers.CharField(), help_text="Titles of the track and role in `details`."
    )
    title = serializers.CharField(help_text="Of evidence; else empty.")
    text = serializers.CharField(help_text="A note, message or feedback, as it was written.")
    url = serializers.CharField(help_text="Of evidence; else empty.")
    undone = serializers.BooleanField(help_text="The entry was voided, or the import undone.")
