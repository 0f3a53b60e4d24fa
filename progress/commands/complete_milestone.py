"""Mark a milestone that the learner verifies as done."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from backend.errors import Conflict, Refused
from progress import events, outbox
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.document import VerifiedBy
from progress.models import Enrollment, MilestoneProgress
from progress.standing import standing_of
from progress.states import Work


class MilestoneLocked(Conflict):
    """Something must come first."""

    code = "milestone-locked"
    title = "This milestone is not open yet"


class NeedsMentor(Refused):
    """A mentor verifies this one."""

    code = "needs-mentor"
    title = "A mentor verifies this milestone"


def complete_milestone(
    *, person: User, enrollment: Enrollment, milestone_key: str, now: datetime
) -> None:
    """Move the learner's work on a milestone to done. Doing it again changes nothing.

    Raises NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, NeedsMentor, MilestoneLocked.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        milestone = require_milestone(enrollment, milestone_key)
        if milestone.verified_by is not VerifiedBy.SELF:
            raise NeedsMentor("Submit it with your evidence; a mentor will review it.")
        require_working(enrollment)
        require_open(enrollment, milestone_key)
        progress = MilestoneProgress.of(enrollment, milestone_key)
        if progress.work == Work.TODO:
            progress.move_work(Work.DOING, now=now)
        if not progress.move_work(Work.DONE, now=now):
            return
        outbox.record(
            events.Event(
                type=events.MILESTONE_COMPLETED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=enrollment.pk,
                enrollment_id=enrollment.pk,
                data={"milestone": milestone_key, "verified_by": "self"},
            )
        )
        finish_enrollment(enrollment=enrollment, now=now)


def require_open(enrollment: Enrollment, milestone_key: str) -> None:
    """Pass if nothing must come first; else raise MilestoneLocked, naming it.

    Not by its status: logging a minute makes a locked milestone one in progress.
    """
    evaluation = standing_of(enrollment).evaluation
    row = evaluation.milestones[milestone_key]
    if not row.open:
        titles = [evaluation.milestones[key].milestone.title for key in row.blocked_by]
        raise MilestoneLocked(f"It opens after: {', '.join(titles)}.")
