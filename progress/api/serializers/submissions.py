"""Submissions, claims and decisions."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.change_requests import (
    ChangeRequestInput,
    ChangeRequestOutput,
    ScoreInput,
    ScoreOutput,
    SettlementInput,
)
from progress.api.serializers.choices import MILESTONE_KINDS, OUTCOMES, SUBMISSION_STATES
from progress.api.serializers.drafts import ReviewDraftOutput
from progress.api.serializers.evidence import SaidOutput
from progress.api.serializers.pathways import CriterionOutput, NamedOutput
from progress.api.serializers.probes import ProbeOutput, SnapshotOutput
from progress.compiled import milestone_of
from progress.models import Submission, SubmissionEvidence
from progress.models.mentorship import Part


class SubmissionInput(Input):
    """A milestone handed in for review."""

    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField(max_length=80)
    message = serializers.CharField(max_length=10_000, allow_blank=True, required=False, default="")
    evidence_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=50, required=False, default=list
    )


class DecisionInput(Input):
    """A mentor's decision."""

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
    private_note = serializers.CharField(
        max_length=10_000,
        allow_blank=True,
        required=False,
        default="",
        help_text="Markdown, for the learner's mentors. The learner never sees it.",
    )


class ReviewedMilestoneOutput(NamedOutput):
    """The milestone under review."""

    kind = serializers.ChoiceField(MILESTONE_KINDS)


class FrozenEvidenceOutput(SaidOutput):
    """Evidence as it was when submitted."""

    id = serializers.UUIDField(source="evidence_id")
    snapshot = serializers.SerializerMethodField()

    @extend_schema_field(SnapshotOutput(allow_null=True))
    def get_snapshot(self, frozen: SubmissionEvidence) -> Any:
        """Return what the link showed; null for a file or a text, and where links are not asked."""
        snapshot = getattr(frozen, "snapshot", None)
        return SnapshotOutput(snapshot).data if snapshot else None


class ClaimOutput(Output):
    """A live claim."""

    mentor = PersonOutput(source="claimed_by")
    expires_at = serializers.DateTimeField(source="claim_expires_at")
    is_mine = serializers.SerializerMethodField()

    def get_is_mine(self, submission: Submission) -> bool:
        """Return whether the person who asks holds it."""
        return bool(submission.claimed_by_id == self.context["person"].pk)


class DecisionOutput(Output):
    """What was decided; it never changes."""

    outcome = serializers.ChoiceField(OUTCOMES, source="state")
    feedback = serializers.CharField()
    scores = ScoreOutput(many=True)
    mentor = PersonOutput(source="decided_by")
    decided_at = serializers.DateTimeField()


class SubmissionOutput(Output):
    """One review round. Needs `person` and `now` in the context."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    learner = PersonOutput(source="enrollment.learner")
    milestone = serializers.SerializerMethodField()
    round = serializers.IntegerField()
    state = serializers.ChoiceField(SUBMISSION_STATES)
    message = serializers.CharField()
    evidence = FrozenEvidenceOutput(many=True, source="frozen_evidence.all")
    submitted_at = serializers.DateTimeField()
    change_requests = ChangeRequestOutput(
        many=True, source="change_requests.all", help_text="What this round's decision asked for."
    )
    claim = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    @extend_schema_field(ReviewedMilestoneOutput)
    def get_milestone(self, submission: Submission) -> Any:
        """Return the milestone by name."""
        milestone = milestone_of(submission.enrollment, submission.milestone_key)
        return ReviewedMilestoneOutput(milestone).data

    @extend_schema_field(ClaimOutput(allow_null=True))
    def get_claim(self, submission: Submission) -> Any:
        """Return the claim if it is live."""
        now: datetime = self.context["now"]
        if submission.holder_at(now) is None:
            return None
        return ClaimOutput(submission, context=self.context).data

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, submission: Submission) -> Any:
        """Return the decision, once there is one."""
        return DecisionOutput(submission).data if submission.state in OUTCOMES else None


class RightsOutput(Output):
    """What the person who asks may do now."""

    claim = serializers.BooleanField()
    decide = serializers.BooleanField()
    withdraw = serializers.BooleanField()
    draft = serializers.BooleanField()


class PrivateNoteOutput(Output):
    """From one mentor to the others."""

    round = serializers.IntegerField()
    mentor = PersonOutput()
    text = serializers.CharField()


class HandedOverOutput(Output):
    """Whose a round is to answer, after it waited too long. Any mentor may still claim it."""

    mentor = PersonOutput()
    handed_at = serializers.DateTimeField()
    begun_by = PersonOutput(many=True, help_text="Other mentors with a draft, which stays theirs.")
    last_word = serializers.ChoiceField(
        Part.choices, allow_null=True, help_text="Who wrote last on the milestone."
    )


class SubmissionPageOutput(SubmissionOutput):
    """A submission with what a review needs."""

    done_when = serializers.ListField(child=serializers.CharField())
    rubric = CriterionOutput(many=True)
    track = NamedOutput()
    percent = serializers.IntegerField()
    earlier_rounds = SubmissionOutput(many=True, help_text="Newest first.")
    pending = ChangeRequestOutput(
        many=True, help_text="Asked for before, not settled: this round's decision has to."
    )
    draft = ReviewDraftOutput(allow_null=True, help_text="One's own.")
    private_notes = PrivateNoteOutput(many=True, help_text="Empty for all but mentors and admins.")
    may = RightsOutput()
    probe = ProbeOutput(allow_null=True)
    hand_over = HandedOverOutput(
        allow_null=True, help_text="Null unless it was handed over; null for its learner."
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Render a `SubmissionPage`: the submission's own fields, then the page's."""
        context = self.context
        return {
            **SubmissionOutput(instance.submission, context=context).data,
            "done_when": list(instance.milestone.done_when),
            "rubric": CriterionOutput(instance.milestone.rubric, many=True).data,
            "track": NamedOutput(instance.track).data,
            "percent": instance.percent,
            "earlier_rounds": SubmissionOutput(
                instance.earlier_rounds, many=True, context=context
            ).data,
            "pending": ChangeRequestOutput(instance.pending, many=True).data,
            "draft": ReviewDraftOutput(instance.draft).data if instance.draft else None,
            "private_notes": PrivateNoteOutput(instance.private_notes, many=True).data,
            "may": RightsOutput(instance.may).data,
            "probe": ProbeOutput(instance.probe).data if instance.probe else None,
            "hand_over": (
                HandedOverOutput(instance.hand_over).data if instance.hand_over else None
            ),
        }
