"""Take back that a milestone is approved."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress.commands.guards import require_milestone, require_working
from progress.commands.opinion_guards import require_nothing_veiled
from progress.commands.record_ruling import record_ruling
from progress.commands.review_guards import require_mentor
from progress.commands.ruling_guards import NothingToRevoke, how_it_stands
from progress.models import Enrollment, MilestoneProgress, Ruling
from progress.models.ruling import RulingKind
from progress.states import Verification


def revoke_approval(
    *, person: User, enrollment: Enrollment, milestone_key: str, reason: str, now: datetime
) -> Ruling:
    """Revoke the approval of a milestone, with a reason (Markdown); return the ruling.

    The learner can hand it in again. The rounds stay as they were decided, and an enrollment that
    was completed stays so. Raises OwnWork, NotTheirMentor, EnrollmentNotActive, NotOnTheWay,
    SecondOpinionOpen, NothingToRevoke.
    """
    require_mentor(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        require_milestone(enrollment, milestone_key)
        require_working(enrollment)
        keys = enrollment.keys_behind(milestone_key)
        require_nothing_veiled(person, enrollment, keys)
        progress = MilestoneProgress.of(enrollment, milestone_key)
        if not progress.move_verification(Verification.REVOKED, now=now):
            progress.refresh_from_db(fields=["verification"])
            raise NothingToRevoke(how_it_stands(enrollment, keys, progress.verification))
        return record_ruling(
            kind=RulingKind.REVOKED,
            person=person,
            enrollment=enrollment,
            milestone_key=milestone_key,
            keys=keys,
            reason=reason,
            now=now,
        )
