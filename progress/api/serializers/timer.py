"""The timer, in and out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output
from progress.api.serializers.log_entries import AT, LogEntryOutput
from progress.api.serializers.pathways import NamedOutput
from progress.compiled import milestone_of
from progress.models import Timer
from progress.models.log_entry import MINUTES_IN_A_DAY


class TimerInput(Input):
    """What the learner works on, and since when."""

    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField(max_length=80)
    started_at = serializers.DateTimeField(
        required=False, help_text="Now, if it is left out or later."
    )


class RunningTimerOutput(Output):
    """A running timer."""

    enrollment_id = serializers.UUIDField()
    milestone = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField()
    forgotten = serializers.SerializerMethodField()

    @extend_schema_field(NamedOutput)
    def get_milestone(self, timer: Timer) -> dict[str, str]:
        """Return the milestone by name."""
        milestone = milestone_of(timer.enrollment, timer.milestone_key)
        return {"key": milestone.key, "title": milestone.title}

    def get_forgotten(self, timer: Timer) -> bool:
        """Return whether stopping it needs the real minutes. Needs `now` in the context."""
        return timer.was_forgotten(self.context["now"])


class TimerOutput(Output):
    """The learner's timer."""

    running = RunningTimerOutput(allow_null=True, help_text="Null when none runs.")


class TimerEntryInput(Input):
    """What becomes of the running timer."""

    id = serializers.UUIDField(help_text="Of the log entry; made by the client.")
    minutes = serializers.IntegerField(
        min_value=1,
        max_value=MINUTES_IN_A_DAY,
        required=False,
        allow_null=True,
        default=None,
        help_text="Instead of those measured; needed after 16 hours.",
    )
    milestone_key = serializers.CharField(
        max_length=80, required=False, help_text="Another milestone than it was started on."
    )
    note = serializers.CharField(max_length=10_000, allow_blank=True, required=False, default="")
    at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text=AT)


class TimerEntryOutput(Output):
    """The entries that a timer became: one for each local day it ran on."""

    entries = LogEntryOutput(many=True)


def running(timer: Timer | None, **context: Any) -> Any:
    """Return the answer for a timer, or for none."""
    return TimerOutput({"running": timer}, context=context).data
