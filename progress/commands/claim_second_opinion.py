"""Take a round to give a second opinion on it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from backend.errors import Conflict
from progress.commands.claim_submission import ClaimedByAnother, TooManyClaims
from progress.commands.opinion_guards import no_longer_asked, opinion_on, require_giver
from progress.commands.review_guards import held_by, hold_mentors
from progress.models import SecondOpinion, Submission
from progress.models.claim import MOST_CLAIMS


def claim_second_opinion(*, person: User, submission: Submission, now: datetime) -> None:
    """Take or extend `person`'s claim on the second opinion for CLAIM_LIFE from now.

    It counts among the claims that a mentor may hold. Raises OwnWork, NotTheirMentor, FirstMentor,
    NoSecondOpinion, SecondOpinionGiven, ClaimedByAnother, TooManyClaims.
    """
    require_giver(person, submission)
    opinion = opinion_on(submission)
    with transaction.atomic():
        hold_mentors([person.pk])
        require_giver(person, submission)
        held = held_by(person, now=now, beside=opinion)
        taken = held < MOST_CLAIMS and opinion.claim(mentor=person, now=now)
    if not taken:
        opinion.refresh_from_db()
        raise _refusal(opinion, held, person, now)


def _refusal(opinion: SecondOpinion, held: int, person: User, now: datetime) -> Conflict:
    if not opinion.is_waiting:
        return no_longer_asked(opinion)
    until = opinion.claim_expires_at
    if opinion.claimed_by and until and opinion.holder_at(now) not in {None, person.pk}:
        return ClaimedByAnother(
            _("%(mentor)s holds it until %(until)s UTC.")
            % {"mentor": opinion.claimed_by.display_name, "until": f"{until:%H:%M}"}
        )
    if held >= MOST_CLAIMS:
        return TooManyClaims(
            _("You hold %(count)s reviews. Decide one or let one go, then take this one.")
            % {"count": held}
        )
    return ClaimedByAnother(_("Somebody took it this moment. Look again."))
