"""Decisions, the first and the second, in and out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.change_requests import (
    ChangeRequestInput,
    ScoreInput,
    ScoreOutput,
    SettlementInput,
)
from progress.api.serializers.choices import OUTCOMES, SECOND_OPINION_STATES
from progress.api.serializers.claims import ClaimOutput, live_claim
from progress.models import SecondOpinion


class SecondOpinionInput(Input):
    """A second mentor's decision."""

    outcome = serializers.ChoiceField(OUTCOMES)
    feedback = serializers.CharField(
        max_length=50_000, allow_blank=True, required=False, default="", help_text="Markdown."
    )
    scores = serializers.ListField(
        child=ScoreInput(),
        required=False,
        default=list,
        max_length=100,
        help_text="To approve, one for each criterion of the rubric.",
    )
    change_requests = serializers.ListField(
        child=ChangeRequestInput(),
        required=False,
        default=list,
        max_length=50,
        help_text="To request changes, at least one, unless something is asked again.",
    )
    private_note = serializers.CharField(
        max_length=10_000,
        allow_blank=True,
        required=False,
        default="",
        help_text="Markdown, for the learner's mentors. The learner never sees it.",
    )


class DecisionInput(SecondOpinionInput):
    """A mentor's decision."""

    settled = serializers.ListField(
        child=SettlementInput(),
        required=False,
        default=list,
        max_length=50,
        help_text=(
            "What came of the page's `pending` items. An approval names each; a request for "
            "changes asks again for those it does not name."
        ),
    )


class DecisionOutput(Output):
    """What was decided; it never changes."""

    outcome = serializers.ChoiceField(OUTCOMES, source="state")
    feedback = serializers.CharField()
    scores = ScoreOutput(many=True)
    mentor = PersonOutput(source="decided_by")
    decided_at = serializers.DateTimeField()


class OpinionItemOutput(Output):
    """One thing that the second mentor would ask for. Nobody has to answer it."""

    text = serializers.CharField()
    criterion = serializers.CharField()
    evidence_id = serializers.UUIDField(allow_null=True)


class SecondDecisionOutput(DecisionOutput):
    """A second mentor's decision; it never changes."""

    change_requests = OpinionItemOutput(many=True)


class SecondOpinionOutput(Output):
    """A second opinion on a round. Needs `person`, `now` and `veil` in the context."""

    state = serializers.ChoiceField(SECOND_OPINION_STATES)
    asked_at = serializers.DateTimeField()
    asked_by = serializers.SerializerMethodField()
    claim = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()
    agrees = serializers.BooleanField(
        allow_null=True, help_text="With the first decision; null until it is given."
    )
    counts = serializers.BooleanField(
        help_text="The milestone goes by it: an approval after a request for changes."
    )

    @extend_schema_field(PersonOutput(allow_null=True))
    def get_asked_by(self, opinion: SecondOpinion) -> Any:
        """Return who asked; null for whoever may give it, whom that might tell too much."""
        hidden = opinion.submission_id in self.context["veil"].submissions
        return None if hidden else PersonOutput(opinion.asked_by).data

    @extend_schema_field(ClaimOutput(allow_null=True))
    def get_claim(self, opinion: SecondOpinion) -> Any:
        """Return the claim if it is live."""
        return live_claim(opinion, self.context)

    @extend_schema_field(SecondDecisionOutput(allow_null=True))
    def get_decision(self, opinion: SecondOpinion) -> Any:
        """Return the decision, once there is one."""
        return SecondDecisionOutput(opinion).data if opinion.is_given else None
