"""The review queue and its counts."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.api.serializers.choices import MILESTONE_KINDS, QUEUE_SCOPES, QUEUE_SHELVES
from progress.api.serializers.claims import ClaimOutput, live_claim
from progress.api.serializers.submissions import ReviewedMilestoneOutput
from progress.compiled import milestone_of
from progress.models import Submission
from progress.queries.review_queue import Scope, Shelf, Wanted

ALL_SHELVES = "all"


class QueueFilter(serializers.Serializer[Any]):
    """What to narrow the queue to."""

    scope = serializers.ChoiceField(
        QUEUE_SCOPES,
        default=Scope.ALL.value,
        help_text="`mine`: learners of one's own; `cohort`: of cohorts; `all` one may review.",
    )
    shelf = serializers.ChoiceField(
        [*QUEUE_SHELVES, ALL_SHELVES],
        default=Shelf.OFFERED.value,
        help_text=(
            "`offered` fits one's terms, `set_aside` does not; `resting`: its learner is paused, "
            "has withdrawn from the pathway, or gave no sign for four weeks."
        ),
    )
    kind = serializers.ChoiceField(MILESTONE_KINDS, required=False)
    pathway = serializers.SlugField(max_length=80, required=False)
    stage = serializers.SlugField(
        max_length=80, required=False, help_text="Its key; needs `pathway`."
    )
    cohort = serializers.UUIDField(required=False)
    round = serializers.IntegerField(min_value=1, max_value=32_767, required=False)
    waiting_for = serializers.IntegerField(
        min_value=0, max_value=3_650, required=False, help_text="At least so many days."
    )
    second_opinion = serializers.BooleanField(
        default=False,
        help_text="Decided rounds on which one is asked for, instead of those that wait.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError for a stage of no pathway: its key means nothing by itself."""
        if attrs.get("stage") and not attrs.get("pathway"):
            raise serializers.ValidationError(
                {"stage": [_("Name the pathway that it is in, too.")]}
            )
        return attrs


def wanted_of(values: dict[str, Any]) -> Wanted:
    """Return what the validated `values` of a QueueFilter ask for."""
    shelf = values.pop("shelf")
    return Wanted(
        scope=Scope(values.pop("scope")),
        shelf=None if shelf == ALL_SHELVES else Shelf(shelf),
        **values,
    )


class QueuePathwayOutput(Output):
    """The pathway that the learner is on."""

    slug = serializers.CharField()


class QueueRowOutput(Output):
    """A waiting submission, or one with a second opinion asked for, in short.

    Needs `person`, `now` and `second_opinion` in the context. It never says what was decided.
    """

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    learner = PersonOutput(source="enrollment.learner")
    pathway = QueuePathwayOutput(source="enrollment.pathway")
    milestone = serializers.SerializerMethodField()
    round = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    waiting_since = serializers.DateTimeField(
        source="waits_since", help_text="When it was submitted, or the second opinion asked for."
    )
    second_opinion = serializers.SerializerMethodField()
    claim = serializers.SerializerMethodField()
    handed_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was handed over to one, because it waited too long."
    )
    unusual = serializers.BooleanField(
        help_text="Not what one usually takes: it is offered because it has waited too long."
    )

    def get_second_opinion(self, submission: Submission) -> bool:
        """Return whether it is a second opinion that is asked for."""
        return bool(self.context["second_opinion"])

    @extend_schema_field(ReviewedMilestoneOutput)
    def get_milestone(self, submission: Submission) -> Any:
        """Return the milestone by name."""
        milestone = milestone_of(submission.enrollment, submission.milestone_key)
        return {"key": milestone.key, "title": milestone.title, "kind": milestone.kind.value}

    @extend_schema_field(ClaimOutput(allow_null=True))
    def get_claim(self, submission: Submission) -> Any:
        """Return the claim if it is live; null is free."""
        asked = self.context["second_opinion"]
        return live_claim(submission.second_opinion if asked else submission, self.context)


class ScopeCountsOutput(Output):
    """The same shelf and filters, by scope."""

    mine = serializers.IntegerField()
    cohort = serializers.IntegerField()
    all = serializers.IntegerField()


class ShelfCountsOutput(Output):
    """The same scope and filters, by shelf."""

    offered = serializers.IntegerField()
    set_aside = serializers.IntegerField()
    resting = serializers.IntegerField()


class QueueCountsOutput(Output):
    """How much waits."""

    total = serializers.IntegerField(help_text="As many as the list has with the same filters.")
    free = serializers.IntegerField(help_text="Of these, those that nobody holds.")
    mine = serializers.IntegerField(help_text="Those that one holds oneself.")
    others = serializers.IntegerField(help_text="Those that another mentor holds.")
    scopes = ScopeCountsOutput()
    shelves = ShelfCountsOutput()
    second_opinions = serializers.IntegerField(
        help_text="How many are asked for, with the same scope, shelf and filters."
    )
