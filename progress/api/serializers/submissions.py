"""Submissions."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.change_requests import ChangeRequestOutput
from progress.api.serializers.choices import MILESTONE_KINDS, OUTCOMES, SUBMISSION_STATES
from progress.api.serializers.claims import ClaimOutput, live_claim
from progress.api.serializers.decisions import DecisionOutput, SecondOpinionOutput
from progress.api.serializers.drafts import ReviewDraftOutput
from progress.api.serializers.evidence import SaidOutput
from progress.api.serializers.pathways import CriterionOutput, NamedOutput
from progress.api.serializers.probes import ProbeOutput, SnapshotOutput
from progress.api.serializers.rulings import RulingOutput
from progress.compiled import milestone_of
from progress.models import Submission, SubmissionEvidence
from progress.models.mentorship import Part
from progress.states import SubmissionState


class SubmissionInput(Input):
    """A milestone handed in for review."""

    enrollment_id = serializers.UUIDField()
    milestone_key = serializers.CharField(max_length=80)
    message = serializers.CharField(max_length=10_000, allow_blank=True, required=False, default="")
    evidence_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=50, required=False, default=list
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


class SubmissionOutput(Output):
    """One review round. Needs `person`, `now` and `veil` in the context.

    To whoever may give the second opinion that is asked for it looks as if it still waited.
    """

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    learner = PersonOutput(source="enrollment.learner")
    milestone = serializers.SerializerMethodField()
    round = serializers.IntegerField()
    state = serializers.SerializerMethodField()
    message = serializers.CharField()
    evidence = FrozenEvidenceOutput(many=True, source="frozen_evidence.all")
    submitted_at = serializers.DateTimeField()
    change_requests = serializers.SerializerMethodField()
    claim = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()
    second_opinion = serializers.SerializerMethodField()

    @extend_schema_field(ReviewedMilestoneOutput)
    def get_milestone(self, submission: Submission) -> Any:
        """Return the milestone by name."""
        milestone = milestone_of(submission.enrollment, submission.milestone_key)
        return ReviewedMilestoneOutput(milestone).data

    @extend_schema_field(serializers.ChoiceField(SUBMISSION_STATES))
    def get_state(self, submission: Submission) -> str:
        """Return how it stands, as far as who asks may know."""
        return SubmissionState.WAITING.value if self._veiled(submission) else submission.state

    @extend_schema_field(
        ChangeRequestOutput(many=True, help_text="What this round's decision asked for.")
    )
    def get_change_requests(self, submission: Submission) -> Any:
        """Return what the decision asked for."""
        items = [] if self._veiled(submission) else submission.change_requests.all()
        return ChangeRequestOutput(items, many=True, context=self.context).data

    @extend_schema_field(ClaimOutput(allow_null=True))
    def get_claim(self, submission: Submission) -> Any:
        """Return the claim if it is live."""
        return live_claim(submission, self.context)

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, submission: Submission) -> Any:
        """Return the decision, once there is one and who asks may know of it."""
        if submission.state not in OUTCOMES or self._veiled(submission):
            return None
        return DecisionOutput(submission).data

    @extend_schema_field(SecondOpinionOutput(allow_null=True))
    def get_second_opinion(self, submission: Submission) -> Any:
        """Return the second opinion that was asked for, or given."""
        opinion = submission.second_opinion
        return SecondOpinionOutput(opinion, context=self.context).data if opinion else None

    def _veiled(self, submission: Submission) -> bool:
        return submission.pk in self.context["veil"].submissions


class RightsOutput(Output):
    """What the person who asks may do now."""

    claim = serializers.BooleanField()
    decide = serializers.BooleanField()
    withdraw = serializers.BooleanField()
    draft = serializers.BooleanField()
    ask_second_opinion = serializers.BooleanField()
    withdraw_second_opinion = serializers.BooleanField()
    claim_second_opinion = serializers.BooleanField()
    give_second_opinion = serializers.BooleanField()


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
    rulings = RulingOutput(many=True, help_text="Waivers and revocations, the latest first.")
    hand_over = HandedOverOutput(
        allow_null=True, help_text="Null unless it was handed over; null for its learner."
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Render a `SubmissionPage`: the submission's own fields, then the page's."""
        context = {**self.context, "veil": instance.veil}
        return {
            **SubmissionOutput(instance.submission, context=context).data,
            "done_when": list(instance.milestone.done_when),
            "rubric": CriterionOutput(instance.milestone.rubric, many=True).data,
            "track": NamedOutput(instance.track).data,
            "percent": instance.percent,
            "earlier_rounds": SubmissionOutput(
                instance.earlier_rounds, many=True, context=context
            ).data,
            "pending": ChangeRequestOutput(instance.pending, many=True, context=context).data,
            "draft": ReviewDraftOutput(instance.draft).data if instance.draft else None,
            "private_notes": PrivateNoteOutput(instance.private_notes, many=True).data,
            "may": RightsOutput(instance.may).data,
            "probe": ProbeOutput(instance.probe).data if instance.probe else None,
            "rulings": RulingOutput(instance.rulings, many=True).data,
            "hand_over": (
                HandedOverOutput(instance.hand_over).data if instance.hand_over else None
            ),
        }
