"""When to look next at something that the clock may make due."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User


class About(models.TextChoices):
    """What is looked at: a learner on an enrollment, a mentor, or a coordinator as such."""

    ENROLLMENT = "enrollment"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"


class Appointments(models.QuerySet["Appointment"]):
    """Appointments."""

    def due(self, now: datetime) -> Self:
        """Those to keep now."""
        return self.filter(due_at__lte=now)

    def hold_due(self, about: About, *, now: datetime, limit: int) -> list["Appointment"]:
        """Lock up to `limit` due ones until the transaction ends, the longest due first.

        What another process holds is skipped.
        """
        rows = self.due(now).filter(about=about).select_for_update(skip_locked=True, of=("self",))
        return list(rows.select_related("person").order_by("due_at", "pk")[:limit])

    def moved_since(self, since: datetime | None = None) -> Self:
        """Those whose person has changed time zone since they were looked at.

        `since` leaves out whoever moved before: then an index finds the few who did after it.
        """
        moved = User.objects.filter(zone_changed_at__isnull=False)
        if since is not None:
            moved = moved.filter(zone_changed_at__gt=since)
        return self.filter(
            person__in=moved.values("pk"), person__zone_changed_at__gt=F("looked_at")
        )

    def bring_forward(self) -> int:
        """Make them due at once; return how many were not. Whoever plans next looks at them."""
        return self.filter(Q(due_at=None) | Q(due_at__gt=F("looked_at"))).update(
            due_at=F("looked_at")
        )

    def keep(self, rows: Collection["Appointment"]) -> None:
        """Store when rows that are held were looked at, and when they are due next."""
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["due_at", "looked_at"],
        )

    def make(self, rows: Collection["Appointment"]) -> None:
        """Store new ones; one that exists is made due as it is here (one statement)."""
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["about", "subject_id"],
            update_fields=["due_at"],
        )


class Appointment(models.Model):
    """When to look next at a subject. `due_at` is null until something happens to it.

    Looking too early costs little: nothing is found, and the next instant is worked out anew. So
    whatever may make something due earlier brings this forward, and need not know by how much.
    """

    id = models.BigAutoField(primary_key=True)
    about = models.CharField(max_length=16, choices=About.choices)
    subject_id = models.UUIDField()
    """An enrollment's id, or that of the mentor or coordinator."""
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appointments"
    )
    due_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField()
    """When it was looked at last; when it was made, before the first time."""

    objects: ClassVar[Any] = Appointments.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "subject_id"], name="appointment_once"),
            models.CheckConstraint(
                condition=Q(about__in=About.values), name="appointment_about_something"
            ),
            models.CheckConstraint(
                condition=Q(about=About.ENROLLMENT) | Q(subject_id=F("person")),
                name="appointment_of_a_person_is_theirs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["about", "due_at"],
                condition=Q(due_at__isnull=False),
                name="appointment_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.subject_id} at {self.due_at}"


def appointment(about: About, subject_id: UUID, person_id: UUID, *, at: datetime) -> Appointment:
    """Return a new one, due at the instant `at`, unsaved."""
    return Appointment(
        about=about, subject_id=subject_id, person_id=person_id, due_at=at, looked_at=at
    )
