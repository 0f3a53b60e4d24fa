"""The promise: out."""

from typing import Any

from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.api.serializers.choices import LADDER_STEPS
from progress.promise import PromiseKind

KINDS = [(kind.value, kind.value) for kind in PromiseKind]


class ReviewLadderOutput(Output):
    """What is done for a round or a second opinion that waits, step by step, until it is answered.

    `remind` its mentors; `offer` it to those who usually take other work; `hand_over` to one with
    room, never a second opinion; `tell` who coordinates the cohort.
    """

    days = serializers.IntegerField(help_text="Whole days since it was handed in, or asked for.")
    step = serializers.ChoiceField(
        LADDER_STEPS, allow_null=True, help_text="The last that was due; null before the first."
    )
    next_step = serializers.ChoiceField(
        LADDER_STEPS, allow_null=True, help_text="What comes next if nobody answers."
    )
    next_at = serializers.DateTimeField(allow_null=True)
    held = serializers.BooleanField(help_text="A mentor works on it now: the ladder stands still.")
    resting = serializers.BooleanField(
        help_text="Its learner is paused or quiet: it is handed over to nobody meanwhile."
    )
    handed_to = PersonOutput(allow_null=True, help_text="Whose it is to answer.")
    handed_at = serializers.DateTimeField(allow_null=True)
    coordinators = serializers.IntegerField(help_text="How many are told at the last step.")


class OpinionWaitOutput(Output):
    """A second opinion that is asked for, and not given yet."""

    asked_at = serializers.DateTimeField()
    mentors = serializers.IntegerField(help_text="Who may give it: not who decided the round.")
    ladder = ReviewLadderOutput()


class PromiseOutput(Output):
    """When an answer may come: `range`, `too_little` to go on, `nobody` there, or `not_needed`."""

    kind = serializers.ChoiceField(KINDS, source="said.kind")
    early_days: Any = serializers.IntegerField(
        source="said.early_days",
        allow_null=True,
        help_text="Whole days from handing in; one answer in five came earlier.",
    )
    late_days: Any = serializers.IntegerField(
        source="said.late_days",
        allow_null=True,
        help_text="One in five came later; null if too many wait still to name an end.",
    )
    not_before: Any = serializers.IntegerField(
        source="said.not_before",
        allow_null=True,
        help_text="Days from now until a mentor has room for it, by capacity and leave.",
    )
    answered: Any = serializers.IntegerField(
        source="said.answered", help_text="Answered rounds that it is computed from."
    )
    unanswered: Any = serializers.IntegerField(
        source="said.unanswered", help_text="Rounds without an answer that it is computed from."
    )
    place = serializers.IntegerField(allow_null=True, help_text="In line, from 1.")
    waiting_since = serializers.DateTimeField(allow_null=True)
    mentors = serializers.IntegerField(help_text="Who would see it.")
    away = serializers.IntegerField(help_text="How many of them are on leave today.")
    ladder = ReviewLadderOutput(allow_null=True, help_text="Null before it is handed in.")
    second_opinion = OpinionWaitOutput(
        allow_null=True, help_text="Where one stands that waits; null if none does."
    )
