"""The rule tree, readiness for roles, and what another track would mean: out."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.helpers import lazy_serializer
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Output
from progress.api.serializers.choices import RULE_KINDS, STATUSES
from progress.api.serializers.pathways import NamedOutput
from progress.queries.way_explained import WayExplained
from progress.rules import ExplainedMilestone, ExplainedRule


class BecauseOutput(Output):
    """The latest event that says something about the milestone."""

    id = serializers.UUIDField()
    type = serializers.CharField()
    occurred_at = serializers.DateTimeField()


class WayMilestoneOutput(Output):
    """A milestone on the way."""

    key = serializers.CharField(source="milestone.key")
    title = serializers.CharField(source="milestone.title")
    effort_hours = serializers.IntegerField(source="milestone.effort_hours")
    status = serializers.ChoiceField(STATUSES)


class ExplainedMilestoneOutput(WayMilestoneOutput):
    """A leaf of the rule tree. Needs `because` in the context."""

    type = serializers.ChoiceField(["milestone"])
    met = serializers.BooleanField()
    weight = serializers.IntegerField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # also Field's own flag
    because = BecauseOutput(allow_null=True)

    def to_representation(self, instance: ExplainedMilestone) -> dict[str, Any]:
        """Render the leaf with the event behind it."""
        because = self.context["because"].get(instance.row.key)
        return {
            "type": "milestone",
            **WayMilestoneOutput(instance.row).data,
            "met": instance.met,
            "weight": instance.weight,
            "required": instance.required,
            "because": BecauseOutput(because).data if because else None,
        }


class ExplainedRuleOutput(Output):
    """A rule of the tree: `have` of `need` (of `total`), in parts or, by weight, in points."""

    type = serializers.ChoiceField(["rule"])
    kind = serializers.ChoiceField(RULE_KINDS)
    title = serializers.CharField(help_text="Of a group; empty for a stage's own rule.")
    sentence = serializers.CharField()
    met = serializers.BooleanField()
    have = serializers.IntegerField()
    need = serializers.IntegerField()
    total = serializers.IntegerField()
    weight = serializers.IntegerField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # also Field's own flag
    parts = serializers.SerializerMethodField()

    @extend_schema_field(
        PolymorphicProxySerializer(
            component_name="ExplainedPart",
            serializers={
                "rule": lazy_serializer("progress.api.serializers.explained.ExplainedRuleOutput")(),
                "milestone": ExplainedMilestoneOutput,
            },
            resource_type_field_name="type",
            many=True,
        )
    )
    def get_parts(self, rule: ExplainedRule) -> list[Any]:
        """Return the parts, rules and milestones as they come."""
        return [_part(part, self.context) for part in rule.parts]

    def to_representation(self, instance: ExplainedRule) -> dict[str, Any]:
        """Render the rule with its parts."""
        return {
            "type": "rule",
            "kind": instance.rule.kind.value,
            "title": instance.rule.title,
            "sentence": instance.sentence,
            "met": instance.met,
            "have": instance.have,
            "need": instance.need,
            "total": instance.total,
            "weight": instance.weight,
            "required": instance.required,
            "parts": self.get_parts(instance),
        }


def _part(part: ExplainedRule | ExplainedMilestone, context: Mapping[str, Any]) -> Any:
    output = ExplainedRuleOutput if isinstance(part, ExplainedRule) else ExplainedMilestoneOutput
    return output(part, context=context).data


class ExplainedStageOutput(Output):
    """A stage with its rule; `optional` milestones count for no rule."""

    key = serializers.CharField(source="stage.key")
    title = serializers.CharField(source="stage.title")
    rule = ExplainedRuleOutput()
    optional = WayMilestoneOutput(many=True)


class MissingOutput(Output):
    """A set of milestones that would complete the pathway, none of them superfluous."""

    milestones = WayMilestoneOutput(many=True)
    hours = serializers.IntegerField()
    first = WayMilestoneOutput(many=True, help_text="What has to come first to open them.")


class ExplanationOutput(Output):
    """Why a learner stands where they do, and the least that is still missing."""

    complete = serializers.BooleanField()
    percent = serializers.IntegerField()
    stages = ExplainedStageOutput(many=True)
    fewest = MissingOutput(help_text="The fewest milestones.")
    shortest = MissingOutput(help_text="The fewest hours.")


def explained(way: WayExplained) -> Any:
    """Return the answer for an explanation."""
    return ExplanationOutput(way.explanation, context={"because": way.because}).data


class RaiseOutput(Output):
    """A milestone that would raise the readiness."""

    milestone = WayMilestoneOutput(source="row")
    points = serializers.FloatField(help_text="Percentage points.")
    per_hour = serializers.FloatField(help_text="Percentage points per hour of estimated effort.")


class RoleReadinessOutput(Output):
    """How ready the learner is for a role, and what would raise it most per hour."""

    role = NamedOutput()
    summary = serializers.CharField(source="role.summary")
    percent = serializers.IntegerField()
    is_target = serializers.SerializerMethodField()
    raises = RaiseOutput(many=True)

    def get_is_target(self, readiness: Any) -> bool:
        """Return whether it is the enrollment's target role. Needs `role` in the context."""
        return bool(readiness.role.key == self.context["role"])


class TrackOptionOutput(Output):
    """What a track would mean, everything else as it is."""

    track = NamedOutput()
    summary = serializers.CharField(source="track.summary")
    suits = serializers.CharField(source="track.suits")
    is_current = serializers.BooleanField()
    percent = serializers.IntegerField()
    keeps = serializers.IntegerField(help_text="Percent of the verified hours that still count.")
    hours_remaining = serializers.IntegerField()
    adds_hours = serializers.IntegerField(help_text="Compared with today; negative if fewer.")
    gains = WayMilestoneOutput(many=True)
    leaves = WayMilestoneOutput(many=True)
