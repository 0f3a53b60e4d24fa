"""What a learner can do now, the best first, each with its reason."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from backend.words import gettext as _
from backend.words import ngettext
from progress.document import Milestone
from progress.rules.evaluation import EvaluatedMilestone, Evaluation
from progress.states import Status, Verification, Work


class Reason(enum.StrEnum):
    """Why a milestone is what to do next; the order of the members is the order of urgency."""

    REVOKED = "revoked"
    CHANGES_REQUESTED = "changes_requested"
    READY_TO_SUBMIT = "ready_to_submit"
    IN_PROGRESS = "in_progress"
    OPENS_OTHERS = "opens_others"
    AVAILABLE = "available"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do next. `minutes_left` is the estimate minus what is logged, at least 0."""

    milestone: Milestone
    reason: Reason
    opens: int
    minutes_logged: int
    minutes_left: int

    @property
    def sentence(self) -> str:
        """The reason in the active language."""
        match self.reason:
            case Reason.CHANGES_REQUESTED | Reason.REVOKED:
                revoked = self.reason is Reason.REVOKED
                asked = _("Your mentor asked for changes")
                return _("The approval was taken back: see why") if revoked else asked
            case Reason.READY_TO_SUBMIT:
                return _("Done: hand it in for review")
            case Reason.IN_PROGRESS:
                return _("You have started it")
            case Reason.OPENS_OTHERS:
                said = ngettext(
                    "Opens the way to %(count)s more", "Opens the way to %(count)s more", self.opens
                )
                return said % {"count": self.opens}
            case Reason.AVAILABLE:
                return _("You can start it now")
            case Reason.OPTIONAL:
                return _("Beyond what the stage asks for")


def next_steps(
    evaluation: Evaluation, minutes: Mapping[str, int], *, limit: int | None = None
) -> tuple[NextStep, ...]:
    """What the learner can do now, the best first; `minutes` are those logged, by milestone key.

    Somebody's feedback comes first, then what only needs handing in, then what is begun (nearest
    to its end first), then what opens most, then what is shortest; what a satisfied rule no
    longer needs comes last. The order of the document breaks ties. Waiting and complete milestones
    are not among them, nor what is blocked, begun or not: what blocks it is.
    """
    urgency = {reason: n for n, reason in enumerate(Reason)}
    steps: list[NextStep] = []
    for stage in evaluation.stages:
        for row in stage.milestones:
            reason = _reason(row)
            if reason is None:
                continue
            logged = minutes.get(row.key, 0)
            left = max(row.milestone.effort_hours * 60 - logged, 0)
            steps.append(NextStep(row.milestone, reason, row.opens, logged, left))
    steps.sort(
        key=lambda step: (
            urgency[step.reason],
            -step.opens if step.reason is Reason.OPENS_OTHERS else 0,
            step.minutes_left,
        )
    )
    return tuple(steps[:limit])


def _reason(row: EvaluatedMilestone) -> Reason | None:
    if not row.open:
        return None
    match row.status:
        case Status.CHANGES_REQUESTED:
            revoked = row.state.verification is Verification.REVOKED
            return Reason.REVOKED if revoked else Reason.CHANGES_REQUESTED
        case Status.IN_PROGRESS:
            done = row.state.work is Work.DONE
            return Reason.READY_TO_SUBMIT if done else Reason.IN_PROGRESS
        case Status.AVAILABLE if not row.wanted and not row.opens:
            return Reason.OPTIONAL
        case Status.AVAILABLE:
            return Reason.OPENS_OTHERS if row.opens else Reason.AVAILABLE
        case _:
            return None
