"""Snapshots, link checks and probes, in and out."""

from typing import Any

from django.core.validators import URLValidator
from rest_framework import serializers

from backend.api.serializers import Input, Output
from backend.outgoing.reasons import reason_in_words
from progress.models.snapshot import SnapshotState

LINK_STATES = [(name, name) for name in ("unchecked", "alive", "failing", "dead")]


class ReasonField(serializers.CharField):
    """What a look found wrong, in the language of whoever reads it."""

    def to_representation(self, value: str) -> str:
        """Return a stored reason in words."""
        return reason_in_words(super().to_representation(value))


class SnapshotOutput(Output):
    """What a link showed when it was submitted."""

    state = serializers.ChoiceField(SnapshotState.choices)
    reason = ReasonField(help_text="Why the last look found nothing, else empty.")
    fetched_at = serializers.DateTimeField(allow_null=True)
    final_url = serializers.CharField(help_text="Where redirects ended.")
    status = serializers.IntegerField(allow_null=True, help_text="Of HTTP.")
    title = serializers.CharField(help_text="Of the page.")
    sha256 = serializers.CharField(help_text="Of the body, in hexadecimal.")
    is_truncated = serializers.BooleanField(help_text="The hash is of the first 5 MiB only.")
    commit = serializers.CharField(help_text="That the URL of a git host pointed to, else empty.")


class LinkHealthOutput(Output):
    """What the weekly look at a link found last."""

    state = serializers.SerializerMethodField()
    checked_at = serializers.DateTimeField(allow_null=True)
    reason = ReasonField(help_text="What was wrong, else empty.")
    dead_since = serializers.DateTimeField(allow_null=True)

    def get_state(self, check: Any) -> str:
        """Return dead, failing, alive, or unchecked."""
        if check.dead_since is not None:
            return "dead"
        if check.failures:
            return "failing"
        return "alive" if check.checked_at and not check.reason else "unchecked"


class ProbeInput(Input):
    """A health URL."""

    url = serializers.CharField(
        max_length=2000, validators=[URLValidator(schemes=["http", "https"])]
    )


class ProbeDayOutput(Output):
    """The checks of one local day of the learner."""

    day = serializers.DateField()
    ok = serializers.IntegerField()
    failed = serializers.IntegerField()
    is_live = serializers.BooleanField(help_text="At most one check in ten failed, one did not.")


class ProbeOutput(Output):
    """A deployment that is asked every hour whether it is up."""

    url = serializers.CharField(source="probe.url")
    created_at = serializers.DateTimeField(source="probe.created_at")
    checked_at = serializers.DateTimeField(source="probe.checked_at", allow_null=True)
    is_up = serializers.BooleanField(source="probe.is_up", allow_null=True)
    reason = ReasonField(source="probe.reason", help_text="What was wrong, else empty.")
    live_days = serializers.IntegerField(help_text="Of the last `of_days` days.")
    of_days = serializers.IntegerField()
    days = ProbeDayOutput(many=True, help_text="Oldest first, today last.")
