"""Give a claimed submission back to the queue."""

from accounts.models import User
from progress.commands.review_guards import require_reviewer
from progress.models import Submission


def release_claim(*, person: User, submission: Submission) -> None:
    """Drop `person`'s claim, if they hold one. Doing it again changes nothing.

    Raises OwnWork, NotTheirMentor.
    """
    require_reviewer(person, submission)
    submission.release(mentor=person)
