"""Give a claimed second opinion back to the queue."""

from accounts.models import User
from progress.commands.opinion_guards import opinion_on, require_giver
from progress.models import Submission


def release_second_opinion(*, person: User, submission: Submission) -> None:
    """Drop `person`'s claim, if they hold one. Doing it again changes nothing.

    Raises OwnWork, NotTheirMentor, FirstMentor, NoSecondOpinion.
    """
    require_giver(person, submission)
    opinion_on(submission).release(mentor=person)
