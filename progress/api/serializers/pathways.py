"""Pathways and editions, out."""

from typing import Any

from rest_framework import serializers

from backend.api.serializers import Output
from progress.api.serializers.choices import MILESTONE_KINDS, RULE_KINDS, VERIFIERS
from progress.models.pathway import Visibility


class NamedOutput(Output):
    """A key with the title people see."""

    key = serializers.CharField()
    title = serializers.CharField()


class PathwayOutput(Output):
    """A pathway, with the figures of its newest edition."""

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    visibility = serializers.ChoiceField(Visibility.choices)
    edition = serializers.IntegerField()
    milestone_count = serializers.IntegerField()
    effort_hours = serializers.IntegerField(help_text="Of all milestones together.")


class EditionRowOutput(Output):
    """An edition in a list."""

    number = serializers.IntegerField()
    published_at = serializers.DateTimeField()


class TrackOutput(NamedOutput):
    """A specialization."""

    summary = serializers.CharField()
    suits = serializers.CharField(help_text="Who often heads there.")


class RoleOutput(NamedOutput):
    """A target job."""

    summary = serializers.CharField()


class RuleOutput(Output):
    """When a stage is complete."""

    kind = serializers.ChoiceField(RULE_KINDS)
    count = serializers.IntegerField(
        allow_null=True, help_text="N of at_least, W of by_weight; null for all_of."
    )


class EvidenceWantedOutput(Output):
    """What evidence a milestone wants."""

    required = serializers.BooleanField()  # type: ignore[assignment]  # also Field's own flag
    hint = serializers.CharField()


class CriterionOutput(NamedOutput):
    """A line of a rubric."""

    looks_for = serializers.CharField()


class TrackNoteOutput(Output):
    """What to emphasize on one track."""

    track = serializers.CharField()
    note = serializers.CharField()


class AlignmentOutput(Output):
    """What a milestone is in somebody else's framework, such as ESCO."""

    uri = serializers.CharField()
    title = serializers.CharField()


class MilestoneOutput(NamedOutput):
    """A milestone as its author wrote it."""

    kind = serializers.ChoiceField(MILESTONE_KINDS)
    summary = serializers.CharField()
    effort_hours = serializers.IntegerField()
    tracks = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Null means all tracks."
    )
    track_notes = serializers.SerializerMethodField()
    prerequisites = serializers.ListField(child=serializers.CharField())
    verified_by = serializers.ChoiceField(VERIFIERS)
    steps = serializers.ListField(child=serializers.CharField())
    done_when = serializers.ListField(child=serializers.CharField())
    evidence = EvidenceWantedOutput()
    rubric = CriterionOutput(many=True)
    waivable = serializers.BooleanField()
    topics = serializers.ListField(child=serializers.CharField())
    alignment = AlignmentOutput(many=True)

    def get_track_notes(self, milestone: Any) -> list[dict[str, str]]:
        """Return the notes by track."""
        return [{"track": track, "note": note} for track, note in milestone.track_notes]


class StageOutput(NamedOutput):
    """A stage with its milestones."""

    summary = serializers.CharField()
    rule = RuleOutput()
    milestones = MilestoneOutput(many=True)


class EditionOutput(Output):
    """An edition in full."""

    slug = serializers.CharField(source="document.slug")
    number = serializers.IntegerField(source="edition.number")
    published_at = serializers.DateTimeField(source="edition.published_at")
    title = serializers.CharField(source="document.title")
    summary = serializers.CharField(source="document.summary")
    audience = serializers.CharField(source="document.audience")
    duration = serializers.CharField(source="document.duration")
    beyond = serializers.CharField(source="document.beyond")
    industries = NamedOutput(many=True, source="document.industries")
    track_guidance = serializers.CharField(source="document.track_guidance")
    tracks = TrackOutput(many=True, source="document.tracks")
    roles = RoleOutput(many=True, source="document.roles")
    stages = StageOutput(many=True, source="document.stages")
