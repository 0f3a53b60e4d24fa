"""Leave a cohort, or take somebody out of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress import events, outbox
from progress.commands.cohort_guards import mentors_in, require_coordinator
from progress.commands.hand_back import hand_back
from progress.commands.review_guards import hold_mentors
from progress.models import Cohort, CohortMember, Invitation, Submission
from progress.models.cohort import CohortPart


class LastCoordinator(Conflict):
    """A cohort that goes on has somebody who runs it."""

    code = "last-coordinator"
    title = gettext_lazy("The last coordinator stays until the cohort ends")


def leave_cohort(*, person: User, member: CohortMember, now: datetime) -> None:
    """End `member`'s part from now on: their own wish, or a coordinator's.

    What a mentor held goes back to the queue; the learner's work stays the learner's; open
    invitations of a coordinator who goes are revoked. Doing it again changes nothing.
    Raises NotTheCoordinator, LastCoordinator.
    """
    cohort: Cohort = member.cohort
    if member.person_id != person.pk:
        require_coordinator(person, cohort)
    with transaction.atomic():
        cohort.hold()
        hold_mentors(mentors_in(cohort))
        _require_another(member)
        if not member.leave(now=now):
            return
        touched = Submission.objects.filter(enrollment__pathway=cohort.pathway_id)
        if member.part == CohortPart.LEARNER:
            hand_back(
                actor=person, touched=touched.filter(enrollment__learner=member.person_id), now=now
            )
        elif member.part == CohortPart.MENTOR:
            hand_back(actor=person, touched=touched, mentor=member.person_id, now=now)
        else:
            their = Invitation.objects.open_at(now).filter(cohort=cohort, inviter=member.person_id)
            their.update(revoked_at=now)
        outbox.record(
            events.Event(
                type=events.COHORT_LEFT,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=member.pk,
                data={"cohort": str(cohort.pk), "part": member.part},
            )
        )


def _require_another(member: CohortMember) -> None:
    if member.part != CohortPart.COORDINATOR or member.cohort.ended_at is not None:
        return
    others = CohortMember.objects.staying().filter(
        cohort=member.cohort_id, part=CohortPart.COORDINATOR
    )
    if not others.exclude(pk=member.pk).exists():
        raise LastCoordinator(_("Invite another coordinator first, or end the cohort."))
