"""Take back that a self-verified milestone is done."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from backend.errors import Conflict
from progress import events, outbox
from progress.commands.complete_milestone import NeedsMentor
from progress.commands.guards import require_learner, require_milestone
from progress.document import VerifiedBy
from progress.models import Enrollment, MilestoneProgress
from progress.states import EnrollmentState, Work


class EnrollmentCompleted(Conflict):
    """What is completed stays completed."""

    code = "enrollment-completed"
    title = "This pathway is completed"


def reopen_milestone(
    *, person: User, enrollment: Enrollment, milestone_key: str, now: datetime
) -> None:
    """Move the learner's work from done back to doing. Doing it again changes nothing.

    Raises NotYourEnrollment, NotOnTheWay, NeedsMentor, EnrollmentCompleted.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        milestone = require_milestone(enrollment, milestone_key)
        if milestone.verified_by is not VerifiedBy.SELF:
            raise NeedsMentor("What a mentor has approved stays approved.")
        if enrollment.state == EnrollmentState.COMPLETED:
            raise EnrollmentCompleted("You reached the end of this pathway; that stays.")
        row = MilestoneProgress.of(enrollment, milestone_key)
        if row.work != Work.DONE or not row.move_work(Work.DOING, now=now):
            return
        outbox.record(
            events.Event(
                type=events.MILESTONE_REOPENED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=enrollment.pk,
                enrollment_id=enrollment.pk,
                data={"milestone": milestone_key},
            )
        )
