"""When a learner may have an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from progress.compiled import compiled, milestone_of
from progress.document import Milestone, VerifiedBy
from progress.ladder import Step, wait_of
from progress.models import (
    CohortMember,
    Enrollment,
    Leave,
    MentorProfile,
    Mentorship,
    SecondOpinion,
    Submission,
)
from progress.models.cohort import CohortPart
from progress.models.terms import left_this_week
from progress.promise import Helper, Promise, PromiseKind, Wait, promise
from progress.queries.mentors import mentors_of
from progress.queries.review_ladder import ReviewLadder, review_ladder, waiting_on
from progress.queries.review_queue import resting
from progress.states import SubmissionState

RECENT = timedelta(days=90)
MOST_WAITS = 300


@dataclass(frozen=True, slots=True)
class OpinionWait:
    """A second opinion that nobody has given; `mentors` may give it, whatever their terms."""

    asked_at: datetime
    mentors: int
    ladder: ReviewLadder


@dataclass(frozen=True, slots=True)
class MilestonePromise:
    """A promise, who stands behind it, and where the learner stands.

    `place` is the place in line, from 1: the round's own if it waits, else the next.
    `waiting_since` is None before it is handed in, and so is the `ladder`. `mentors` would see it,
    `away` of them on leave. A `second_opinion` is one that waits on the last round.
    """

    said: Promise
    place: int | None
    waiting_since: datetime | None
    mentors: int = 0
    away: int = 0
    ladder: ReviewLadder | None = None
    second_opinion: OpinionWait | None = None


def milestone_promise(enrollment: Enrollment, key: str, *, now: datetime) -> MilestonePromise:
    """Return what can be said before handing in a milestone, and while it waits.

    Eight queries, ten while it waits, nine while a second opinion does.

    Raises KeyError for a milestone that the edition does not have.
    """
    if key not in compiled(enrollment).milestones:
        raise KeyError(key)
    milestone = milestone_of(enrollment, key)
    if milestone.verified_by is not VerifiedBy.MENTOR:
        return MilestonePromise(Promise(PromiseKind.NOT_NEEDED), None, None)
    people = list(mentors_of(enrollment))
    own = waiting_on(enrollment, key, Submission, now=now)
    since = own.submitted_at if own else None
    helpers = _helpers(people, enrollment, milestone, since or now, now)
    reach = _in_reach_of(people, now)
    ahead = reach.waiting().exclude(resting(now)).exclude(enrollment=enrollment, milestone_key=key)
    place = ahead.filter(submitted_at__lt=since or now).count() + 1
    monday = 7 - now.astimezone(enrollment.learner.zone).weekday()
    said = promise(_waits(reach, now), helpers, place=place, week_left=monday)
    away = sum(one.away_days > 0 for one in helpers)
    ladder = review_ladder(own, now=now) if own else None
    opinion = _opinion_wait(enrollment, key, people, now=now)
    return MilestonePromise(said, place, since, len(helpers), away, ladder, opinion)


def _opinion_wait(
    enrollment: Enrollment, key: str, people: Sequence[User], *, now: datetime
) -> OpinionWait | None:
    """Where a second opinion stands that some of these mentors may give (two queries at most)."""
    waiting = waiting_on(enrollment, key, SecondOpinion, now=now)
    if waiting is None:
        return None
    others = sum(one.pk != waiting.submission.decided_by_id for one in people)
    return OpinionWait(waiting.asked_at, others, review_ladder(waiting, now=now))


def _helpers(
    people: Sequence[User],
    enrollment: Enrollment,
    milestone: Milestone,
    since: datetime,
    now: datetime,
) -> list[Helper]:
    """What each mentor who takes such work, waiting `since`, has room for (three queries).

    If nobody takes it, all of them see it, as when they are told of it. A test holds this against
    `offered_to`, which routes.
    """
    profiles = MentorProfile.objects.in_bulk([one.pk for one in people])
    back = dict(Leave.objects.on(now).filter(person__in=people).values_list("person", "ends_on"))
    left = left_this_week(profiles, now=now)
    to_all = now - since >= wait_of(Step.OFFER)
    found: list[Helper] = []
    others: list[Helper] = []
    for one in people:
        terms = profiles.get(one.pk)
        ends_on = back.get(one.pk)
        helper = Helper(
            away_days=(ends_on - now.astimezone(one.zone).date()).days + 1 if ends_on else 0,
            weekly=terms.weekly_capacity if terms else None,
            left=left.get(one.pk, 0),
        )
        usual = terms is None or terms.usually_takes(
            kind=milestone.kind.value,
            pathway=enrollment.pathway.slug,
            language=enrollment.learner.locale,
        )
        (found if usual or to_all else others).append(helper)
    return found or others


def _in_reach_of(people: Sequence[User], now: datetime) -> Any:
    """What was handed in lately by learners of any of these mentors."""
    direct = Mentorship.objects.active().filter(
        mentor__in=people, learner=OuterRef("enrollment__learner")
    )
    shared = CohortMember.objects.present().filter(
        part=CohortPart.LEARNER,
        person=OuterRef("enrollment__learner"),
        cohort__pathway=OuterRef("enrollment__pathway"),
        cohort__members__person__in=people,
        cohort__members__part=CohortPart.MENTOR,
        cohort__members__left_at=None,
    )
    rows = Submission.objects.filter(Q(Exists(direct)) | Q(Exists(shared)))
    return rows.filter(submitted_at__lte=now)


def _waits(rows: QuerySet[Submission], now: datetime) -> list[Wait]:
    """How long the latest took or wait (one query).

    They are chosen by when they were handed in, answered or not: chosen by their answer, those
    that still wait would be missing.
    """
    recent = rows.filter(submitted_at__gt=now - RECENT).order_by("-submitted_at")
    ended = recent.annotate(ended_at=Coalesce(F("decided_at"), F("withdrawn_at")))
    return [
        Wait(
            days=((ended_at or now) - submitted_at) / timedelta(days=1),
            answered=state not in {SubmissionState.WAITING, SubmissionState.WITHDRAWN},
        )
        for submitted_at, ended_at, state in ended.values_list("submitted_at", "ended_at", "state")[
            :MOST_WAITS
        ]
    ]
