"""Take back that a self-verified milestone is done."""

from datetime import datetime

from accounts.models import User
from progress.commands.change_work import change_work
from progress.models import Enrollment
from progress.states import WorkMove


def reopen_milestone(
    *, person: User, enrollment: Enrollment, milestone_key: str, now: datetime
) -> None:
    """Move the learner's work from done back to doing. Doing it again changes nothing.

    Raises NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, NeedsMentor, EnrollmentCompleted.
    """
    change_work(
        person=person,
        enrollment=enrollment,
        milestone_key=milestone_key,
        move=WorkMove.REOPEN,
        now=now,
    )
