"""A person."""

import unicodedata
import zoneinfo
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.ids import uuid7

LOCALES = settings.LANGUAGES
MAX_NAME = 120
NOT_IN_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
BIDI_CONTROLS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def locales() -> list[tuple[str, str]]:
    """Return the languages to choose from. A function: a new one needs no migration."""
    return LOCALES


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a known IANA time zone, such as Europe/Berlin."""
    if name not in _time_zones():
        raise ValidationError(
            _("%(name)r is no IANA time zone. Use a name such as Europe/Berlin or UTC.")
            % {"name": name},
            code="unknown-time-zone",
        )


@cache
def _time_zones() -> frozenset[str]:
    """Return every zone known here; finding them reads hundreds of files, so once."""
    return frozenset(zoneinfo.available_timezones())


def zones_by_day(now: datetime) -> dict[date, list[str]]:
    """Return, for the two or three calendar days that it is somewhere at `now`, the zones there.

    For a set-based query about "today" of many people. Worked out here and not in SQL: a zone that
    the database's own tables do not know would make the whole query fail.
    """
    found: dict[date, list[str]] = {}
    for name, zone in _zones().items():
        found.setdefault(now.astimezone(zone).date(), []).append(name)
    return found


@cache
def _zones() -> dict[str, zoneinfo.ZoneInfo]:
    """Return every zone by name. Python itself holds only the last eight: 50 ms from the disk."""
    return {name: zoneinfo.ZoneInfo(name) for name in sorted(_time_zones())}


def validate_one_line(text: str) -> None:
    """Raise ValidationError if `text` is not one plain line.

    Names end up in mail headers and on consent pages: no line breaks and controls, nothing that
    turns the direction of what follows, no half of a surrogate pair. Joiners stay: names are spelt
    with them.
    """
    if any(_is_unwanted(char) for char in text):
        raise ValidationError(
            _("A name is one line, without control characters."), code="control-character"
        )


def one_line(text: str) -> str:
    """Return `text` as the nearest name that `validate_one_line` takes; it may come out empty."""
    plain = "".join(" " if _is_unwanted(char) else char for char in text)
    return " ".join(plain.split())[:MAX_NAME]


def _is_unwanted(char: str) -> bool:
    return unicodedata.category(char) in NOT_IN_A_LINE or char in BIDI_CONTROLS


def display_name(name: str, email: str) -> str:
    """Return what others call a person: the name, or the part of the address before the @."""
    return name or email.partition("@")[0]


class People(BaseUserManager["User"]):
    """Making people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store and return a new person; the address is kept in lower case."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store and return an admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by their email address: learner, mentor, author, or all of these."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=MAX_NAME, blank=True, validators=[validate_one_line])
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    zone_changed_at = models.DateTimeField(null=True, editable=False)
    """When the time zone was changed last; null if never. What was planned by the clock is looked
    at anew since then."""
    locale = models.CharField(max_length=16, choices=locales, default="en")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("admin", default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_once",
                violation_error_message=gettext_lazy(
                    "There is an account with this email address already."
                ),
            )
        ]
        indexes = [
            models.Index(
                fields=["zone_changed_at"],
                condition=models.Q(zone_changed_at__isnull=False),
                name="person_by_zone_change",
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """What others call this person: the name, or the part of the address before the @."""
        return display_name(self.name, self.email)

    def move_to(self, time_zone: str, *, now: datetime) -> None:
        """Take another time zone and note when; a no-op where it is that already. Saves nothing."""
        if time_zone != self.time_zone:
            self.time_zone, self.zone_changed_at = time_zone, now

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The person's time zone."""
        return zoneinfo.ZoneInfo(self.time_zone)
