"""Labels that a notification keeps beside ids."""

from progress.compiled import milestone_of
from progress.models import Submission


def about_milestone(submission: Submission) -> dict[str, str | int]:
    """Return the ids and labels of a review round; needs its enrollment loaded."""
    milestone = milestone_of(submission.enrollment, submission.milestone_key)
    return {
        "learner_id": str(submission.enrollment.learner_id),
        "enrollment_id": str(submission.enrollment_id),
        "submission_id": str(submission.pk),
        "milestone_key": milestone.key,
        "milestone_title": milestone.title,
        "round": submission.round,
    }
