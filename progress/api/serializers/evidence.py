"""Evidence, in and out."""

from django.core.validators import URLValidator
from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.models.evidence import EvidenceKind


class EvidenceInput(Input):
    """A link beside a milestone."""

    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one.")
    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField(max_length=80)
    url = serializers.CharField(
        max_length=2000, validators=[URLValidator(schemes=["http", "https"])]
    )
    title = serializers.CharField(max_length=200)


class EvidenceOutput(Output):
    """Evidence beside a milestone."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EvidenceKind.choices)
    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField()
    url = serializers.CharField()
    title = serializers.CharField()
    created_at = serializers.DateTimeField()
