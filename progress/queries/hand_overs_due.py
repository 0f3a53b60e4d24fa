"""Which late rounds are to be handed over, and to whom."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from progress.ladder import Candidate, Step, choose
from progress.models import HandOver, Mentorship, ReviewDraft, SecondOpinion, Submission
from progress.models.claim import MOST_CLAIMS
from progress.models.terms import left_this_week
from progress.queries.review_queue import resting
from progress.queries.tied import COHORT_MENTORS, OWN_MENTORS, Tie, each_reviewer

Pair = tuple[uuid.UUID, uuid.UUID]
"""A round and a mentor."""


def never_tried(now: datetime) -> QuerySet[Submission]:
    """Return late rounds of which it is not written down that a hand-over was tried."""
    tried = HandOver.objects.standing().filter(submission=OuterRef("pk"))
    rows: QuerySet[Submission] = Submission.objects.late(Step.HAND_OVER, now=now)
    return rows.filter(~Exists(tried))


def hand_overs_due(now: datetime, *, only: uuid.UUID | None = None) -> list[Pair]:
    """Return whom each late round that nobody has is handed to, the longest wait first.

    Rounds for which nobody has room are left out, and so are those of learners who rest: nobody
    is there to read an answer. Of all rounds, or `only` of one (six queries).
    """
    made = HandOver.objects.made().filter(submission=OuterRef("pk"))
    rows = Submission.objects.late(Step.HAND_OVER, now=now).exclude(resting(now))
    rows = rows.filter(~Exists(made))
    if only is not None:
        rows = rows.filter(pk=only)
    others = Mentorship.objects.active().filter(
        ~Q(mentor=OuterRef("person_id")),
        learner=OuterRef("enrollment__learner"),
        mentor__is_active=True,
    )
    by_round: dict[tuple[datetime, uuid.UUID], dict[uuid.UUID, Candidate]] = {}
    for tie in (OWN_MENTORS, COHORT_MENTORS):
        found = _willing(rows, tie, now)
        if tie is OWN_MENTORS:  # the only one had it already
            found = found.filter(Exists(others))
        for pk, since, person, unusual in found.values_list(
            "pk", "submitted_at", "person_id", "unusual"
        ):
            known = by_round.setdefault((since, pk), {})
            direct = tie is OWN_MENTORS or (person in known and known[person].direct)
            known[person] = Candidate(person, direct=direct, unusual=unusual)
    return _shared_out(by_round, now)


def _willing(rows: QuerySet[Submission], tie: Tie, now: datetime) -> Any:
    """Return rounds with mentors whose terms do not speak against them and who have not begun."""
    person = OuterRef("person_id")
    drafted = ReviewDraft.objects.filter(submission=OuterRef("pk"), mentor=person)
    had = HandOver.objects.filter(submission=OuterRef("pk"), mentor=person)
    return (
        each_reviewer(rows, tie)
        .suiting(person, now)
        .filter(~Exists(drafted), ~Exists(had))
        .exclude(claimed_by__isnull=False, claimed_by=F("person_id"))
        .with_unusual(person)
    )


def _shared_out(
    by_round: dict[tuple[datetime, uuid.UUID], dict[uuid.UUID, Candidate]], now: datetime
) -> list[Pair]:
    """Give out rounds one after the other, so that what one gets counts for the next."""
    people = {person for known in by_round.values() for person in known}
    in_hand = _in_hand(people, now)
    left = left_this_week(people, now=now)
    found: list[Pair] = []
    for (_, pk), known in sorted(by_round.items()):
        candidates = [
            replace(one, in_hand=in_hand[one.person], left=left.get(one.person))
            for one in known.values()
        ]
        chosen = choose(candidates, most=MOST_CLAIMS)
        if chosen is not None:
            in_hand[chosen.person] += 1
            found.append((pk, chosen.person))
    return found


def _in_hand(people: Collection[uuid.UUID], now: datetime) -> Counter[uuid.UUID]:
    """Count what waits for each: what they hold, and what was handed to them (three queries)."""
    live = Q(submission__claimed_by=F("mentor"), submission__claim_expires_at__gt=now)
    handed = HandOver.objects.open().filter(mentor__in=people).exclude(live)
    found = Counter[uuid.UUID](handed.values_list("mentor", flat=True))
    for claimable in (Submission, SecondOpinion):
        held = claimable.objects.waiting().filter(claimed_by__in=people, claim_expires_at__gt=now)
        found.update(held.values_list("claimed_by", flat=True))
    return found
