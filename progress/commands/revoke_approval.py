"""Take back that a milestone is approved."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.close_second_opinion import close_second_opinion
from progress.commands.guards import require_milestone, require_working
from progress.commands.opinion_guards import require_nothing_veiled
from progress.commands.review_guards import require_mentor
from progress.commands.ruling_guards import NothingToRevoke, how_it_stands
from progress.models import Enrollment, MilestoneProgress, Ruling
from progress.models.ruling import RulingKind
from progress.models.second_opinion import Because
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
        close_second_opinion(
            enrollment=enrollment, keys=keys, because=Because.REVOKED, actor=person, now=now
        )
        ruling: Ruling = Ruling.objects.create(
            enrollment=enrollment,
            milestone_key=milestone_key,
            kind=RulingKind.REVOKED,
            mentor=person,
            reason=reason,
            made_at=now,
        )
        outbox.record(
            events.Event(
                type=events.MILESTONE_REVOKED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=ruling.pk,
                enrollment_id=enrollment.pk,
                data={"milestone": milestone_key},
            )
        )
    return ruling
