"""Take a waiting submission to review it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress.commands.review_guards import (
    already_decided,
    held_by,
    hold_mentors,
    require_reviewer,
)
from progress.models import Submission
from progress.models.claim import MOST_CLAIMS
from progress.states import SubmissionState


class ClaimedByAnother(Conflict):
    """Another mentor holds it, and their claim has not run out."""

    code = "claimed-by-another"
    title = gettext_lazy("Another mentor is reviewing this")


class TooManyClaims(Conflict):
    """A mentor who holds a pile keeps it from the others."""

    code = "too-many-claims"
    title = gettext_lazy("You hold enough reviews already")


def claim_submission(*, person: User, submission: Submission, now: datetime) -> Submission:
    """Take or extend `person`'s claim for CLAIM_LIFE from now; return the submission as it is then.

    Raises OwnWork, NotTheirMentor, ClaimedByAnother, AlreadyDecided, TooManyClaims.
    """
    require_reviewer(person, submission)
    with transaction.atomic():
        # One mentor's claims take turns, so that two devices can't both take the last one allowed;
        # so does whatever ends their right to them, which is why it is asked for again.
        hold_mentors([person.pk])
        require_reviewer(person, submission)
        held = held_by(person, now=now, beside=submission)
        taken = held < MOST_CLAIMS and submission.claim(mentor=person, now=now)
    submission.refresh_from_db()
    if not taken:
        raise _refusal(submission, person, held, now)
    return submission


def _refusal(submission: Submission, person: User, held: int, now: datetime) -> Conflict:
    if submission.state != SubmissionState.WAITING:
        return already_decided(submission, person)
    until = submission.claim_expires_at
    if submission.claimed_by and until and submission.holder_at(now) not in {None, person.pk}:
        return ClaimedByAnother(
            _("%(mentor)s holds it until %(until)s UTC.")
            % {"mentor": submission.claimed_by.display_name, "until": f"{until:%H:%M}"}
        )
    if held >= MOST_CLAIMS:
        return TooManyClaims(
            _("You hold %(count)s reviews. Decide one or let one go, then take this one.")
            % {"count": held}
        )
    return ClaimedByAnother(_("Somebody took it this moment. Look again."))
