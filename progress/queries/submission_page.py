"""A submission as a mentor reviews it, with the rounds before."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from progress.commands.review_guards import mentors
from progress.compiled import compiled, judged_milestone, key_now, milestone_of
from progress.document import Milestone
from progress.models import ChangeRequest, ReviewDraft, Ruling, Submission
from progress.queries.learner_map import Named
from progress.queries.open_matters import HandedOver, handed_over
from progress.queries.opinion_rights import may_ask
from progress.queries.probe_report import ProbeReport, probe_of
from progress.standing import standing_seen
from progress.states import SubmissionState, Verification
from progress.veil import NO_VEIL, Veil, veil_for


@dataclass(frozen=True, slots=True)
class Rights:
    """What the person who asks may do with the submission now."""

    claim: bool
    decide: bool
    withdraw: bool
    draft: bool
    ask_second_opinion: bool
    withdraw_second_opinion: bool
    claim_second_opinion: bool
    give_second_opinion: bool


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """From one mentor to the others, on one round."""

    round: int
    mentor: User
    text: str


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """A submission with what a review needs. `earlier_rounds` are newest first.

    `veil` is what the asking mentor may not see yet, this round's decision perhaps: then all is as
    if the round still waited. `rulings` are waivers and revocations, the latest first.

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
    rulings: tuple[Ruling, ...]
    veil: Veil
    hand_over: HandedOver | None


def submission_page(submission: Submission, *, person: User, now: datetime) -> SubmissionPage:
    """Return the page of one submission as `person` sees it.

    Ten queries, a learner's eight; two more for who may ask for a second opinion, and two once it
    was handed over.
    """
    enrollment = submission.enrollment
    pathway = compiled(enrollment)
    key = key_now(enrollment, submission.milestone_key)
    track = next(t for t in pathway.document.tracks if t.key == enrollment.track)
    keys = enrollment.keys_behind(key)
    earlier = tuple(
        Submission.objects.filter(
            enrollment=enrollment, milestone_key__in=keys, round__lt=submission.round
        )
        .with_names()
        .order_by("-round")
    )
    mentoring = mentors(person, enrollment)
    veil = veil_for(person) if mentoring else NO_VEIL
    standing = standing_seen(enrollment, veil)
    own = ReviewDraft.objects.filter(submission=submission, mentor=person)
    reads_notes = mentoring or person.is_staff
    state = standing.evaluation.milestones.get(key)
    return SubmissionPage(
        submission=submission,
        milestone=_milestone(submission, key),
        track=Named(track.key, track.title),
        percent=standing.evaluation.percent,
        earlier_rounds=earlier,
        pending=_pending(submission, earlier, veil),
        draft=own.first() if mentoring else None,
        private_notes=_notes([submission, *earlier], veil) if reads_notes else (),
        may=_rights(
            submission,
            person,
            now,
            mentoring=mentoring,
            verification=state.state.verification if state else None,
        ),
        probe=probe_of(enrollment, _milestone(submission, key), now=now),
        rulings=tuple(Ruling.objects.on(enrollment, keys)),
        veil=veil,
        hand_over=handed_over(submission) if _shows_hand_over(submission, person) else None,
    )


def _shows_hand_over(submission: Submission, person: User) -> bool:
    waiting = submission.state == SubmissionState.WAITING
    return waiting and submission.enrollment.learner_id != person.pk


def _milestone(submission: Submission, key: str) -> Milestone:
    """The milestone, with the rubric that a second opinion goes by if one is asked for."""
    opinion = submission.second_opinion
    if opinion is None:
        return milestone_of(submission.enrollment, key)
    return judged_milestone(submission.enrollment, submission.milestone_key, opinion.edition_id)


def _pending(
    submission: Submission, earlier: tuple[Submission, ...], veil: Veil
) -> tuple[ChangeRequest, ...]:
    """Items of the last round that asked for something, while this one waits."""
    if submission.state != SubmissionState.WAITING and submission.pk not in veil.submissions:
        return ()
    last = next((one for one in earlier if one.state != SubmissionState.WITHDRAWN), None)
    items = last.change_requests.all() if last else ()
    return tuple(one for one in items if not one.is_settled or one.settled_at in veil.moments)


def _notes(rounds: list[Submission], veil: Veil) -> tuple[PrivateNote, ...]:
    """Each decision's note, a second opinion's after the first's."""
    decisions = [
        (one.round, decision)
        for one in rounds
        if one.pk not in veil.submissions
        for decision in (one, one.second_opinion)
        if decision is not None
    ]
    return tuple(
        PrivateNote(number, decision.decided_by, decision.private_note)
        for number, decision in decisions
        if decision.decided_by and decision.private_note
    )


def _rights(
    submission: Submission,
    person: User,
    now: datetime,
    *,
    mentoring: bool,
    verification: Verification | None,
) -> Rights:
    waiting = submission.state == SubmissionState.WAITING
    holder = submission.holder_at(now)
    opinion = submission.second_opinion
    asked = opinion is not None and opinion.is_waiting
    giver = mentoring and submission.decided_by_id != person.pk
    keeper = opinion.holder_at(now) if opinion is not None else None
    return Rights(
        claim=mentoring and waiting and holder in {None, person.pk},
        decide=mentoring and waiting and holder == person.pk,
        withdraw=waiting and submission.enrollment.learner_id == person.pk,
        draft=giver and (opinion is None or opinion.decided_by_id != person.pk),
        ask_second_opinion=may_ask(
            submission, person=person, mentoring=mentoring, verification=verification
        ),
        withdraw_second_opinion=asked and opinion.asked_by_id == person.pk,
        claim_second_opinion=asked and giver and keeper in {None, person.pk},
        give_second_opinion=asked and giver and keeper == person.pk,
    )
