"""How a cohort is doing, and why a learner may be at risk: out."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.queries.cohort_report import CohortReport, ReportedLearner
from progress.risk import Action, Reason, ReasonCode, said

CODES = [(code.value, code.value) for code in ReasonCode]
ACTIONS = [(action.value, action.value) for action in Action]
MOST_AT_RISK = 100


class RiskReasonOutput(Output):
    """Why somebody is at risk: in words, in numbers, and what may help."""

    code = serializers.ChoiceField(choices=CODES)
    reason = serializers.CharField(help_text="In words.")
    action = serializers.ChoiceField(choices=ACTIONS)
    suggestion = serializers.CharField(help_text="What may help, in words.")
    days = serializers.IntegerField(allow_null=True, help_text="Silent, or waiting for a review.")
    usual_days = serializers.IntegerField(
        allow_null=True, help_text="Between two days of work, usually."
    )
    milestone_key = serializers.SlugField(allow_null=True)
    milestone = serializers.CharField(allow_null=True)
    rounds = serializers.IntegerField(allow_null=True, help_text="In which changes were requested.")
    minutes = serializers.IntegerField(allow_null=True, help_text="Logged a week, of late.")
    needed_minutes = serializers.IntegerField(
        allow_null=True, help_text="A week, to make the plan."
    )
    target_on = serializers.DateField(
        allow_null=True, help_text="The plan's date; null where the plan is the weekly goal."
    )


def rendered(reason: Reason, *, today: date, to_learner: bool) -> dict[str, Any]:
    """Return a reason as `RiskReasonOutput` has it."""
    words = said(reason, today=today, to_learner=to_learner)
    return {
        "code": reason.code.value,
        "reason": words.reason,
        "action": reason.action.value,
        "suggestion": words.suggestion,
        "days": reason.days,
        "usual_days": reason.usual_days,
        "milestone_key": reason.milestone_key,
        "milestone": reason.milestone,
        "rounds": reason.rounds,
        "minutes": reason.minutes,
        "needed_minutes": reason.needed_minutes,
        "target_on": reason.target_on and reason.target_on.isoformat(),
    }


class RiskOutput(Output):
    """Why a learner may be losing their way; empty if nothing speaks for it."""

    reasons = RiskReasonOutput(many=True)


class LearnerAtRiskOutput(Output):
    """A learner who may need somebody."""

    person = PersonOutput()
    enrollment_id = serializers.UUIDField()
    stage = serializers.CharField(help_text="The one they are in.")
    percent = serializers.IntegerField()
    reasons = RiskReasonOutput(many=True, help_text="What others can put right first.")


def at_risk(learner: ReportedLearner) -> dict[str, Any]:
    """Return a learner as `LearnerAtRiskOutput` has them: a test holds the two together.

    Without its fields, which take longer for a hundred learners than the report for all of them.
    """
    known = learner.known
    if known is None:
        raise ValueError("who has not set out is not at risk")
    today = known.facts.today
    return {
        "person": {"id": str(learner.person.id), "name": learner.person.display_name},
        "enrollment_id": str(known.enrollment_id),
        "stage": learner.stage_title,
        "percent": known.measured.percent,
        "reasons": [rendered(one, today=today, to_learner=False) for one in learner.reasons],
    }


class StageCountOutput(Output):
    """How many of those who set out are how far with a stage."""

    key = serializers.SlugField()
    title = serializers.CharField()
    complete = serializers.IntegerField(help_text="Have completed it.")
    begun = serializers.IntegerField(help_text="Have begun and not completed it.")
    here = serializers.IntegerField(help_text="Are in it: it is the first they have not completed.")


class PaceCountsOutput(Output):
    """How many of those who set out are where against their own plan."""

    on_plan = serializers.IntegerField()
    behind = serializers.IntegerField()
    too_early = serializers.IntegerField(help_text="Under two weeks on the way.")
    paused = serializers.IntegerField()
    complete = serializers.IntegerField()


class ReasonCountsOutput(Output):
    """How many learners there is this reason for."""

    stuck_in_review = serializers.IntegerField()
    repeated_changes = serializers.IntegerField()
    quiet = serializers.IntegerField()
    behind = serializers.IntegerField()


class MentorLoadOutput(Output):
    """A mentor of the cohort."""

    person = PersonOutput()
    away_until = serializers.DateField(allow_null=True, help_text="The last day of a leave.")
    claims = serializers.IntegerField(help_text="In hand now.")
    decided = serializers.IntegerField(help_text="Rounds, in the last 90 days.")
    median_days = serializers.FloatField(
        allow_null=True, help_text="From handing in to the decision, in the last 90 days."
    )


class ReviewLoadOutput(Output):
    """Reviews of the learners in this report."""

    waiting = serializers.IntegerField()
    unclaimed = serializers.IntegerField(help_text="Of these, in nobody's hand.")
    waiting_since = serializers.DateTimeField(allow_null=True, help_text="The oldest.")
    decided = serializers.IntegerField(help_text="In the last 90 days.")
    median_days = serializers.FloatField(allow_null=True)
    mentors = MentorLoadOutput(many=True)


class CohortReportOutput(Output):
    """How a cohort is doing."""

    at = serializers.DateTimeField()
    learners = serializers.SerializerMethodField()
    not_started = serializers.IntegerField(help_text="In the cohort, but not on the pathway yet.")
    median_percent = serializers.IntegerField(allow_null=True)
    stages = StageCountOutput(many=True)
    pace = PaceCountsOutput()
    reasons = ReasonCountsOutput()
    at_risk_count = serializers.SerializerMethodField()
    at_risk = serializers.SerializerMethodField()
    reviews = ReviewLoadOutput()

    def get_learners(self, report: CohortReport) -> int:
        """Return how many there are."""
        return len(report.learners)

    def get_at_risk_count(self, report: CohortReport) -> int:
        """Return how many are."""
        return len(report.at_risk)

    @extend_schema_field(LearnerAtRiskOutput(many=True))
    def get_at_risk(self, report: CohortReport) -> Any:
        """Return who has most reasons first, a hundred at most; the CSV has everybody."""
        return [at_risk(learner) for learner in report.at_risk[:MOST_AT_RISK]]
