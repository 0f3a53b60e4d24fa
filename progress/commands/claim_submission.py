"""Take a waiting submission to review it, or give it back."""

from datetime import datetime

from accounts.models import User
from backend.errors import Conflict
from progress.commands.review_guards import already_decided, require_reviewer
from progress.models import Submission
from progress.states import SubmissionState


class ClaimedByAnother(Conflict):
    """Another mentor holds it, and their claim has not run out."""

    code = "claimed-by-another"
    title = "Another mentor is reviewing this"


def claim_submission(*, person: User, submission: Submission, now: datetime) -> Submission:
    """Take or extend `person`'s claim for CLAIM_LIFE from now; return the submission as it is then.

    Raises OwnWork, NotTheirMentor, ClaimedByAnother, AlreadyDecided.
    """
    require_reviewer(person, submission)
    taken = submission.claim(mentor=person, now=now)
    submission.refresh_from_db()
    if not taken:
        if submission.state != SubmissionState.WAITING:
            raise already_decided(submission)
        until = submission.claim_expires_at
        raise ClaimedByAnother(
            f"{submission.claimed_by.display_name} holds it until {until:%H:%M} UTC."
            if submission.claimed_by and until
            else "Somebody took it this moment. Look again."
        )
    return submission
