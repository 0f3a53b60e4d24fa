"""Work done."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now

from accounts.models import User
from progress.models.enrollment import Enrollment
from progress.models.log_import import LogImport

MINUTES_IN_A_DAY = 24 * 60


class LogSource(models.TextChoices):
    """What an entry came from."""

    WEB = "web"
    TIMER = "timer"
    IMPORT = "import"
    APP = "app"


class LogEntries(models.QuerySet["LogEntry"]):
    """Log entries."""

    def visible_to(self, person: User) -> Self:
        """Those of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))

    def standing(self) -> Self:
        """Those that count: not voided. Every sum over minutes begins here."""
        return self.filter(~Exists(_voids()))

    def voided(self) -> Self:
        """Those that were taken back or replaced; they stay readable."""
        return self.filter(Exists(_voids()))

    def with_voids(self) -> Self:
        """With `voided_at` and `replaced_by`, both None while the entry stands."""
        voids = _voids()
        replaced = voids.filter(replaced_by__isnull=False).order_by("-at", "-replaced_by")
        return self.annotate(
            voided_at=Subquery(voids.order_by("at", "id").values("at")[:1]),
            replaced_by=Subquery(replaced.values("replaced_by")[:1]),
        )


def _voids() -> models.QuerySet["LogVoid"]:
    """Return the voids of the entry outside. Of its own enrollment: nobody voids another's."""
    rows: models.QuerySet[LogVoid] = LogVoid.objects.all()
    return rows.filter(enrollment=OuterRef("enrollment"), entry_id=OuterRef("pk"))


class LogEntry(models.Model):
    """Minutes worked on one milestone on one local day. Append-only.

    The client makes the id, so that sending an entry twice is one entry. `time_zone` is the
    learner's on that day: a later move to another zone changes no day. What was wrong is voided, or
    replaced by an entry whose `replaces` says which one it corrects. `at` is when the learner wrote
    it, which for an offline device is before it arrived (`created_at`).
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="log_entries", db_index=False
    )
    milestone_key = models.CharField(max_length=80)
    day = models.DateField()
    time_zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    source = models.CharField(max_length=16, choices=LogSource.choices, default=LogSource.WEB)
    log_import = models.ForeignKey(
        LogImport, on_delete=models.CASCADE, null=True, db_index=False, related_name="log_entries"
    )
    replaces = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = LogEntries.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MINUTES_IN_A_DAY),
                name="log_entry_minutes_fit_a_day",
            ),
            models.CheckConstraint(
                condition=Q(source__in=LogSource.values), name="log_entry_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=models.F("id")),
                name="log_entry_replaces_another",
            ),
            models.CheckConstraint(
                condition=Q(log_import=None) | Q(source="import"),
                name="log_entry_of_an_import_says_so",
            ),
        ]
        indexes = [
            # Sums over days are read from it alone. It serves the foreign key as well.
            models.Index(
                fields=["enrollment", "day"], include=["minutes", "id"], name="log_entry_of_day"
            ),
            models.Index(
                fields=["enrollment"],
                condition=Q(replaces__isnull=False),
                name="log_entry_corrections",
            ),
            models.Index(
                fields=["log_import"],
                condition=Q(log_import__isnull=False),
                name="log_entry_by_import",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min on {self.day}"


class LogVoid(models.Model):
    """That a log entry doesn't count any more, and why. Append-only, like the log itself.

    `entry_id` is no foreign key: of two offline devices, the one that takes an entry back may be
    heard before the one that wrote it. `replaced_by` is the entry that corrected it.
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="log_voids")
    entry_id = models.UUIDField()
    replaced_by = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "entry_id", "replaced_by"],
                name="log_void_once_for_a_correction",
            )
        ]
        indexes = [models.Index(fields=["enrollment", "entry_id"], name="log_void_by_entry")]

    def __str__(self) -> str:
        return f"void of {self.entry_id}"
