"""Enrollments, the map and one milestone of it."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, PersonOutput
from progress.api.serializers.choices import (
    ENROLLMENT_STATES,
    MILESTONE_KINDS,
    STATUSES,
    VERIFICATIONS,
    VERIFIERS,
    WORK,
    WORK_MOVES,
)
from progress.api.serializers.evidence import EvidenceOutput
from progress.api.serializers.log_entries import LogEntryOutput
from progress.api.serializers.pathways import MilestoneOutput, NamedOutput, RuleOutput
from progress.api.serializers.probes import ProbeOutput
from progress.api.serializers.rulings import RulingOutput
from progress.api.serializers.submissions import SubmissionOutput
from progress.compiled import compiled
from progress.models import Enrollment
from progress.pausing import Pausing, pausing_of
from progress.veil import Veil


class SluggedOutput(Output):
    """A pathway's address and title."""

    slug = serializers.CharField()
    title = serializers.CharField()


class EnrollmentOutput(Output):
    """A learner on an edition, as far as whoever it was loaded for may know."""

    id = serializers.UUIDField()
    learner = PersonOutput()
    pathway = serializers.SerializerMethodField()
    edition = serializers.IntegerField(source="edition.number")
    track = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    target_date = serializers.DateField(allow_null=True, help_text="As the learner set it.")
    moved_target_date = serializers.SerializerMethodField()
    weekly_minutes = serializers.IntegerField()
    state = serializers.SerializerMethodField()
    paused_until = serializers.SerializerMethodField()
    started_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: Enrollment) -> dict[str, Any]:
        """Render it without what is veiled."""
        shown: dict[str, Any] = super().to_representation(Veil.over(instance).shown(instance))
        return shown

    @extend_schema_field(SluggedOutput)
    def get_pathway(self, enrollment: Enrollment) -> dict[str, str]:
        """Return the pathway's address and title."""
        document = compiled(enrollment).document
        return {"slug": document.slug, "title": document.title}

    @extend_schema_field(NamedOutput)
    def get_track(self, enrollment: Enrollment) -> dict[str, str]:
        """Return the track by name."""
        tracks = compiled(enrollment).document.tracks
        track = next(t for t in tracks if t.key == enrollment.track)
        return {"key": track.key, "title": track.title}

    @extend_schema_field(NamedOutput)
    def get_role(self, enrollment: Enrollment) -> dict[str, str]:
        """Return the target role by name."""
        role = compiled(enrollment).roles[enrollment.role]
        return {"key": role.key, "title": role.title}

    @extend_schema_field(serializers.ChoiceField(ENROLLMENT_STATES))
    def get_state(self, enrollment: Enrollment) -> str:
        """Return what the enrollment is now: paused on a paused day."""
        return self._pausing(enrollment).status.value

    @extend_schema_field(
        serializers.DateField(
            allow_null=True,
            help_text="The last paused day; null when not paused, or until the learner ends it.",
        )
    )
    def get_paused_until(self, enrollment: Enrollment) -> date | None:
        """Return the last day of the pause of today."""
        return self._pausing(enrollment).paused_until

    @extend_schema_field(
        serializers.DateField(
            allow_null=True, help_text="`target_date`, later by the days paused since it was set."
        )
    )
    def get_moved_target_date(self, enrollment: Enrollment) -> date | None:
        """Return where pauses have moved the target date."""
        return self._pausing(enrollment).target

    def _pausing(self, enrollment: Enrollment) -> Pausing:
        """Return what pauses make of it at `now` in the context (see `with_pauses()`)."""
        return pausing_of(enrollment, now=self.context["now"])


class EnrollmentChangeInput(Input):
    """What may change about an enrollment."""

    track = serializers.CharField(max_length=80)
    role = serializers.CharField(max_length=80)
    target_date = serializers.DateField(allow_null=True, required=False)
    weekly_minutes = serializers.IntegerField(min_value=1, max_value=10_080)


class EnrollInput(EnrollmentChangeInput):
    """Where a learner sets out to."""

    pathway = serializers.SlugField(max_length=80, help_text="A pathway's slug.")


class MapMilestoneOutput(NamedOutput):
    """A milestone on the map."""

    kind = serializers.ChoiceField(MILESTONE_KINDS)
    effort_hours = serializers.IntegerField()
    verified_by = serializers.ChoiceField(VERIFIERS)
    status = serializers.ChoiceField(STATUSES)
    work = serializers.ChoiceField(WORK)
    verification = serializers.ChoiceField(VERIFICATIONS)
    minutes_logged = serializers.IntegerField()
    blocked_by = NamedOutput(many=True)
    is_next = serializers.BooleanField()
    completed_at = serializers.DateTimeField(allow_null=True)
    ruling = RulingOutput(allow_null=True, help_text="If it is waived or revoked: by whom and why.")


class MapStageOutput(NamedOutput):
    """A stage on the map."""

    summary = serializers.CharField()
    rule = RuleOutput()
    complete = serializers.BooleanField()
    met = serializers.IntegerField()
    needed = serializers.IntegerField()
    total = serializers.IntegerField()
    milestones = MapMilestoneOutput(many=True)


class SuggestionOutput(NamedOutput):
    """What to do next, and why."""

    reason = serializers.CharField()
    effort_hours = serializers.IntegerField()
    minutes_logged = serializers.IntegerField()


class ReadinessOutput(Output):
    """How ready the learner is for the target role."""

    role = NamedOutput()
    percent = serializers.IntegerField()


class DayOutput(Output):
    """Minutes on a day."""

    day = serializers.DateField()
    minutes = serializers.IntegerField()
    paused = serializers.BooleanField()


class WeekOutput(Output):
    """The current week where the learner is, Monday first."""

    starts_on = serializers.DateField()
    goal_minutes = serializers.IntegerField(
        help_text="The goal's share for the days since the start that are not paused."
    )
    minutes = serializers.IntegerField()
    days = DayOutput(many=True)


class MapOutput(Output):
    """The whole map."""

    enrollment = EnrollmentOutput()
    percent = serializers.IntegerField(help_text="Of the effort; 100 when every stage is complete.")
    complete = serializers.IntegerField()
    total = serializers.IntegerField()
    readiness = ReadinessOutput()
    stages = MapStageOutput(many=True)
    next = SuggestionOutput(many=True)
    week = WeekOutput()


class TransitionOutput(Output):
    """A move of the learner's work on a milestone."""

    name = serializers.ChoiceField(WORK_MOVES)
    allowed = serializers.BooleanField(help_text="Whether it is possible now.")
    reason = serializers.CharField(help_text="Why not, in a sentence; empty if it is.")


class MilestonePageOutput(Output):
    """A milestone of an enrollment, with everything that belongs to it."""

    enrollment_id = serializers.UUIDField(source="enrollment.id")
    learner = PersonOutput(source="enrollment.learner")
    milestone = MilestoneOutput()
    stage = NamedOutput()
    status = serializers.ChoiceField(STATUSES)
    work = serializers.ChoiceField(WORK)
    verification = serializers.ChoiceField(VERIFICATIONS)
    blocked_by = NamedOutput(many=True)
    minutes_logged = serializers.IntegerField()
    completed_at = serializers.DateTimeField(allow_null=True)
    can_submit = serializers.BooleanField()
    can_complete = serializers.BooleanField()
    can_reopen = serializers.BooleanField()
    can_waive = serializers.BooleanField(help_text="As the learner's mentor.")
    can_revoke = serializers.BooleanField(help_text="As the learner's mentor.")
    can_ask_second_opinion = serializers.BooleanField(
        source="can_ask", help_text="About the last round."
    )
    transitions = TransitionOutput(many=True)
    log_entries = LogEntryOutput(many=True, help_text="The latest 20.")
    evidence = EvidenceOutput(many=True)
    submissions = SubmissionOutput(many=True, help_text="Rounds, newest first.")
    rulings = RulingOutput(many=True, help_text="Waivers and revocations, the latest first.")
    probe = ProbeOutput(allow_null=True)
