"""A submission as a mentor reviews it, with the rounds before."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from progress.commands.review_guards import mentors
from progress.compiled import compiled, key_now, milestone_of
from progress.document import Milestone
from progress.models import ChangeRequest, ReviewDraft, Submission
from progress.queries.learner_map import Named
from progress.queries.open_matters import HandedOver, handed_over
from progress.queries.probe_report import ProbeReport, probe_of
from progress.standing import standing_of
from progress.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person who asks may do with the submission now."""

    claim: bool
    decide: bool
    withdraw: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """From one mentor to the others, on one round."""

    round: int
    mentor: User
    text: str


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """A submission with what a review needs. `earlier_rounds` are newest first.

    `pending` is what was asked before and is not settled: this round's decision has to. The draft
    is the asking mentor's own; the notes are for mentors and admins, and empty for all others. The
    hand-over is for everybody but the learner, who reads who has it on the milestone.
    """

    submission: Submission
    milestone: Milestone
    track: Named
    percent: int
    earlier_rounds: tuple[Submission, ...]
    pending: tuple[ChangeRequest, ...]
    draft: ReviewDraft | None
    private_notes: tuple[PrivateNote, ...]
    may: Rights
    probe: ProbeReport | None
    hand_over: HandedOver | None


def submission_page(submission: Submission, *, person: User, now: datetime) -> SubmissionPage:
    """Return the page of one submission as `person` sees it (seven queries; a learner's four).

    Two more once it was handed over.
    """
    enrollment = submission.enrollment
    pathway = compiled(enrollment)
    key = key_now(enrollment, submission.milestone_key)
    milestone = milestone_of(enrollment, key)
    track = next(t for t in pathway.document.tracks if t.key == enrollment.track)
    earlier = tuple(
        Submission.objects.filter(
            enrollment=enrollment,
            milestone_key__in=enrollment.keys_behind(key),
            round__lt=submission.round,
        )
        .with_names()
        .order_by("-round")
    )
    mentoring = mentors(person, enrollment)
    own = ReviewDraft.objects.filter(submission=submission, mentor=person)
    return SubmissionPage(
        submission=submission,
        milestone=milestone,
        track=Named(track.key, track.title),
        percent=standing_of(enrollment).evaluation.percent,
        earlier_rounds=earlier,
        pending=_pending(submission, earlier),
        draft=own.first() if mentoring else None,
        private_notes=_notes([submission, *earlier]) if mentoring or person.is_staff else (),
        may=_rights(submission, person, now, mentoring=mentoring),
        probe=probe_of(enrollment, milestone, now=now),
        hand_over=handed_over(submission) if _shows_hand_over(submission, person) else None,
    )


def _shows_hand_over(submission: Submission, person: User) -> bool:
    waiting = submission.state == SubmissionState.WAITING
    return waiting and submission.enrollment.learner_id != person.pk


def _pending(submission: Submission, earlier: tuple[Submission, ...]) -> tuple[ChangeRequest, ...]:
    """Items of the last round that asked for something, while this one waits."""
    if submission.state != SubmissionState.WAITING:
        return ()
    last = next((one for one in earlier if one.state != SubmissionState.WITHDRAWN), None)
    return tuple(item for item in last.change_requests.all() if not item.is_settled) if last else ()


def _notes(rounds: list[Submission]) -> tuple[PrivateNote, ...]:
    return tuple(
        PrivateNote(one.round, one.decided_by, one.private_note)
        for one in rounds
        if one.decided_by and one.private_note
    )


def _rights(submission: Submission, person: User, now: datetime, *, mentoring: bool) -> Rights:
    waiting = submission.state == SubmissionState.WAITING
    holder = submission.holder_at(now)
    return Rights(
        claim=mentoring and waiting and holder in {None, person.pk},
        decide=mentoring and waiting and holder == person.pk,
        withdraw=waiting and submission.enrollment.learner_id == person.pk,
        draft=mentoring and submission.decided_by_id != person.pk,
    )
