"""Days on which a learner rests."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User, zones_by_day
from backend.ids import uuid7
from progress.models.enrollment import Enrollment
from progress.rhythm import Interval

REASON_LENGTH = 280


class Pauses(models.QuerySet["Pause"]):
    """Pauses."""

    def visible_to(self, person: User) -> Self:
        """Those of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))

    def around(self, day: date) -> Self:
        """Those that the local day `day` is in: of one enrollment at most one."""
        return self.filter(_around(day))

    def at(self, now: datetime) -> Self:
        """Those that hold at the instant `now`, each where its learner is. Set-based, for nudges:
        `Exists(Pause.objects.at(now).filter(enrollment=OuterRef("enrollment")))`.
        """
        holds = Q()
        for day, zones in zones_by_day(now).items():
            holds |= _around(day) & Q(enrollment__learner__time_zone__in=zones)
        return self.filter(holds)


def _around(day: date) -> Q:
    return Q(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Pause(models.Model):
    """Local days on which nothing is expected: from `starts_on` to `ends_on`, both included.

    Null for `ends_on` is until the learner ends it. Whether somebody is paused is a comparison
    with the clock; no job starts or ends a pause. Pauses of an enrollment do not overlap: the
    commands check it while they hold the enrollment.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[Any] = Pauses.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="pause_ends_after_it_starts",
            ),
            # What the embedded server can hold without btree_gist; the rest is the commands'.
            models.UniqueConstraint(fields=["enrollment", "starts_on"], name="pause_starts_once"),
            models.UniqueConstraint(
                fields=["enrollment"], condition=Q(ends_on__isnull=True), name="pause_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on or 'the end'}"

    @property
    def interval(self) -> Interval:
        """Its days."""
        return Interval(self.starts_on, self.ends_on)
