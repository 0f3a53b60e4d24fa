"""The review queue and its counts."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.api.serializers.choices import MILESTONE_KINDS, QUEUE_SCOPES, QUEUE_SHELVES
from progress.api.serializers.submissions import ClaimOutput, ReviewedMilestoneOutput
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
    """A waiting submission in short. Needs `person` and `now` in the context."""

    id = serializers.UUIDField()
    enrollment_id = serializers.UUIDField()
    learner = PersonOutput(source="enrollment.learner")
    pathway = QueuePathwayOutput(source="enrollment.pathway")
    milestone = serializers.SerializerMethodField()
    round = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    claim = serializers.SerializerMethodField()

    @extend_schema_field(ReviewedMilestoneOutput)
    def get_milestone(self, submission: Submission) -> Any:
        """Return the milestone by name."""
        milestone = milestone_of(submission.enrollment, submission.milestone_key)
        return {"key": milestone.key, "title": milestone.title, "kind": milestone.kind.value}

    @extend_schema_field(ClaimOutput(allow_null=True))
    def get_claim(self, submission: Submission) -> Any:
        """Return the claim if it is live; null is free."""
        now: datetime = self.context["now"]
        if submission.holder_at(now) is None:
            return None
        return ClaimOutput(submission, context=self.context).data


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
