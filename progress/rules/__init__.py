"""The one evaluator: a compiled pathway and a learner's states in, everything countable out.

The map, readiness and whatever else counts call this; nothing else does. Pure and deterministic:
the same states give the same answer in whatever order they came about.

**Complete** is a milestone that is approved or waived, or that the learner verifies and has done.
**Open** for what follows is a milestone that is complete, or was handed in and not taken back:
waiting, or with changes requested. A learner never stands still because a mentor has not looked
yet, and a request for changes does not close what it had opened. Withdrawing or revoking does.
Prerequisites say when a milestone opens, rules say when the pathway is complete; the two are
independent. A prerequisite that is not on the learner's track is ignored.
"""

from progress.rules.compiled import CompiledPathway, compile_pathway
from progress.rules.evaluation import (
    UNTOUCHED,
    EvaluatedMilestone,
    EvaluatedStage,
    Evaluation,
    MilestoneState,
    evaluate,
    is_complete,
    readiness,
)
from progress.rules.explanation import (
    ExplainedMilestone,
    ExplainedRule,
    ExplainedStage,
    Explanation,
    Missing,
    explanation,
)
from progress.rules.measuring import Measured, StageState, measured
from progress.rules.roles import Raise, RoleReadiness, readiness_by_role
from progress.rules.tracks import TrackComparison, compare_tracks
from progress.rules.what_next import NextStep, Reason, next_steps

__all__ = [
    "UNTOUCHED",
    "CompiledPathway",
    "EvaluatedMilestone",
    "EvaluatedStage",
    "Evaluation",
    "ExplainedMilestone",
    "ExplainedRule",
    "ExplainedStage",
    "Explanation",
    "Measured",
    "MilestoneState",
    "Missing",
    "NextStep",
    "Raise",
    "Reason",
    "RoleReadiness",
    "StageState",
    "TrackComparison",
    "compare_tracks",
    "compile_pathway",
    "evaluate",
    "explanation",
    "is_complete",
    "measured",
    "next_steps",
    "readiness",
    "readiness_by_role",
]
