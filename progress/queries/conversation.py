"""The conversation on a milestone: what was said, and whose turn it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from accounts.models import User
from progress.compiled import key_now, milestone_of
from progress.document import Milestone
from progress.models import Comment, Enrollment, SecondOpinion, Submission
from progress.reviewing import Happening, Turn, whose_turn
from progress.states import SubmissionState
from progress.veil import Veil

_ENDED = {
    SubmissionState.APPROVED: Happening.APPROVED,
    SubmissionState.CHANGES_REQUESTED: Happening.CHANGES_REQUESTED,
    SubmissionState.WITHDRAWN: Happening.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread: `comments` are a queryset, to be paged.

    `withheld` is how many whoever reads may not see yet: what others said since a decision that is
    veiled from them.
    """

    enrollment: Enrollment
    milestone: Milestone
    comments: QuerySet[Comment]
    turn: Turn
    withheld: int


def conversation(enrollment: Enrollment, key: str, *, person: User) -> Conversation:
    """Return the thread of a milestone (three queries, and one for each page of comments).

    Raises KeyError for a milestone that the enrollment has never met.
    """
    key = key_now(enrollment, key)
    milestone = milestone_of(enrollment, key)
    keys = enrollment.keys_behind(key)
    said = Comment.objects.on(enrollment, keys)
    since = Veil.over(enrollment).since(enrollment, keys)
    if since is None:
        turn, withheld = _turn(enrollment, keys, said), 0
    else:
        # They see the round as if it waited, and so is the turn.
        turn, later = Turn.MENTORS, Q(created_at__gte=since) & ~Q(author=person)
        withheld, said = said.filter(later).count(), said.exclude(later)
    return Conversation(
        enrollment=enrollment,
        milestone=milestone,
        comments=said.select_related("author", "enrollment"),
        turn=turn,
        withheld=withheld,
    )


def _turn(enrollment: Enrollment, keys: list[str], said: QuerySet[Comment]) -> Turn:
    by_learner = Q(author=enrollment.learner_id)
    standing = said.filter(withdrawn_at=None).aggregate(
        learner=Max("created_at", filter=by_learner), mentor=Max("created_at", filter=~by_learner)
    )
    happened: list[tuple[datetime, Happening]] = []
    rounds = Submission.objects.filter(enrollment=enrollment, milestone_key__in=keys)
    last = rounds.order_by("-round").first()
    if last is not None:
        happened.append((last.submitted_at, Happening.SUBMITTED))
        if ended := last.decided_at or last.withdrawn_at:
            happened.append((ended, _ENDED[SubmissionState(last.state)]))
    if standing["learner"]:
        happened.append((standing["learner"], Happening.LEARNER_WROTE))
    if standing["mentor"]:
        happened.append((standing["mentor"], Happening.MENTOR_WROTE))
    waiting = last is not None and last.state == SubmissionState.WAITING
    opinion = SecondOpinion.objects.standing().filter(submission=last).first()
    if opinion is not None and opinion.counts:
        happened.append((opinion.decided_at, Happening.APPROVED))
    asked = opinion is not None and opinion.is_waiting
    return whose_turn(happened, waiting=waiting or asked)
