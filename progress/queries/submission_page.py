"""A submission as a mentor reviews it, with the rounds before."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from progress.compiled import compiled, key_now, milestone_of
from progress.document import Milestone
from progress.models import Enrollment, Submission
from progress.queries.learner_map import Named
from progress.standing import standing_of
from progress.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person who asks may do with the submission now."""

    claim: bool
    decide: bool
    withdraw: bool


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """A submission with what a review needs. `earlier_rounds` are newest first."""

    submission: Submission
    milestone: Milestone
    track: Named
    percent: int
    earlier_rounds: tuple[Submission, ...]
    may: Rights


def submission_page(submission: Submission, *, person: User, now: datetime) -> SubmissionPage:
    """Return the page of one submission as `person` sees it (four queries)."""
    enrollment = submission.enrollment
    pathway = compiled(enrollment)
    key = key_now(enrollment, submission.milestone_key)
    track = next(t for t in pathway.document.tracks if t.key == enrollment.track)
    earlier = Submission.objects.filter(
        enrollment=enrollment,
        milestone_key__in=enrollment.keys_behind(key),
        round__lt=submission.round,
    )
    return SubmissionPage(
        submission=submission,
        milestone=milestone_of(enrollment, key),
        track=Named(track.key, track.title),
        percent=standing_of(enrollment).evaluation.percent,
        earlier_rounds=tuple(earlier.with_names().order_by("-round")),
        may=_rights(submission, person, now),
    )


def _rights(submission: Submission, person: User, now: datetime) -> Rights:
    own = submission.enrollment.learner_id == person.pk
    waiting = submission.state == SubmissionState.WAITING
    mentors = (
        waiting
        and not own
        and Enrollment.objects.reviewable_by(person).filter(pk=submission.enrollment_id).exists()
    )
    holder = submission.holder_at(now)
    return Rights(
        claim=mentors and holder in {None, person.pk},
        decide=mentors and holder == person.pk,
        withdraw=waiting and own,
    )
