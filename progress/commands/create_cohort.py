"""Start a cohort."""

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.cohort_guards import check_cohort_dates
from progress.models import Cohort, CohortMember, Pathway
from progress.models.cohort import CohortPart


def create_cohort(
    *, person: User, name: str, pathway: Pathway, starts_on: date, ends_on: date, now: datetime
) -> Cohort:
    """Store a cohort on `pathway` with `person` as its coordinator; return it.

    The days are the first and the last. Raises CohortEndsBeforeItStarts.
    """
    check_cohort_dates(starts_on, ends_on)
    with transaction.atomic():
        cohort: Cohort = Cohort.objects.create(
            name=name,
            pathway=pathway,
            starts_on=starts_on,
            ends_on=ends_on,
            created_by=person,
            created_at=now,
        )
        CohortMember.objects.create(
            cohort=cohort, person=person, part=CohortPart.COORDINATOR, joined_at=now
        )
        outbox.record(
            events.Event(
                type=events.COHORT_CREATED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=cohort.pk,
                data={"pathway": pathway.slug},
            )
        )
    return cohort
