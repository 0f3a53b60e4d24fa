"""Submit a milestone for review."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress import events, outbox
from progress.commands.close_second_opinion import close_second_opinion
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.commands.link_guards import have_snapshots_taken
from progress.commands.work_guards import require_open
from progress.document import Milestone, VerifiedBy
from progress.models import Enrollment, Evidence, MilestoneProgress, Submission, SubmissionEvidence
from progress.models.second_opinion import Because
from progress.state_words import verification_in_words
from progress.states import Verification, Work


class SelfVerified(Refused):
    """No mentor is needed."""

    code = "self-verified"
    title = gettext_lazy("You verify this milestone yourself")


class NothingToReview(Conflict):
    """It waits already, or was approved or waived."""

    code = "nothing-to-review"
    title = gettext_lazy("There is nothing to review here")


class EvidenceMissing(Refused):
    """The milestone wants evidence."""

    code = "evidence-missing"
    title = gettext_lazy("This milestone wants evidence")


class ForeignEvidence(Refused):
    """Evidence that is not beside this milestone."""

    code = "foreign-evidence"
    title = gettext_lazy("This evidence does not belong to the milestone")


def submit_milestone(
    *,
    person: User,
    enrollment: Enrollment,
    milestone_key: str,
    message: str,
    evidence_ids: Sequence[uuid.UUID],
    now: datetime,
) -> Submission:
    """Open the next review round with a frozen copy of the evidence; return it.

    Raises NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, SelfVerified, MilestoneLocked,
    EvidenceMissing, ForeignEvidence, NothingToReview.
    """
    require_learner(person, enrollment)
    try:
        with transaction.atomic():
            enrollment.hold()
            milestone = require_milestone(enrollment, milestone_key)
            if milestone.verified_by is not VerifiedBy.MENTOR:
                raise SelfVerified(_("Mark it done when you are; no mentor needs to look."))
            require_working(enrollment)
            require_open(enrollment, milestone_key)
            evidence = _evidence(enrollment, milestone, evidence_ids)
            progress = MilestoneProgress.of(enrollment, milestone_key)
            if not progress.move_verification(Verification.WAITING, now=now):
                raise _nothing_to_review(progress)
            # What is asked about the round before is idle now.
            close_second_opinion(
                enrollment=enrollment,
                keys=enrollment.keys_behind(milestone_key),
                because=Because.NEXT_ROUND,
                actor=person,
                now=now,
            )
            if progress.work == Work.TODO:
                progress.move_work(Work.DOING, now=now)
            submission = _open_round(enrollment, milestone, message, evidence, now)
            outbox.record(
                events.Event(
                    type=events.SUBMISSION_SUBMITTED,
                    occurred_at=now,
                    actor_id=person.pk,
                    subject_id=submission.pk,
                    enrollment_id=enrollment.pk,
                    data={"milestone": milestone_key, "round": submission.round},
                )
            )
    except IntegrityError as exc:  # two devices at once: one of the two rounds stands
        raise NothingToReview(_("This milestone was submitted a moment ago.")) from exc
    return submission


def _evidence(
    enrollment: Enrollment, milestone: Milestone, ids: Sequence[uuid.UUID]
) -> list[Evidence]:
    rows = Evidence.objects.present().filter(enrollment=enrollment)
    # Locked, so that none is taken away, with its file, between this look and the copy below.
    beside = rows.beside(enrollment.keys_behind(milestone.key)).select_for_update(of=("self",))
    found = list(beside.filter(pk__in=ids).order_by("created_at", "id"))
    missing = set(ids) - {row.pk for row in found}
    if missing:
        detail = _("Not beside %(milestone)s: %(evidence)s.") % {
            "milestone": milestone.title,
            "evidence": ", ".join(sorted(map(str, missing))),
        }
        raise ForeignEvidence(detail, errors=[FieldError("evidence_ids", "foreign", detail)])
    if milestone.evidence.required and not found:
        detail = milestone.evidence.hint or _("Add a link, a file or a text that shows your work.")
        raise EvidenceMissing(detail, errors=[FieldError("evidence_ids", "missing", detail)])
    return found


def _open_round(
    enrollment: Enrollment,
    milestone: Milestone,
    message: str,
    evidence: list[Evidence],
    now: datetime,
) -> Submission:
    rounds = Submission.objects.filter(
        enrollment=enrollment, milestone_key__in=enrollment.keys_behind(milestone.key)
    )
    last = rounds.aggregate(last=Max("round"))["last"] or 0
    submission: Submission = Submission.objects.create(
        enrollment=enrollment,
        milestone_key=milestone.key,
        milestone_kind=milestone.kind.value,
        round=last + 1,
        message=message,
        submitted_at=now,
    )
    frozen = SubmissionEvidence.objects.bulk_create(
        SubmissionEvidence(
            submission=submission,
            evidence=row,
            kind=row.kind,
            title=row.title,
            url=row.url,
            text=row.text,
            file_name=row.file_name,
            content_id=row.content_id,
        )
        for row in evidence
    )
    have_snapshots_taken(frozen, now=now)
    return submission


def _nothing_to_review(progress: MilestoneProgress) -> NothingToReview:
    progress.refresh_from_db(fields=["verification"])
    if progress.verification == Verification.WAITING:
        return NothingToReview(
            _("It is waiting for review already. Withdraw that round to change it.")
        )
    return NothingToReview(
        _("It is %(state)s already.") % {"state": verification_in_words(progress.verification)}
    )
