"""Review drafts."""

from typing import Any

from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.change_requests import SettlementInput
from progress.api.serializers.choices import SETTLEMENTS
from progress.models import ReviewDraft
from progress.queries.drafted import draft_in_words


class DraftScoreInput(Input):
    """A criterion's score so far."""

    criterion = serializers.CharField(max_length=80)
    score = serializers.IntegerField(
        min_value=0, max_value=3, allow_null=True, required=False, default=None
    )
    reason = serializers.CharField(
        max_length=5_000, allow_blank=True, required=False, default="", trim_whitespace=False
    )


class DraftItemInput(Input):
    """A change request so far."""

    text = serializers.CharField(max_length=5_000, allow_blank=True, trim_whitespace=False)
    criterion = serializers.CharField(max_length=80, allow_blank=True, required=False, default="")
    evidence_id = serializers.UUIDField(allow_null=True, required=False, default=None)


class ReviewDraftInput(Input):
    """All of a draft, as it stands on the device that sends it."""

    version = serializers.IntegerField(
        min_value=0, help_text="The version that was edited; 0 if there was none."
    )
    feedback = serializers.CharField(
        max_length=50_000, allow_blank=True, required=False, default="", trim_whitespace=False
    )
    private_note = serializers.CharField(
        max_length=10_000, allow_blank=True, required=False, default="", trim_whitespace=False
    )
    scores = serializers.ListField(
        child=DraftScoreInput(), required=False, default=list, max_length=100
    )
    change_requests = serializers.ListField(
        child=DraftItemInput(), required=False, default=list, max_length=50
    )
    settled = serializers.ListField(
        child=SettlementInput(), required=False, default=list, max_length=50
    )


def as_content(data: dict[str, Any]) -> dict[str, Any]:
    """Return a valid `ReviewDraftInput` without its version, as the row stores it: ids as text."""
    return {
        "feedback": data["feedback"],
        "private_note": data["private_note"],
        "scores": [dict(row) for row in data["scores"]],
        "change_requests": [
            {**row, "evidence_id": str(row["evidence_id"]) if row["evidence_id"] else None}
            for row in data["change_requests"]
        ],
        "settled": [{**row, "id": str(row["id"])} for row in data["settled"]],
    }


class DraftScoreOutput(Output):
    """A criterion's score so far."""

    criterion = serializers.CharField()
    score = serializers.IntegerField(allow_null=True, min_value=0, max_value=3)
    reason = serializers.CharField()


class DraftItemOutput(Output):
    """A change request so far."""

    text = serializers.CharField()
    criterion = serializers.CharField()
    evidence_id = serializers.UUIDField(allow_null=True)


class DraftSettlementOutput(Output):
    """What is going to be said of something asked before."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(SETTLEMENTS)


class ReviewDraftOutput(Output):
    """A review that is not released yet; nobody but its mentor and admins reads it."""

    submission_id = serializers.UUIDField()
    mentor = PersonOutput()
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    feedback = serializers.CharField()
    private_note = serializers.CharField()
    scores = DraftScoreOutput(many=True)
    change_requests = DraftItemOutput(many=True)
    settled = DraftSettlementOutput(many=True)
    in_words = serializers.SerializerMethodField()

    def get_in_words(self, draft: ReviewDraft) -> str:
        """Return it as Markdown, without the private note, to be handed over as a comment."""
        return draft_in_words(draft)
