"""What waits for a mentor's decision, and a claim: a mentor's lease on it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q

from accounts.models import User
from progress.ladder import Step, wait_of
from progress.models.terms import declines, unusual_for
from progress.states import EnrollmentState

CLAIM_LIFE = timedelta(hours=2)
MOST_CLAIMS = 5
"""That one mentor may hold at a time: what is held waits for them, and nobody else can help."""
WHOLE = Q(claimed_by__isnull=True, claim_expires_at__isnull=True) | Q(
    claimed_by__isnull=False, claim_expires_at__isnull=False
)
"""That a claim has both its mentor and its end, or neither."""


class Claimable(models.Model):
    """What can be claimed. It expires by comparison with the clock; nothing cleans up.

    Claim and decision are columns of one row, so that each of them is one guarded UPDATE: of any
    number of people who act at once, PostgreSQL lets exactly one find the row as they need it.
    The manager's `waiting()` has the rows that nobody has decided or withdrawn, `claims_of` those
    of them that a mentor holds.
    """

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    claim_expires_at = models.DateTimeField(null=True)

    objects: ClassVar[Any]
    since: ClassVar[str]
    """The field that has since when it waits."""
    to_submission: ClassVar[str]
    """The path to the round that is to be decided: empty, or such as `submission__`."""
    steps: ClassVar[Sequence[Step]]
    """What is done for it while nobody answers."""

    class Meta:
        abstract = True

    @property
    def waiting_since(self) -> datetime:
        """Since when it waits, or waited."""
        began: datetime = getattr(self, self.since)
        return began

    @property
    def is_waiting(self) -> bool:
        """Whether it can be claimed and decided still, as this row was read."""
        raise NotImplementedError

    def holder_at(self, now: datetime) -> uuid.UUID | None:
        """Return the id of the mentor whose claim is live at `now`, or None."""
        if not self.is_waiting or self.claim_expires_at is None:
            return None
        return self.claimed_by_id if now < self.claim_expires_at else None

    def claim(self, *, mentor: User, now: datetime) -> bool:
        """Take or extend the claim; return whether `mentor` holds it now.

        It fails while another mentor's claim has not run out, and once it is decided.
        """
        free = Q(claimed_by=None) | Q(claimed_by=mentor) | Q(claim_expires_at__lte=now)
        rows = self._rows().waiting().filter(free, pk=self.pk)
        return bool(rows.update(claimed_by=mentor, claim_expires_at=now + CLAIM_LIFE))

    def extend_claim(self, *, mentor: User, now: datetime) -> bool:
        """Hold it longer if `mentor` holds it still; return whether they do."""
        rows = self._rows().claims_of(mentor, now=now).filter(pk=self.pk)
        return bool(rows.update(claim_expires_at=now + CLAIM_LIFE))

    def release(self, *, mentor: User) -> bool:
        """Give the claim back; return whether `mentor` held it."""
        rows = self._rows().waiting().filter(pk=self.pk, claimed_by=mentor)
        return bool(rows.update(claimed_by=None, claim_expires_at=None))

    @classmethod
    def _rows(cls) -> Any:
        return cls.objects


class ClaimableRows(models.QuerySet[Any]):
    """Rows that can be claimed."""

    def waiting(self) -> Self:
        """Those that nobody has decided or withdrawn."""
        raise NotImplementedError

    def reviewable_by(self, person: User) -> Self:
        """Those that wait and that `person` may decide."""
        raise NotImplementedError

    def claims_of(self, mentor: User, *, now: datetime) -> Self:
        """Those that `mentor` holds at `now`."""
        return self.waiting().filter(claimed_by=mentor, claim_expires_at__gt=now)

    def suiting(self, mentor: User | OuterRef, now: datetime) -> Self:
        """Those that `mentor`'s terms do not speak against at `now` (`models/terms`)."""
        paths = {"since": self.model.since, "submission": self.model.to_submission}
        return self.exclude(declines(mentor, now=now, **paths))

    def with_unusual(self, mentor: User | OuterRef) -> Self:
        """With `unusual`: whether it is not what `mentor` usually takes."""
        unusual = unusual_for(mentor, submission=self.model.to_submission)
        return self.annotate(unusual=ExpressionWrapper(unusual, BooleanField()))

    def offered_to(self, person: User, now: datetime) -> Self:
        """Those that `person` may decide and that fit their terms at `now`."""
        return self.reviewable_by(person).suiting(person, now)

    def late(self, step: Step, *, now: datetime) -> Self:
        """Those for which `step` of the ladder is due: they wait so long, and nobody is at work.

        A live claim holds the ladder; who left the pathway waits for nothing any more.
        """
        free = Q(claim_expires_at=None) | Q(claim_expires_at__lte=now)
        long = Q(**{f"{self.model.since}__lte": now - wait_of(step)})
        rows = self.waiting().filter(free, long)
        return rows.exclude(enrollment__state=EnrollmentState.WITHDRAWN.value)
