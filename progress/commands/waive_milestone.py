"""Waive a milestone for what the learner knew before."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.guards import require_milestone, require_working
from progress.commands.opinion_guards import require_nothing_veiled
from progress.commands.record_ruling import record_ruling
from progress.commands.review_guards import require_mentor
from progress.commands.ruling_guards import NothingToWaive, NotWaivable, how_it_stands
from progress.models import ChangeRequest, Enrollment, MilestoneProgress, Ruling
from progress.models.ruling import RulingKind
from progress.standing import standing_of
from progress.states import ChangeRequestState, Verification


def waive_milestone(
    *, person: User, enrollment: Enrollment, milestone_key: str, reason: str, now: datetime
) -> Ruling:
    """Let a milestone count for prior learning, with a reason (Markdown); return the ruling.

    Where the pathway's author allows it, for what is not complete and not under review. What was
    asked for on it is waived as well. It can't be taken back. Raises OwnWork, NotTheirMentor,
    EnrollmentNotActive, NotOnTheWay, NotWaivable, SecondOpinionOpen, NothingToWaive.
    """
    require_mentor(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        milestone = require_milestone(enrollment, milestone_key)
        require_working(enrollment)
        if not milestone.waivable:
            raise NotWaivable(_("The author of this pathway wants it to be shown by everybody."))
        keys = enrollment.keys_behind(milestone_key)
        require_nothing_veiled(person, enrollment, keys)
        progress = MilestoneProgress.of(enrollment, milestone_key)
        complete = standing_of(enrollment).evaluation.milestones[milestone_key].complete
        if complete or not progress.move_verification(Verification.WAIVED, now=now):
            raise NothingToWaive(_why_not(progress, keys))
        for item in ChangeRequest.objects.pending_for(enrollment, keys):
            item.settle(ChangeRequestState.WAIVED, mentor=person, now=now)
        ruling = record_ruling(
            kind=RulingKind.WAIVED,
            person=person,
            enrollment=enrollment,
            milestone_key=milestone_key,
            keys=keys,
            reason=reason,
            now=now,
        )
        finish_enrollment(enrollment=enrollment, now=now)
    return ruling


def _why_not(progress: MilestoneProgress, keys: list[str]) -> str:
    progress.refresh_from_db(fields=["verification"])
    match progress.verification:
        case Verification.WAITING:
            return _("A round of it waits: decide that, or let the learner take it back first.")
        case Verification.APPROVED | Verification.WAIVED:
            return how_it_stands(progress.enrollment, keys, progress.verification)
        case _:
            return _("The learner has completed it.")
