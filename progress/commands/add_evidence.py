"""Put evidence beside milestones."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress import events, outbox
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.commands.link_guards import require_public_link, watch_link
from progress.compiled import key_now
from progress.models import Enrollment, Evidence, EvidenceMilestone, StoredFile
from progress.models.evidence import EvidenceKind


class EvidenceIdTaken(Conflict):
    """The id belongs to evidence that says something else."""

    code = "evidence-id-taken"
    title = gettext_lazy("This id belongs to other evidence")


def add_evidence(
    *,
    person: User,
    enrollment: Enrollment,
    evidence_id: uuid.UUID,
    milestone_keys: Sequence[str],
    title: str,
    now: datetime,
    url: str = "",
    text: str = "",
    file_name: str = "",
    content: StoredFile | None = None,
) -> tuple[Evidence, bool]:
    """Store a link (`url`), a text (Markdown) or a file (`content` and its name).

    Returns it and whether it is new; sending the same again is harmless, also after it was removed.
    `milestone_keys` are one or several that it serves. Raises NotYourEnrollment,
    EnrollmentNotActive, NotOnTheWay, EvidenceIdTaken, LinkNotPublic.
    """
    require_learner(person, enrollment)
    if url:
        require_public_link(url)
    evidence = Evidence(
        id=evidence_id,
        enrollment=enrollment,
        kind=_kind(text, content),
        title=title,
        url=url,
        text=text,
        file_name=file_name,
        content=content,
        first_served=sorted(set(milestone_keys)),
        created_at=now,
    )
    with transaction.atomic():
        enrollment.hold()
        known = Evidence.objects.with_names().filter(pk=evidence_id).first()
        if known is not None:
            return _same(known, evidence), False
        # A phone that was offline during an upgrade still says the key of the edition before.
        served = [require_milestone(enrollment, key_now(enrollment, k)) for k in milestone_keys]
        require_working(enrollment)
        try:
            with transaction.atomic():
                evidence.save(force_insert=True)
        except IntegrityError as exc:  # another enrollment took the id in this moment
            raise EvidenceIdTaken(_("Make a new id for new evidence.")) from exc
        EvidenceMilestone.objects.bulk_create(
            EvidenceMilestone(evidence=evidence, milestone_key=key) for key in evidence.first_served
        )
        watch_link(evidence, now=now)
        outbox.record(
            events.Event(
                type=events.EVIDENCE_ADDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=evidence.pk,
                enrollment_id=enrollment.pk,
                data={"milestone": served[0].key, "kind": evidence.kind},
            )
        )
    return evidence, True


def _kind(text: str, content: StoredFile | None) -> EvidenceKind:
    if content is not None:
        return EvidenceKind.FILE
    return EvidenceKind.TEXT if text else EvidenceKind.LINK


def _same(known: Evidence, evidence: Evidence) -> Evidence:
    said = ["enrollment_id", "first_served", "kind", "url", "title", "text", "file_name"]
    # The file of a removed one may have been swept away; its name and the rest must do.
    if known.removed_at is None:
        said.append("content_id")
    if any(getattr(known, name) != getattr(evidence, name) for name in said):
        raise EvidenceIdTaken(_("Make a new id for new evidence; what was sent can't be changed."))
    return known
