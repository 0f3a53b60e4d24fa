"""The promise: out."""

from typing import Any

from rest_framework import serializers

from backend.api.serializers import Output
from progress.promise import PromiseKind

KINDS = [(kind.value, kind.value) for kind in PromiseKind]


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
