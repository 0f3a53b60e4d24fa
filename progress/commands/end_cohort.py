"""End a cohort."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.cohort_guards import mentors_in, require_coordinator
from progress.commands.hand_back import hand_back
from progress.commands.review_guards import hold_mentors
from progress.models import Cohort, CohortMember, Invitation, Submission
from progress.models.cohort import CohortPart


def end_cohort(*, person: User, cohort: Cohort, now: datetime) -> None:
    """End it from now on: it opens nothing any more, and its members keep what is theirs.

    What its mentors held of its learners' work goes back, and open invitations are revoked.
    Doing it again changes nothing. Raises NotTheCoordinator.
    """
    require_coordinator(person, cohort)
    with transaction.atomic():
        cohort.hold()
        hold_mentors(mentors_in(cohort))
        if not cohort.end(now=now):
            return
        learners = CohortMember.objects.staying().filter(cohort=cohort, part=CohortPart.LEARNER)
        touched = Submission.objects.filter(
            enrollment__pathway=cohort.pathway_id, enrollment__learner__in=learners.values("person")
        )
        hand_back(actor=person, touched=touched, now=now)
        Invitation.objects.open_at(now).filter(cohort=cohort).update(revoked_at=now)
        outbox.record(
            events.Event(
                type=events.COHORT_ENDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=cohort.pk,
            )
        )
