"""The forecast: out."""

from rest_framework import serializers

from backend.api.serializers import Output
from progress.api.serializers.explained import WayMilestoneOutput
from progress.forecast import OutlookKind, Reason
from progress.queries.forecast import Forecast

KINDS = [(kind.value, kind.value) for kind in OutlookKind]
REASONS = [(reason.value, reason.value) for reason in Reason]


class FinishOutput(Output):
    """A range of days: 10 % earlier than `early`, half before `middle`, 10 % later than `late`."""

    early = serializers.DateField()
    middle = serializers.DateField()
    late = serializers.DateField()
    beyond = serializers.BooleanField(help_text="`late` is ten years ahead, and may be later.")


class WeeksLeftOutput(Output):
    """The same range in weeks of work, paused days left out."""

    early = serializers.FloatField()
    middle = serializers.FloatField()
    late = serializers.FloatField()


class ForecastOptionOutput(Output):
    """What more minutes a week would bring."""

    more_minutes = serializers.IntegerField(source="minutes", help_text="A week.")
    weekly_minutes = serializers.IntegerField(help_text="In all.")
    finish = FinishOutput()


class ForecastTargetOutput(Output):
    """The target date, moved by pauses."""

    on = serializers.DateField()
    chance = serializers.IntegerField(help_text="Percent: how likely it is made at this pace.")
    weekly_minutes = serializers.IntegerField(
        allow_null=True,
        help_text="What makes it as likely as not; null if it has gone by or no week is that long.",
    )


class ForecastBasisOutput(Output):
    """What it is computed from."""

    weeks = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Minutes of the last whole weeks, the newest first; paused days are left out.",
    )
    worked_weeks = serializers.IntegerField(source="worked")
    pace_minutes = serializers.IntegerField(help_text="A week; recent weeks count more.")
    ratio = serializers.FloatField(
        help_text="This learner's hours per estimated hour, drawn towards 1 while there are few."
    )
    compared_milestones = serializers.IntegerField(
        source="milestones", help_text="Completed ones that `ratio` is learned from."
    )
    estimated_minutes = serializers.IntegerField(help_text="Left by the authors' estimates.")
    minutes_left = serializers.IntegerField(help_text="Left by `ratio`, what is logged counted.")


class ForecastOutput(Output):
    """When the learner's own work will be done: a range, or why there is none.

    `forecast` has `finish`, `weeks`, `options` and, with a target date, `target`; `plan` has
    `reason` and `planned_on`; `paused` (a pause without an end) has `weeks` if there is a pace;
    `waiting` and `finished` have nothing left for the learner to do.
    """

    kind = serializers.ChoiceField(KINDS, source="outlook.kind")
    reason = serializers.ChoiceField(REASONS, source="outlook.reason", allow_null=True)
    sentence = serializers.SerializerMethodField()
    today = serializers.DateField(help_text="The learner's day that it is made on.")
    finish = FinishOutput(source="outlook.finish", allow_null=True)
    weeks = WeeksLeftOutput(source="outlook.weeks", allow_null=True)
    planned_on = serializers.DateField(
        source="outlook.planned_on",
        allow_null=True,
        help_text="A plan, not a forecast: the weekly goal kept, by the authors' estimates.",
    )
    target = ForecastTargetOutput(source="outlook.target", allow_null=True)
    options = ForecastOptionOutput(source="outlook.options", many=True)
    milestones_left = serializers.IntegerField(
        help_text="Of the set of the fewest hours, without what only waits for a mentor."
    )
    left_out = WayMilestoneOutput(
        many=True, help_text="Degrees that are not begun: missing, but not in the range."
    )
    goal_minutes = serializers.IntegerField(help_text="The weekly goal.")
    basis = ForecastBasisOutput(source="outlook.basis")

    def get_sentence(self, found: Forecast) -> str:
        """Return the reason in English; empty without one."""
        return found.outlook.reason.sentence if found.outlook.reason else ""
