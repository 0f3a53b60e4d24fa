"""Let evidence serve a further milestone, or no longer serve one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress import events, outbox
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.compiled import key_now
from progress.models import Evidence, EvidenceMilestone


class LastMilestone(Conflict):
    """Evidence serves one milestone at least."""

    code = "last-milestone"
    title = gettext_lazy("It serves no other milestone")


def serve_milestone(
    *, person: User, evidence: Evidence, milestone_key: str, serves: bool, now: datetime
) -> None:
    """Put `evidence` beside a milestone too (`serves`), or take it from beside it.

    Rounds that were submitted keep their copy. Doing it again changes nothing. Raises
    NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, LastMilestone.
    """
    enrollment = evidence.enrollment
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        key = key_now(enrollment, milestone_key)
        rows = EvidenceMilestone.objects.filter(evidence=evidence)
        here = rows.filter(milestone_key__in=enrollment.keys_behind(key))
        if here.exists() is serves:
            return
        require_working(enrollment)
        if serves:
            require_milestone(enrollment, key)
            EvidenceMilestone.objects.create(evidence=evidence, milestone_key=key)
        elif not rows.exclude(pk__in=here).exists():
            raise LastMilestone(
                _("Remove the evidence itself, or give it another milestone first.")
            )
        else:
            here.delete()
        outbox.record(
            events.Event(
                type=events.EVIDENCE_SERVES,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=evidence.pk,
                enrollment_id=enrollment.pk,
                data={"milestone": key, "serves": int(serves)},
            )
        )
