"""What is open on a round that was handed over: what whoever takes it has to know."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from progress.compiled import key_now
from progress.models import ChangeRequest, Comment, HandOver, ReviewDraft, Submission
from progress.models.mentorship import Part


@dataclass(frozen=True, slots=True)
class HandedOver:
    """To whom a round was handed, and who had begun a review of it: their drafts stay theirs."""

    mentor: User
    handed_at: datetime
    begun_by: tuple[User, ...]
    last_word: Part | None
    """Whose the last message on the milestone is, None without one."""


@dataclass(frozen=True, slots=True)
class OpenMatters:
    """Change requests that are not settled, and how many rounds there were before."""

    pending: tuple[ChangeRequest, ...]
    earlier_rounds: int


def handed_over(submission: Submission) -> HandedOver | None:
    """Return to whom a round was handed over, None if it was not (one query; three if it was)."""
    made = HandOver.objects.made().filter(submission=submission).select_related("mentor").first()
    if made is None or made.mentor is None or made.handed_at is None:
        return None
    drafts = ReviewDraft.objects.filter(submission=submission).exclude(mentor=made.mentor)
    return HandedOver(
        mentor=made.mentor,
        handed_at=made.handed_at,
        begun_by=tuple(one.mentor for one in drafts.select_related("mentor").order_by("id")),
        last_word=_last_word(submission),
    )


def _last_word(submission: Submission) -> Part | None:
    said = Comment.objects.on(submission.enrollment, _keys(submission)).filter(withdrawn_at=None)
    last = said.order_by("-created_at", "-id").values_list("author", flat=True).first()
    if last is None:
        return None
    return Part.LEARNER if last == submission.enrollment.learner_id else Part.MENTOR


def _keys(submission: Submission) -> list[str]:
    enrollment = submission.enrollment
    return enrollment.keys_behind(key_now(enrollment, submission.milestone_key))


def open_matters(submission: Submission) -> OpenMatters:
    """Return what is open on a waiting round (two queries)."""
    keys = _keys(submission)
    rows = Submission.objects.filter(enrollment=submission.enrollment, milestone_key__in=keys)
    return OpenMatters(
        pending=tuple(ChangeRequest.objects.pending_for(submission.enrollment, keys)),
        earlier_rounds=rows.filter(round__lt=submission.round).count(),
    )
