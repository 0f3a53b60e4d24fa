"""Give a second opinion."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from backend.errors import Conflict, FieldError
from progress import events, outbox
from progress.commands.decide_submission import ClaimExpired, ClaimNeeded
from progress.commands.decision_guards import (
    Asked,
    ChangeRequestsMissing,
    ChangeRequestsRefused,
    require_items,
    require_scores,
    scores_as_stored,
)
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.opinion_guards import no_longer_asked, opinion_on, require_giver
from progress.compiled import compiled, judged_milestone, key_now
from progress.models import (
    ChangeRequest,
    MilestoneProgress,
    ReviewDraft,
    SecondOpinion,
    Submission,
)
from progress.reviewing import Scored
from progress.states import ChangeRequestState, SecondOpinionState, SubmissionState, Verification


def give_second_opinion(
    *,
    person: User,
    submission: Submission,
    outcome: SecondOpinionState,
    feedback: str,
    now: datetime,
    scores: Sequence[Scored] = (),
    asked: Sequence[Asked] = (),
    private_note: str = "",
) -> None:
    """Decide the round a second time, by the rubric that it was decided by.

    An approval scores every criterion; a request for changes names at least one. Of two that
    differ the one for the learner counts: an approval after a request for changes approves the
    milestone and waives what was asked for; an approval never falls. Exactly one is given, whatever
    races. Raises OwnWork, NotTheirMentor, FirstMentor, NoSecondOpinion, SecondOpinionGiven,
    ClaimNeeded, ClaimExpired, ScoresRefused, ChangeRequestsMissing, ChangeRequestsRefused.
    """
    require_giver(person, submission)
    enrollment = submission.enrollment
    approving = outcome is SecondOpinionState.APPROVED
    with transaction.atomic():
        enrollment.hold()
        opinion = opinion_on(submission)
        milestone = judged_milestone(enrollment, submission.milestone_key, opinion.edition_id)
        # Who was first comes before what is wrong: what is refused below is undone with the rest.
        if not opinion.give(
            outcome,
            mentor=person,
            feedback=feedback,
            scores=scores_as_stored(milestone, scores),
            change_requests=_items(asked),
            private_note=private_note,
            now=now,
        ):
            raise _refusal(opinion_on(submission), person, now)
        require_scores(milestone, scores, approving=approving)
        _require_asked(asked, approving=approving)
        frozen = submission.frozen_evidence.values_list("evidence_id", flat=True)
        require_items(milestone, asked, set(frozen))
        ReviewDraft.objects.filter(submission=submission, mentor=person).delete()
        counts = approving and _approve(submission, opinion, person, now)
        outbox.record(
            events.Event(
                type=events.SECOND_OPINION_GIVEN,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=opinion.pk,
                enrollment_id=enrollment.pk,
                data={
                    "milestone": key_now(enrollment, submission.milestone_key),
                    "round": submission.round,
                    "outcome": outcome.value,
                    "agrees": int(outcome.value == submission.state),
                    "counts": int(counts),
                },
            )
        )
        if counts:
            finish_enrollment(enrollment=enrollment, now=now)


def _approve(submission: Submission, opinion: SecondOpinion, person: User, now: datetime) -> bool:
    """Approve the milestone if changes were asked for, and waive them; return whether it did."""
    enrollment = submission.enrollment
    key = key_now(enrollment, submission.milestone_key)
    if submission.state != SubmissionState.CHANGES_REQUESTED:
        return False
    if key not in compiled(enrollment).milestones:  # an upgrade has left it behind
        return False
    progress = MilestoneProgress.of(enrollment, key)
    if not progress.move_verification(Verification.APPROVED, now=now):
        return False
    for item in ChangeRequest.objects.pending_for(enrollment, enrollment.keys_behind(key)):
        item.settle(ChangeRequestState.WAIVED, mentor=person, now=now)
    SecondOpinion.objects.filter(pk=opinion.pk).update(counts=True)
    return True


def _items(asked: Sequence[Asked]) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "criterion": one.criterion,
            "evidence_id": str(one.evidence_id) if one.evidence_id else None,
        }
        for one in asked
    ]


def _require_asked(asked: Sequence[Asked], *, approving: bool) -> None:
    if approving and asked:
        raise ChangeRequestsRefused(
            _("An approval asks for nothing: take them out, or ask for them.")
        )
    if not approving and not asked:
        detail = _("The learner needs to know what you would change: one item for each thing.")
        raise ChangeRequestsMissing(
            detail, errors=[FieldError("change_requests", "missing", detail)]
        )


def _refusal(opinion: SecondOpinion, person: User, now: datetime) -> Conflict:
    """Return why the guarded update found no row."""
    if not opinion.is_waiting:
        return no_longer_asked(opinion)
    if opinion.claimed_by_id == person.pk:
        return ClaimExpired(_("Nobody else took it in the meantime: claim it again, then decide."))
    if opinion.claimed_by and opinion.holder_at(now):
        return ClaimNeeded(
            _("%(mentor)s is reviewing it now.") % {"mentor": opinion.claimed_by.display_name}
        )
    return ClaimNeeded(_("Claim it, then decide."))
