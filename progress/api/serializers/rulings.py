"""Waivers and revocations."""

from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.models.ruling import RulingKind


class RulingInput(Input):
    """Why."""

    reason = serializers.CharField(max_length=2_000, help_text="Markdown. The learner reads it.")


class RulingOutput(Output):
    """What a mentor said of a milestone outside of a round."""

    kind = serializers.ChoiceField(RulingKind.choices)
    reason = serializers.CharField(help_text="Markdown.")
    mentor = PersonOutput()
    made_at = serializers.DateTimeField()
