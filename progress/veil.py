"""What a mentor may not see yet, so that the second opinion they may give is their own.

While a second opinion is asked for, whoever could give it sees the round as if it still waited: no
decision, no scores, no items, nothing that was said or moved by it since. Commands never look
through a veil: they act on what is stored.
"""

import copy
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, Self

from django.db.models import Q, QuerySet

from accounts.models import User
from progress import events
from progress.compiled import key_now
from progress.models import Enrollment, OutboxEvent, SecondOpinion
from progress.states import EnrollmentState


@dataclass(frozen=True, slots=True)
class VeiledRound:
    """A round, and when the decision was made that is not to be seen."""

    enrollment_id: uuid.UUID
    submission_id: uuid.UUID
    milestone_key: str
    decided_at: datetime
    completed_way: bool = False
    """Whether the enrollment was completed by it, or since."""


@dataclass(frozen=True)
class Veil:
    """The rounds whose decision one person may not see yet; usually none."""

    rounds: tuple[VeiledRound, ...] = ()

    @classmethod
    def over(cls, enrollment: Enrollment) -> Self:
        """Return what is veiled of an enrollment from whoever it was loaded for (no query)."""
        return cls(tuple(_from_json(row) for row in enrollment.veiled))

    @cached_property
    def submissions(self) -> frozenset[uuid.UUID]:
        """The ids of the rounds."""
        return frozenset(one.submission_id for one in self.rounds)

    @cached_property
    def moments(self) -> frozenset[datetime]:
        """When they were decided. What carries such a time is part of the decision."""
        return frozenset(one.decided_at for one in self.rounds)

    def keys(self, enrollment: Enrollment) -> frozenset[str]:
        """Return the milestones of `enrollment` that look as if they still waited."""
        return frozenset(
            key_now(enrollment, one.milestone_key)
            for one in self.rounds
            if one.enrollment_id == enrollment.pk
        )

    def since(self, enrollment: Enrollment, keys: Iterable[str]) -> datetime | None:
        """Return when a milestone was decided that is stored under `keys`, if it is veiled."""
        known = set(keys)
        found = (
            one.decided_at
            for one in self.rounds
            if one.enrollment_id == enrollment.pk and one.milestone_key in known
        )
        return min(found, default=None)

    def shown(self, enrollment: Enrollment) -> Enrollment:
        """Return the enrollment as it may be shown: not completed, if a veiled decision did it."""
        done = enrollment.completed_at
        if done is None or not any(one.decided_at <= done for one in self._of(enrollment)):
            return enrollment
        before = copy.copy(enrollment)
        before.state, before.completed_at = EnrollmentState.ACTIVE.value, None
        return before

    def happened(
        self, enrollment: Enrollment, rows: QuerySet[OutboxEvent]
    ) -> QuerySet[OutboxEvent]:
        """Return the events among `rows` that tell nothing of what is veiled."""
        for one in self._of(enrollment):
            later = Q(occurred_at__gte=one.decided_at)
            keys = enrollment.keys_behind(key_now(enrollment, one.milestone_key))
            here = later & Q(data__milestone__in=keys)
            told = Q(type=events.COMMENT_WRITTEN) | Q(type__startswith="second_opinion.")
            rows = rows.exclude(subject_id=one.submission_id, type=events.SUBMISSION_DECIDED)
            rows = rows.exclude(here & told)
            rows = rows.exclude(later & Q(type=events.ENROLLMENT_COMPLETED))
        return rows

    def _of(self, enrollment: Enrollment) -> tuple[VeiledRound, ...]:
        return tuple(one for one in self.rounds if one.enrollment_id == enrollment.pk)


NO_VEIL: Final = Veil()


def veil_for(person: User) -> Veil:
    """Return all that is veiled from `person`, of whoever's work (one query)."""
    rows = SecondOpinion.objects.reviewable_by(person).select_related("submission", "enrollment")
    return Veil(
        tuple(
            VeiledRound(
                one.enrollment_id,
                one.submission_id,
                one.submission.milestone_key,
                one.submission.decided_at,
                (one.enrollment.completed_at or datetime.min.replace(tzinfo=UTC))
                >= one.submission.decided_at,
            )
            for one in rows
        )
    )


def _from_json(row: Mapping[str, str]) -> VeiledRound:
    return VeiledRound(
        uuid.UUID(row["enrollment"]),
        uuid.UUID(row["submission"]),
        row["milestone"],
        datetime.fromisoformat(row["decided_at"]),
    )
