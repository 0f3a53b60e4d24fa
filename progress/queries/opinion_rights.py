"""Whether somebody may ask for a second opinion now."""

from accounts.models import User
from progress.commands.guards import WORKING
from progress.compiled import key_now
from progress.models import Submission
from progress.models.submission import DECIDED
from progress.queries.mentors import other_mentors


def may_ask(
    submission: Submission, *, person: User, mentoring: bool, verification: str | None
) -> bool:
    """Return whether `person` may ask about a round: what `ask_second_opinion` would say.

    `mentoring` says whether they mentor the learner, `verification` is what the milestone goes by.
    Needs `with_names()`. Two queries, if nothing that is known already speaks against it.
    """
    enrollment = submission.enrollment
    decider = mentoring and submission.decided_by_id == person.pk
    known = (
        (decider or person.pk == enrollment.learner_id)
        and submission.state in DECIDED
        and submission.second_opinion is None
        and verification == submission.state
        and enrollment.state in WORKING
    )
    if not known:
        return False
    keys = enrollment.keys_behind(key_now(enrollment, submission.milestone_key))
    rounds = Submission.objects.filter(enrollment=enrollment, milestone_key__in=keys)
    if rounds.filter(round__gt=submission.round).exists():
        return False
    return bool(other_mentors(enrollment, than=submission.decided_by_id).exists())
