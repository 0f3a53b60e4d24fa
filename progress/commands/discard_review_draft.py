"""Throw a draft away."""

from accounts.models import User
from progress.commands.review_guards import require_reviewer
from progress.models import ReviewDraft, Submission


def discard_review_draft(*, person: User, submission: Submission) -> None:
    """Remove `person`'s draft for the submission. Doing it again changes nothing.

    Raises OwnWork, NotTheirMentor.
    """
    require_reviewer(person, submission)
    ReviewDraft.objects.filter(submission=submission, mentor=person).delete()
