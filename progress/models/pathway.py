"""Pathways and their editions."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from backend.ids import uuid7


class Visibility(models.TextChoices):
    """Who finds a pathway. Whoever is enrolled on it keeps seeing it in any case."""

    PUBLIC = "public", "Listed, for everybody"
    UNLISTED = "unlisted", "For everybody who has its address"
    PRIVATE = "private", "For its authors"


class Pathways(models.QuerySet["Pathway"]):
    """Pathways."""

    def authored_by(self, person: User) -> Self:
        """Those that `person` owns or writes with; an admin writes all."""
        return self if person.is_staff else self.written_by(person)

    def written_by(self, person: Any) -> Self:
        """Those that `person` (who may be anonymous) owns or writes with; an admin's, too."""
        return self.filter(_written_by(person))

    def listed_for(self, person: Any) -> Self:
        """Public ones, and `person`'s own (who may be anonymous)."""
        return self.filter(Q(visibility=Visibility.PUBLIC) | _own(person))

    def visible_to(self, person: Any) -> Self:
        """Those that `person` (who may be anonymous) may open when they know the address."""
        if person.is_authenticated and person.is_staff:
            return self
        open_to_all = Q(visibility__in=[Visibility.PUBLIC, Visibility.UNLISTED])
        return self.filter(open_to_all | _own(person))


def _written_by(person: Any) -> Q:
    if not person.is_authenticated:
        return Q(pk__in=[])
    return Q(owner=person) | Q(pk__in=person.co_authored.values("pk"))


def _own(person: Any) -> Q:
    """Written by `person`, walked by them, or followed by a cohort that they are in.

    By sub-selects: a join would count every learner.
    """
    if not person.is_authenticated:
        return Q(pk__in=[])
    walked = Q(pk__in=person.enrollments.values("pathway"))
    followed = Q(pk__in=person.cohort_parts.present().values("cohort__pathway"))
    return _written_by(person) | walked | followed


class Pathway(models.Model):
    """A route to a goal. What it consists of is in its editions. A built-in one has no owner."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="pathways"
    )
    co_authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="co_authored")
    visibility = models.CharField(
        max_length=16, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = Pathways.as_manager()

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """One published version of a pathway. It never changes: learners are pinned to it.

    The whole document is one JSON value: it is read whole, compiled once per process, and no query
    looks inside. `digest` is the SHA-256 of its canonical JSON, so that loading it again is seen to
    be the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pathway", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.pathway_id}, edition {self.number}"
