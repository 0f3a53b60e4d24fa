"""What was asked for, item by item, and the answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.choices import CHANGE_REQUEST_STATES, SETTLEMENTS
from progress.models import ChangeRequest
from progress.models.evidence import EvidenceKind
from progress.states import ChangeRequestState


class ScoreInput(Input):
    """A criterion's score: 0 not yet, 1 nearly, 2 meets it, 3 beyond it."""

    criterion = serializers.CharField(max_length=80)
    score = serializers.IntegerField(min_value=0, max_value=3)
    reason = serializers.CharField(
        max_length=5_000,
        allow_blank=True,
        required=False,
        default="",
        help_text="Needed with a score of 0.",
    )


class ScoreOutput(Output):
    """A criterion's score and why, with the title that the criterion had then."""

    criterion = serializers.CharField()
    title = serializers.CharField()
    score = serializers.IntegerField(min_value=0, max_value=3)
    reason = serializers.CharField()


class ChangeRequestInput(Input):
    """One thing to change."""

    text = serializers.CharField(max_length=5_000, help_text="Markdown.")
    criterion = serializers.CharField(
        max_length=80,
        allow_blank=True,
        required=False,
        default="",
        help_text="A criterion of the rubric that it is about, by key.",
    )
    evidence_id = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="A piece of the round's evidence that it is about.",
    )


class SettlementInput(Input):
    """What came of something asked before."""

    id = serializers.UUIDField(help_text="The change request.")
    state = serializers.ChoiceField(SETTLEMENTS)


class AnswerInput(Input):
    """A learner's answer to one item."""

    text = serializers.CharField(max_length=10_000, help_text="Markdown: what was changed.")
    evidence_id = serializers.UUIDField(
        allow_null=True,
        required=False,
        default=None,
        help_text="A piece of one's own evidence that shows it.",
    )


class AttachedEvidenceOutput(Output):
    """Evidence that an answer points to."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(EvidenceKind.choices)
    url = serializers.CharField()
    title = serializers.CharField()


class AnswerOutput(Output):
    """What the learner answered."""

    text = serializers.CharField(source="answer")
    evidence = AttachedEvidenceOutput(source="answer_evidence", allow_null=True)
    answered_at = serializers.DateTimeField()


class SettlementOutput(Output):
    """Who said that it is settled."""

    mentor = PersonOutput(source="settled_by")
    settled_at = serializers.DateTimeField()


class ChangeRequestOutput(Output):
    """One thing that a mentor asked for. Needs `veil` in the context.

    What a veiled decision said of it is left out: it looks as it did before.
    """

    id = serializers.UUIDField()
    text = serializers.CharField()
    criterion = serializers.CharField(source="criterion_key")
    evidence_id = serializers.UUIDField(allow_null=True)
    again_of = serializers.UUIDField(
        source="again_of_id", allow_null=True, help_text="The item of the round before it repeats."
    )
    state = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    settlement = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(CHANGE_REQUEST_STATES))
    def get_state(self, item: ChangeRequest) -> str:
        """Return how it stands, as far as who asks may know."""
        if not self._veiled(item):
            return item.state
        before = ChangeRequestState.ADDRESSED if item.answered_at else ChangeRequestState.OPEN
        return before.value

    @extend_schema_field(AnswerOutput(allow_null=True))
    def get_answer(self, item: ChangeRequest) -> Any:
        """Return the learner's answer, once there is one."""
        return AnswerOutput(item).data if item.answered_at else None

    @extend_schema_field(SettlementOutput(allow_null=True))
    def get_settlement(self, item: ChangeRequest) -> Any:
        """Return who settled it, once somebody has."""
        if not item.settled_at or self._veiled(item):
            return None
        return SettlementOutput(item).data

    def _veiled(self, item: ChangeRequest) -> bool:
        return item.settled_at in self.context["veil"].moments
