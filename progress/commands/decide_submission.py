"""Decide a review round."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError
from progress import events, outbox
from progress.commands.decision_guards import (
    Asked,
    ChangeRequestsMissing,
    ChangeRequestsRefused,
    Settled,
    require_items,
    require_scores,
    require_settled,
    scores_as_stored,
)
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.review_guards import already_decided, require_reviewer
from progress.compiled import key_now, milestone_of
from progress.document import Milestone
from progress.models import ChangeRequest, MilestoneProgress, ReviewDraft, Submission
from progress.reviewing import Scored
from progress.states import SubmissionState, Verification

OUTCOMES = {
    SubmissionState.APPROVED: Verification.APPROVED,
    SubmissionState.CHANGES_REQUESTED: Verification.CHANGES_REQUESTED,
}


class ClaimNeeded(Conflict):
    """A decision needs the claim, so that two mentors do not write at once."""

    code = "claim-needed"
    title = gettext_lazy("Claim this submission first")


class ClaimExpired(Conflict):
    """The claim ran out before the decision came."""

    code = "claim-expired"
    title = gettext_lazy("Your claim has run out")


def decide_submission(
    *,
    person: User,
    submission: Submission,
    outcome: SubmissionState,
    feedback: str,
    now: datetime,
    scores: Sequence[Scored] = (),
    asked: Sequence[Asked] = (),
    settled: Sequence[Settled] = (),
    private_note: str = "",
) -> None:
    """Approve the round or request changes, with feedback (Markdown), scores and items.

    An approval scores every criterion of the rubric and settles every item asked before. A request
    for changes asks for something: what it does not settle of before is asked again. Exactly one
    decision is made, whatever races. Raises OwnWork, NotTheirMentor, AlreadyDecided (naming who was
    first), ClaimNeeded, ClaimExpired, ScoresRefused, ChangeRequestsMissing, ChangeRequestsRefused,
    ChangeRequestsOpen.
    """
    require_reviewer(person, submission)
    enrollment = submission.enrollment
    approving = outcome is SubmissionState.APPROVED
    with transaction.atomic():
        enrollment.hold()
        key = key_now(enrollment, submission.milestone_key)
        milestone = milestone_of(enrollment, key)
        keys = enrollment.keys_behind(key)
        pending = {row.pk: row for row in ChangeRequest.objects.pending_for(enrollment, keys)}
        # Who was first comes before what is wrong: what is refused below is undone with the rest.
        if not submission.decide(
            outcome,
            mentor=person,
            feedback=feedback,
            scores=scores_as_stored(milestone, scores),
            private_note=private_note,
            now=now,
        ):
            submission.refresh_from_db()
            raise _refusal(submission, person, now)
        require_scores(milestone, scores, approving=approving)
        require_settled(pending, settled, approving=approving)
        _settle(pending, settled, person, now)
        again = [row for pk, row in pending.items() if pk not in {one.id for one in settled}]
        _ask(submission, milestone, asked, again, approving=approving)
        ReviewDraft.objects.filter(submission=submission, mentor=person).delete()
        MilestoneProgress.of(enrollment, key).move_verification(OUTCOMES[outcome], now=now)
        outbox.record(
            events.Event(
                type=events.SUBMISSION_DECIDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=submission.pk,
                enrollment_id=enrollment.pk,
                data={
                    "milestone": key,
                    "round": submission.round,
                    "outcome": outcome.value,
                },
            )
        )
        if approving:
            finish_enrollment(enrollment=enrollment, now=now)


def _settle(
    pending: Mapping[uuid.UUID, ChangeRequest],
    settled: Sequence[Settled],
    person: User,
    now: datetime,
) -> None:
    for one in settled:
        if not pending[one.id].settle(one.state, mentor=person, now=now):
            raise ChangeRequestsRefused(_("One of them was settled a moment ago. Look again."))


def _ask(
    submission: Submission,
    milestone: Milestone,
    asked: Sequence[Asked],
    again: Sequence[ChangeRequest],
    *,
    approving: bool,
) -> None:
    """Store the round's items: first what is asked again, then what is new."""
    if approving and asked:
        raise ChangeRequestsRefused(
            _("An approval asks for nothing: take them out, or ask for them.")
        )
    if approving:
        return
    if not asked and not again:
        detail = _("The learner needs to know what to change: one item for each thing.")
        raise ChangeRequestsMissing(
            detail, errors=[FieldError("change_requests", "missing", detail)]
        )
    frozen = submission.frozen_evidence.values_list("evidence_id", flat=True)
    require_items(milestone, asked, set(frozen))
    rows = [
        ChangeRequest(
            submission=submission,
            text=old.text,
            criterion_key=old.criterion_key,
            evidence_id=old.evidence_id,
            again_of=old,
        )
        for old in again
    ] + [
        ChangeRequest(
            submission=submission,
            text=one.text,
            criterion_key=one.criterion,
            evidence_id=one.evidence_id,
        )
        for one in asked
    ]
    for position, row in enumerate(rows, start=1):
        row.position = position
    ChangeRequest.objects.bulk_create(rows)


def _refusal(submission: Submission, person: User, now: datetime) -> Conflict:
    """Return why the guarded update found no row."""
    if submission.state != SubmissionState.WAITING:
        return already_decided(submission, person)
    if submission.claimed_by_id == person.pk:
        return ClaimExpired(_("Nobody else took it in the meantime: claim it again, then decide."))
    if submission.claimed_by and submission.holder_at(now):
        return ClaimNeeded(
            _("%(mentor)s is reviewing it now.") % {"mentor": submission.claimed_by.display_name}
        )
    return ClaimNeeded(_("Claim it, then decide."))
