"""What the learner may do with their own work on a milestone, and why not."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import Conflict, DomainError, Refused
from progress.commands.guards import require_working
from progress.document import Milestone, VerifiedBy
from progress.models import Enrollment
from progress.rules import Evaluation
from progress.standing import standing_of
from progress.states import EnrollmentState, WorkMove


class MilestoneLocked(Conflict):
    """Something must come first."""

    code = "milestone-locked"
    title = gettext_lazy("This milestone is not open yet")


class NeedsMentor(Refused):
    """A mentor verifies this one."""

    code = "needs-mentor"
    title = gettext_lazy("A mentor verifies this milestone")


class EnrollmentCompleted(Conflict):
    """What is completed stays completed."""

    code = "enrollment-completed"
    title = gettext_lazy("This pathway is completed")


def require_open(enrollment: Enrollment, milestone_key: str) -> None:
    """Pass if nothing must come first; else raise MilestoneLocked, naming it (one query)."""
    require_unblocked(standing_of(enrollment).evaluation, milestone_key)


def require_unblocked(evaluation: Evaluation, milestone_key: str) -> None:
    """Pass if nothing must come first; else raise MilestoneLocked, naming it.

    Not by its status: logging a minute makes a locked milestone one in progress.
    """
    row = evaluation.milestones[milestone_key]
    if not row.open:
        titles = [evaluation.milestones[key].milestone.title for key in row.blocked_by]
        raise MilestoneLocked(
            _("It opens after: %(milestones)s.") % {"milestones": ", ".join(titles)}
        )


def require_move_allowed(
    move: WorkMove, enrollment: Enrollment, milestone: Milestone, evaluation: Evaluation
) -> None:
    """Pass if a rule does not speak against the move; `evaluation` is how things stand now.

    Raises EnrollmentNotActive, NeedsMentor, MilestoneLocked, EnrollmentCompleted.
    """
    by_mentor = milestone.verified_by is not VerifiedBy.SELF
    match move:
        case WorkMove.START:
            require_working(enrollment)
        case WorkMove.DONE:
            if by_mentor:
                raise NeedsMentor(_("Submit it with your evidence; a mentor will review it."))
            require_working(enrollment)
            require_unblocked(evaluation, milestone.key)
        case WorkMove.REOPEN:
            if by_mentor:
                raise NeedsMentor(_("What a mentor has approved stays approved."))
            if enrollment.state == EnrollmentState.COMPLETED:
                raise EnrollmentCompleted(_("You reached the end of this pathway; that stays."))
            require_working(enrollment)


def why_not(
    move: WorkMove, enrollment: Enrollment, milestone: Milestone, evaluation: Evaluation
) -> str:
    """Return in a sentence why the move is refused, or "" when it is allowed."""
    try:
        require_move_allowed(move, enrollment, milestone, evaluation)
    except DomainError as refusal:
        return refusal.detail
    return ""
