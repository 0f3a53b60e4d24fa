"""Take back the question for a second opinion."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from progress.commands.close_second_opinion import close_second_opinion
from progress.commands.opinion_guards import NotYourQuestion, no_longer_asked, opinion_on
from progress.models import Submission
from progress.models.second_opinion import Because
from progress.states import SecondOpinionState


def withdraw_second_opinion(*, person: User, submission: Submission, now: datetime) -> None:
    """Withdraw what `person` asked on the round, while nobody has answered.

    Doing it again changes nothing. Raises NoSecondOpinion, NotYourQuestion, SecondOpinionGiven.
    """
    enrollment = submission.enrollment
    with transaction.atomic():
        enrollment.hold()
        opinion = opinion_on(submission)
        if opinion.asked_by_id != person.pk:
            raise NotYourQuestion(_("Somebody else asked. It stands until it is answered."))
        if opinion.state == SecondOpinionState.WITHDRAWN:
            return
        if not close_second_opinion(
            enrollment=enrollment,
            keys=[submission.milestone_key],
            because=Because.TAKEN_BACK,
            actor=person,
            now=now,
        ):
            raise no_longer_asked(opinion_on(submission))
