"""Answer one thing that a mentor asked for."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError
from progress.commands.guards import require_learner
from progress.commands.submit_milestone import ForeignEvidence
from progress.compiled import key_now
from progress.models import ChangeRequest, Evidence, Submission


class NothingToAnswer(Conflict):
    """The item is settled, of an earlier round, or with the mentor."""

    code = "nothing-to-answer"
    title = gettext_lazy("This can't be answered any more")


def answer_change_request(
    *,
    person: User,
    change_request: ChangeRequest,
    text: str,
    evidence_id: uuid.UUID | None,
    now: datetime,
) -> None:
    """Store the answer (Markdown), with a piece of the learner's evidence if it names one.

    Until the next round is submitted the answer can be replaced; then it stays as it is. Only items
    of the last round that was decided. Raises NotYourEnrollment, NothingToAnswer, ForeignEvidence.
    """
    enrollment = change_request.submission.enrollment
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        keys = enrollment.keys_behind(key_now(enrollment, change_request.submission.milestone_key))
        rounds = Submission.objects.filter(enrollment=enrollment, milestone_key__in=keys)
        if rounds.waiting().exists():
            raise NothingToAnswer(_("Your answers are with the mentor. Take the round back first."))
        pending = ChangeRequest.objects.pending_for(enrollment, keys)
        if not pending.filter(pk=change_request.pk).exists():
            raise NothingToAnswer(_("It was settled, or asked again in a later round."))
        evidence = _evidence(change_request, evidence_id)
        change_request.address(text=text, evidence=evidence, now=now)
    change_request.refresh_from_db()


def _evidence(change_request: ChangeRequest, evidence_id: uuid.UUID | None) -> Evidence | None:
    if evidence_id is None:
        return None
    own = Evidence.objects.present().filter(enrollment_id=change_request.submission.enrollment_id)
    evidence: Evidence | None = own.filter(pk=evidence_id).first()
    if evidence is None:
        detail = _("It is not among your evidence.")
        raise ForeignEvidence(detail, errors=[FieldError("evidence_id", "foreign", detail)])
    return evidence
