"""Put evidence beside a milestone."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from backend.errors import Conflict
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.compiled import key_now
from progress.models import Enrollment, Evidence


class EvidenceIdTaken(Conflict):
    """The id belongs to evidence that says something else."""

    code = "evidence-id-taken"
    title = "This id belongs to other evidence"


def add_evidence(
    *,
    person: User,
    enrollment: Enrollment,
    evidence_id: uuid.UUID,
    milestone_key: str,
    url: str,
    title: str,
    now: datetime,
) -> tuple[Evidence, bool]:
    """Store a link; return it and whether it is new. Sending the same again is harmless.

    Raises NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, EvidenceIdTaken.
    """
    require_learner(person, enrollment)
    # A phone that was offline during an upgrade still says the key of the edition before.
    require_milestone(enrollment, key_now(enrollment, milestone_key))
    evidence = Evidence(
        id=evidence_id,
        enrollment=enrollment,
        milestone_key=milestone_key,
        url=url,
        title=title,
        created_at=now,
    )
    try:
        with transaction.atomic():
            require_working(enrollment)
            evidence.save(force_insert=True)
    except IntegrityError as exc:
        known = Evidence.objects.filter(pk=evidence_id).first()
        said = ("enrollment_id", "milestone_key", "url", "title")
        if known is None or any(getattr(known, n) != getattr(evidence, n) for n in said):
            raise EvidenceIdTaken("Make a new id for new evidence.") from exc
        return known, False
    return evidence, True
