"""Who mentors, and who coordinates, the learner of an enrollment."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from progress.models import CohortMember, Enrollment, Mentorship
from progress.models.cohort import CohortPart


def mentors_of(enrollment: Enrollment) -> QuerySet[User]:
    """Return who may review the enrollment's submissions now (one query).

    The other side of `Enrollments.reviewable_by`: a test holds the two together.
    """
    own = Mentorship.objects.active().filter(learner=enrollment.learner_id)
    return (
        User.objects.filter(
            Q(pk__in=own.values("mentor")) | Q(pk__in=_beside(enrollment, CohortPart.MENTOR)),
            is_active=True,
        )
        .exclude(pk=enrollment.learner_id)
        .order_by("pk")
    )


def other_mentors(enrollment: Enrollment, *, than: UUID | None) -> QuerySet[User]:
    """Return the same without the mentor whose id is `than` (one query)."""
    rows = mentors_of(enrollment)
    return rows if than is None else rows.exclude(pk=than)


def coordinators_of(enrollment: Enrollment) -> QuerySet[User]:
    """Return who coordinates a cohort that the learner is in on this pathway (one query)."""
    rows = User.objects.filter(pk__in=_beside(enrollment, CohortPart.COORDINATOR), is_active=True)
    return rows.exclude(pk=enrollment.learner_id).order_by("pk")


def _beside(enrollment: Enrollment, part: CohortPart) -> QuerySet[CohortMember, Any]:
    learner = CohortMember.objects.present().filter(
        person=enrollment.learner_id,
        part=CohortPart.LEARNER,
        cohort__pathway=enrollment.pathway_id,
    )
    rows = CohortMember.objects.present().filter(part=part, cohort__in=learner.values("cohort"))
    return rows.values("person")
