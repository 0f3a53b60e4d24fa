"""A learner's rhythm, out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Output
from progress.api.serializers.choices import MILESTONE_KINDS, WEEK_STATES
from progress.api.serializers.pathways import NamedOutput
from progress.compiled import compiled
from progress.queries.learner_rhythm import LearnerRhythm
from progress.rhythm import Share


class RhythmWeekOutput(Output):
    """A week, Monday first."""

    starts_on = serializers.DateField()
    minutes = serializers.IntegerField()
    goal_minutes = serializers.IntegerField(
        help_text="The goal's share for the days that are not paused."
    )
    paused_days = serializers.IntegerField()
    state = serializers.ChoiceField(
        WEEK_STATES, help_text="`rest`: nothing was, or is yet, wanted of it."
    )
    days = serializers.ListField(
        child=serializers.IntegerField(), help_text="Minutes, seven of them."
    )


class RunsOutput(Output):
    """Weeks whose goal was met. Weeks at rest neither add nor break."""

    kept = serializers.IntegerField()
    asked = serializers.IntegerField(help_text="Weeks that are over, or kept already, not at rest.")
    current = serializers.IntegerField(help_text="In a row, up to now.")
    best = serializers.IntegerField(help_text="In a row, ever.")


class ShareOutput(NamedOutput):
    """Minutes on something, with the estimate for all of it."""

    minutes = serializers.IntegerField()
    estimate_minutes = serializers.IntegerField(help_text="0 off the learner's track.")


class KindShareOutput(Output):
    """Minutes on a kind of milestone."""

    kind = serializers.ChoiceField(MILESTONE_KINDS, source="key")
    minutes = serializers.IntegerField()
    estimate_minutes = serializers.IntegerField()


class RhythmOutput(Output):
    """This week, weeks kept, a year of days, and where the time went."""

    enrollment_id = serializers.UUIDField(source="enrollment.id")
    today = serializers.DateField(help_text="Where the learner is.")
    weekly_minutes = serializers.IntegerField(source="enrollment.weekly_minutes")
    minutes = serializers.IntegerField(help_text="All that was logged, ever.")
    week = RhythmWeekOutput(help_text="The current one.")
    runs = RunsOutput()
    weeks = RhythmWeekOutput(many=True, help_text="Those of the year, the oldest first.")
    milestones = serializers.SerializerMethodField()
    stages = serializers.SerializerMethodField()
    kinds = KindShareOutput(many=True, source="shares.kinds")
    elsewhere_minutes = serializers.IntegerField(
        source="shares.elsewhere", help_text="On milestones that the edition no longer has."
    )

    @extend_schema_field(ShareOutput(many=True))
    def get_milestones(self, rhythm: LearnerRhythm) -> Any:
        """Return milestones with time on them, the most first."""
        known = compiled(rhythm.enrollment).milestones
        return _named(rhythm.shares.milestones, {key: one.title for key, one in known.items()})

    @extend_schema_field(ShareOutput(many=True))
    def get_stages(self, rhythm: LearnerRhythm) -> Any:
        """Return the stages in order."""
        known = compiled(rhythm.enrollment).document.stages
        return _named(rhythm.shares.stages, {stage.key: stage.title for stage in known})


def _named(shares: tuple[Share, ...], titles: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "key": one.key,
            "title": titles[one.key],
            "minutes": one.minutes,
            "estimate_minutes": one.estimate_minutes,
        }
        for one in shares
    ]
