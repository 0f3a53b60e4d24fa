"""Pauses, in and out."""

from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.models.pause import REASON_LENGTH


class PauseChangeInput(Input):
    """The days of a pause."""

    starts_on = serializers.DateField(help_text="The first paused day, where the learner is.")
    ends_on = serializers.DateField(
        allow_null=True, help_text="The last paused day; null: until it is ended."
    )
    reason = serializers.CharField(
        max_length=REASON_LENGTH,
        allow_blank=True,
        required=False,
        default="",
        help_text="The learner's mentors can read it.",
    )


class PauseInput(PauseChangeInput):
    """A pause to plan."""

    id = serializers.UUIDField(
        required=False, help_text="Made by the client, so that sending twice is one pause."
    )


class PauseOutput(Output):
    """Days on which nothing is expected."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
