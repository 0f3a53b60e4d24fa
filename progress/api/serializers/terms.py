"""A mentor's terms and leaves."""

from rest_framework import serializers

from accounts.models import LOCALES
from backend.api.serializers import Input, Output
from progress.api.serializers.choices import MILESTONE_KINDS

MOST_A_WEEK = 500


class MentorProfileInput(Input):
    """On what terms one mentors. All of it each time: what is left out takes everything."""

    weekly_capacity = serializers.IntegerField(
        min_value=0,
        max_value=MOST_A_WEEK,
        allow_null=True,
        required=False,
        default=None,
        help_text="Reviews a week; null for any number, 0 for none.",
    )
    kinds = serializers.ListField(
        child=serializers.ChoiceField(MILESTONE_KINDS), max_length=10, required=False, default=list
    )
    pathways = serializers.ListField(
        child=serializers.SlugField(max_length=80), max_length=50, required=False, default=list
    )
    languages = serializers.ListField(
        child=serializers.ChoiceField(LOCALES), max_length=20, required=False, default=list
    )


class MentorProfileOutput(Output):
    """On what terms one mentors, and how this week stands."""

    weekly_capacity = serializers.IntegerField(allow_null=True)
    kinds = serializers.ListField(child=serializers.ChoiceField(MILESTONE_KINDS))
    pathways = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.ChoiceField(LOCALES))
    reviewed_this_week = serializers.IntegerField(
        help_text="Decisions and second opinions since Monday, where one lives."
    )
    away_until = serializers.DateField(allow_null=True, help_text="The last day of a leave, now.")


class LeaveInput(Input):
    """Days away."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last day.")


class LeaveOutput(Output):
    """Days away, where one lives."""

    id = serializers.UUIDField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
