"""Mark a milestone that the learner verifies as done."""

from datetime import datetime

from accounts.models import User
from progress.commands.change_work import change_work
from progress.models import Enrollment
from progress.states import WorkMove


def complete_milestone(
    *, person: User, enrollment: Enrollment, milestone_key: str, now: datetime
) -> None:
    """Move the learner's work on a milestone to done. Doing it again changes nothing.

    Raises NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, NeedsMentor, MilestoneLocked.
    """
    change_work(
        person=person,
        enrollment=enrollment,
        milestone_key=milestone_key,
        move=WorkMove.DONE,
        now=now,
    )
