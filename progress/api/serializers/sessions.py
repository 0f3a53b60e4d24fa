"""Planned sessions, in and out."""

from rest_framework import serializers

from backend.api.serializers import Input, Output, WallTimeField
from progress.models.planned_session import LONGEST_MINUTES, SHORTEST_MINUTES

MOST_SESSIONS = 21
LAST_WEEKDAY = 6


class SessionInput(Input):
    """A time each week."""

    weekday = serializers.IntegerField(
        min_value=0, max_value=LAST_WEEKDAY, help_text="0 is Monday."
    )
    starts_at = WallTimeField(help_text="HH:MM, as clocks show it where the learner lives.")
    minutes = serializers.IntegerField(min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES)


class SessionsInput(Input):
    """All of them: what is left out is planned no more."""

    sessions = SessionInput(many=True, max_length=MOST_SESSIONS)  # type: ignore[call-arg]  # of the list


class SessionOutput(Output):
    """A time each week."""

    weekday = serializers.IntegerField(help_text="0 is Monday.")
    starts_at = WallTimeField()
    minutes = serializers.IntegerField()


class SessionsOutput(Output):
    """When in the week a learner means to work."""

    sessions = SessionOutput(many=True)
