"""`/nudges/preview`."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.serializers import Output
from backend.api.views import PersonalView
from notifications.catalogue.verdicts import said
from notifications.foresight import Fate
from notifications.models import Channel
from notifications.queries.preview import Preview, preview

OUTCOMES = ("sent", "dropped", "put_off")


class FateOutput(Output):
    """What would become of it over one channel."""

    channel = serializers.ChoiceField(Channel.values)
    outcome = serializers.ChoiceField(
        OUTCOMES, help_text="`put_off` is to a time after those that are looked at."
    )
    at = serializers.DateTimeField(help_text="When it would be sent, dropped, or asked about anew.")
    reasons = serializers.ListField(
        child=serializers.CharField(),
        help_text="Labels of what puts it off on the way, and at last of what drops it.",
    )
    why = serializers.ListField(
        child=serializers.CharField(), help_text="The same in sentences; empty if it just goes out."
    )

    def to_representation(self, instance: Fate) -> dict[str, Any]:
        """Give labels and sentences side by side."""
        labels = [
            *dict.fromkeys(instance.put_off_by),
            *([instance.dropped] * bool(instance.dropped)),
        ]
        outcome = "sent" if instance.is_sent else "dropped" if instance.dropped else "put_off"
        row = {"channel": instance.channel, "outcome": outcome, "at": instance.at}
        return super().to_representation(
            {**row, "reasons": labels, "why": [said(label) for label in labels]}
        )


class ForeseenOutput(Output):
    """One thing that would reach one: the inbox first, then the channels."""

    kind = serializers.CharField()
    at = serializers.DateTimeField(
        help_text="When it would first be heard of: over a channel, or else in the inbox."
    )
    day = serializers.DateField(help_text="That day where the person lives.")
    inbox_at = serializers.DateTimeField(help_text="When the inbox has it.")
    title = serializers.CharField(source="words.title")
    body = serializers.CharField(source="words.body")
    reason = serializers.CharField(source="words.reason", help_text="Why, in a sentence.")
    url = serializers.CharField(source="words.url", help_text="A path of the web client.")
    channels = FateOutput(source="fates", many=True)
    enrollment_id = serializers.CharField(help_text="Empty if it is about none.")
    milestone_key = serializers.CharField(help_text="Empty if it is about none.")


class NudgesPreviewOutput(Output):
    """The days from now until `until`, the earliest first."""

    now = serializers.DateTimeField()
    until = serializers.DateTimeField()
    items = ForeseenOutput(many=True)


class PreviewView(PersonalView):
    """What would reach one."""

    scopes = {"GET": "notifications:read"}

    @extend_schema(operation_id="nudges_preview", responses=NudgesPreviewOutput)
    def get(self, request: Request) -> Response:
        """Return the next 14 days as they would happen if nothing changed.

        By the same rules that planning and sending follow, with a later clock. What depends on
        others, such as a decision, is not in it.
        """
        found: Preview = preview(self.person, now=self.now)
        return Response(NudgesPreviewOutput(found).data)
