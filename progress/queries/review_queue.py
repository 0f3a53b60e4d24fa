"""What waits for a mentor's review, and how much of it there is."""

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models import User
from progress.compiled import compiled_edition, lives_on_as
from progress.ladder import Step, wait_of
from progress.models import (
    CohortMember,
    Comment,
    Edition,
    HandOver,
    LogEntry,
    Mentorship,
    Pause,
    SecondOpinion,
    Submission,
)
from progress.models.cohort import CohortPart
from progress.models.terms import declines, unusual_for
from progress.states import EnrollmentState

QUIET_AFTER = timedelta(days=28)
"""Without a sign of the learner, their work is put with that of those who rest."""


class Scope(StrEnum):
    """Whose work."""

    MINE = "mine"
    COHORT = "cohort"
    ALL = "all"


class Shelf(StrEnum):
    """Where a waiting submission stands: on one of the three, always.

    Offered: it fits the mentor's terms. Set aside: they speak against it. Resting: its learner is
    paused, has withdrawn from the pathway, or went quiet. What the mentor holds is always offered,
    and so is what was handed over to them, unless its learner rests.
    """

    OFFERED = "offered"
    SET_ASIDE = "set_aside"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to narrow the queue to; None and empty is not at all. `waiting_for` is in days.

    `second_opinion`: decided rounds on which one is asked for, instead of those that wait.
    """

    scope: Scope = Scope.ALL
    shelf: Shelf | None = Shelf.OFFERED
    kind: str = ""
    pathway: str = ""
    stage: str = ""
    cohort: uuid.UUID | None = None
    round: int | None = None
    waiting_for: int | None = None
    second_opinion: bool = False

    @property
    def claim(self) -> str:
        """The path from a submission to the claim on what is asked."""
        return "opinion__" if self.second_opinion else ""

    @property
    def since(self) -> str:
        """The path from a submission to when the wait began."""
        return "opinion__asked_at" if self.second_opinion else "submitted_at"


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How much waits: of what is wanted, and of each scope and shelf with all else the same.

    `second_opinions` is how many of these are asked for, with the same scope, shelf and filters.
    """

    total: int
    free: int
    mine: int
    others: int
    scopes: dict[str, int]
    shelves: dict[str, int]
    second_opinions: int


def review_queue(person: User, wanted: Wanted, *, now: datetime) -> QuerySet[Submission]:
    """Return what waits for `person` and is `wanted`, in no order (one query).

    `waits_since` is since when. Two more if a stage is wanted, one more for second opinions. With
    `handed_at`, when it was handed over to them, and `unusual`: it is not what they usually take,
    and offered because it waits so long.
    """
    rows = _wanted(person, wanted, now).annotate(waits_since=F(wanted.since))
    if wanted.second_opinion:
        asked = SecondOpinion.objects.waiting().select_related("claimed_by")
        rows = rows.prefetch_related(Prefetch("second_opinions", asked))
    late = Q(**{f"{wanted.since}__lte": now - wait_of(Step.OFFER)})
    return rows.select_related("enrollment__learner", "enrollment__pathway", "claimed_by").annotate(
        handed_at=Subquery(_handed_to(person).values("handed_at")),
        unusual=ExpressionWrapper(late & unusual_for(person), BooleanField()),
    )


def _wanted(person: User, wanted: Wanted, now: datetime) -> QuerySet[Submission]:
    rows = _narrowed(person, wanted, now)
    if wanted.scope is not Scope.ALL:
        rows = rows.filter(_ties(person)[wanted.scope])
    if wanted.shelf is None:
        return rows
    if wanted.second_opinion:  # few, and a NOT over the joined claim would ask for it once more
        return rows.alias(shelf=_shelf(person, wanted, now)).filter(shelf=wanted.shelf.value)
    return rows.filter(_on_shelf(wanted.shelf, person, wanted, now))


def queue_counts(person: User, wanted: Wanted, *, now: datetime) -> QueueCounts:
    """Count what waits for `person`, by the very conditions that list it (two queries).

    Two more if a stage is wanted, as in the list; and one for the second opinions.
    """
    ties = _ties(person)
    rows = _narrowed(person, wanted, now).annotate(
        shelf=_shelf(person, wanted, now),
        holder=_holder(person, wanted, now),
        direct=ExpressionWrapper(ties[Scope.MINE], BooleanField()),
        shared=ExpressionWrapper(ties[Scope.COHORT], BooleanField()),
    )
    groups = rows.values_list("shelf", "holder", "direct", "shared").annotate(many=Count("pk"))
    scopes, shelves, holders = Counter[str](), Counter[str](), Counter[str]()
    for shelf, holder, direct, shared, many in groups.order_by():
        within = {Scope.MINE: direct, Scope.COHORT: shared, Scope.ALL: True}
        on_it = wanted.shelf is None or shelf == wanted.shelf
        for scope, is_in in within.items():
            scopes[scope] += many if is_in and on_it else 0
        shelves[shelf] += many if within[wanted.scope] else 0
        holders[holder] += many if within[wanted.scope] and on_it else 0
    return QueueCounts(
        total=holders.total(),
        free=holders["free"],
        mine=holders["mine"],
        others=holders["others"],
        scopes={scope.value: scopes[scope] for scope in Scope},
        shelves={shelf.value: shelves[shelf] for shelf in Shelf},
        second_opinions=_wanted(person, replace(wanted, second_opinion=True), now).count(),
    )


def _narrowed(person: User, wanted: Wanted, now: datetime) -> QuerySet[Submission]:
    """Return what `person` may review, by all filters but scope and shelf."""
    every = Submission.objects
    rows: QuerySet[Submission] = (
        every.second_opinions_for(person) if wanted.second_opinion else every.reviewable_by(person)
    )
    if wanted.kind:
        rows = rows.filter(milestone_kind=wanted.kind)
    if wanted.pathway:
        rows = rows.filter(enrollment__pathway__slug=wanted.pathway)
    if wanted.stage:
        rows = rows.filter(_in_stage(rows, wanted.pathway, wanted.stage))
    if wanted.cohort is not None:
        rows = rows.filter(Exists(_shared(person).filter(cohort=wanted.cohort)))
    if wanted.round is not None:
        rows = rows.filter(round=wanted.round)
    if wanted.waiting_for is not None:
        rows = rows.filter(**{f"{wanted.since}__lte": now - timedelta(days=wanted.waiting_for)})
    return rows


def _in_stage(rows: QuerySet[Submission], pathway: str, stage: str) -> Q:
    """The condition that a milestone is in a stage: in each edition those that it names there.

    A round under a key that an upgrade left behind is where its work went on (two queries in all).
    """
    editions = Edition.objects.filter(pathway__slug=pathway).values_list("pk", flat=True)
    keys: dict[uuid.UUID, set[str]] = {}
    known, there = Q(pk__in=[]), Q(pk__in=[])
    for edition in editions:
        document = compiled_edition(edition).document
        here = Q(enrollment__edition=edition)
        known |= here & Q(milestone_key__in=[part.key for part in document.milestones])
        for one in document.stages:
            if one.key == stage:
                keys[edition] = {part.key for part in one.milestones}
                there |= here & Q(milestone_key__in=sorted(keys[edition]))
    left_behind = rows.filter(enrollment__edition__in=keys).exclude(known)
    moved = left_behind.values_list(
        "pk", "milestone_key", "enrollment__edition", "enrollment__origins"
    )
    return there | Q(
        pk__in=[
            pk
            for pk, key, edition, origins in moved
            if lives_on_as(key, edition_id=edition, origins=origins) in keys[edition]
        ]
    )


def _ties(person: User) -> dict[Scope, Q]:
    """By which tie somebody's work is `person`'s to review."""
    mentored = Mentorship.objects.active().filter(mentor=person)
    direct = Q(enrollment__learner__in=mentored.values("learner"))
    return {Scope.MINE: direct, Scope.COHORT: Q(Exists(_shared(person)))}


def _shared(person: User) -> QuerySet[CohortMember]:
    """The learner's places, on this pathway, in cohorts that `person` mentors."""
    learner, pathway = OuterRef("enrollment__learner"), OuterRef("enrollment__pathway")
    rows: QuerySet[CohortMember] = CohortMember.objects.linking(
        person, learner=learner, pathway=pathway, parts=[CohortPart.MENTOR]
    )
    return rows


def _handed_to(person: User) -> QuerySet[HandOver]:
    """The hand-over of the row's round to `person`, if it was handed to them."""
    rows: QuerySet[HandOver] = HandOver.objects.made().filter(mentor=person)
    return rows.filter(submission=OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class _Grounds:
    """What decides where a submission stands for somebody, the first that holds."""

    held: Q
    rests: Q
    handed: Q
    unfit: Q


def _grounds(person: User, wanted: Wanted, now: datetime) -> _Grounds:
    live = {f"{wanted.claim}claim_expires_at__gt": now}
    return _Grounds(
        held=Q(**{f"{wanted.claim}claimed_by": person}, **live),
        rests=resting(now, since=wanted.since),
        handed=Q(Exists(_handed_to(person))),
        unfit=declines(person, now=now, since=wanted.since),
    )


def _shelf(person: User, wanted: Wanted, now: datetime) -> Case:
    """Where a submission stands for `person`: see `Shelf`."""
    why = _grounds(person, wanted, now)
    return Case(
        When(why.held, then=Value(Shelf.OFFERED.value)),
        When(why.rests, then=Value(Shelf.RESTING.value)),
        When(why.handed, then=Value(Shelf.OFFERED.value)),
        When(why.unfit, then=Value(Shelf.SET_ASIDE.value)),
        default=Value(Shelf.OFFERED.value),
    )


def _on_shelf(shelf: Shelf, person: User, wanted: Wanted, now: datetime) -> Q:
    """The condition that `_shelf` is this one, as PostgreSQL can estimate it.

    Of a CASE it expects one row in two hundred, and works out all before it sorts them; this it
    follows along the index by wait, and stops when the page is full. The tests of the queue hold
    the list against the counts.
    """
    why = _grounds(person, wanted, now)
    return {
        Shelf.OFFERED: why.held | (~why.rests & (why.handed | ~why.unfit)),
        Shelf.RESTING: ~why.held & why.rests,
        Shelf.SET_ASIDE: ~why.held & ~why.rests & ~why.handed & why.unfit,
    }[shelf]


def _holder(person: User, wanted: Wanted, now: datetime) -> Case:
    """Who holds it at `now`, as `person` sees it."""
    live = Q(**{f"{wanted.claim}claim_expires_at__gt": now})
    mine = Q(**{f"{wanted.claim}claimed_by": person})
    return Case(
        When(live & mine, then=Value("mine")),
        When(live, then=Value("others")),
        default=Value("free"),
    )


def resting(now: datetime, *, since: str = "submitted_at") -> Q:
    """The condition that nobody is there to read an answer now.

    What waits, since the time at the path `since`, is a sign of the learner; so are log entries
    and comments after it.
    """
    began, enrollment = now - QUIET_AFTER, OuterRef("enrollment")
    # That they came after the round follows from `began`; said here, it keeps PostgreSQL from
    # reading every log entry of the installation at once.
    after = {"created_at__gte": began, "created_at__gt": OuterRef(since)}
    logged = LogEntry.objects.filter(enrollment=enrollment, **after)
    said = Comment.objects.filter(
        enrollment=enrollment, author=OuterRef("enrollment__learner"), **after
    )
    quiet = Q(**{f"{since}__lt": began}) & ~Q(Exists(logged)) & ~Q(Exists(said))
    paused = Q(Exists(Pause.objects.at(now).filter(enrollment=enrollment)))
    return Q(enrollment__state=EnrollmentState.WITHDRAWN.value) | paused | quiet
