"""When somebody wants their weekly digest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import User
from notifications.localtime import first_instant
from notifications.models import NotificationPreferences
from notifications.policy import Preferences, end_of_quiet

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MORNING = time(7)
"""No digest comes earlier, also where no hours are quiet."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """A person's hours and the weekday of their digest (0 is Monday)."""

    hours: Preferences
    """Only what decides the hour."""
    digest_weekday: int

    @property
    def zone(self) -> ZoneInfo:
        """Where they live."""
        return self.hours.zone

    def digest_at(self, day: date) -> datetime:
        """Return when a digest of the local day `day` comes: in the morning, after quiet hours."""
        hours = self.hours
        return _digest_at(hours.zone, hours.quiet_from, hours.quiet_until, day)

    def digests_back(self, now: datetime) -> Iterator[date]:
        """Yield the days of digests whose time had come by `now`, the latest first, without end."""
        day = now.astimezone(self.zone).date()
        day -= DAY * ((day.weekday() - self.digest_weekday) % 7)
        if self.digest_at(day) > now:
            day -= WEEK
        while True:
            yield day
            day -= WEEK

    def next_digest(self, now: datetime) -> datetime:
        """Return when the next digest after `now` comes."""
        return self.digest_at(next(self.digests_back(now)) + WEEK)


@lru_cache(maxsize=4_096)
def _digest_at(zone: ZoneInfo, quiet_from: time, quiet_until: time, day: date) -> datetime:
    hours = _hours(zone, quiet_from, quiet_until)
    return end_of_quiet(hours, first_instant(day, MORNING, zone))


def _hours(zone: ZoneInfo, quiet_from: time, quiet_until: time) -> Preferences:
    return Preferences(
        zone=zone,
        nudges_by_email=True,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        weekly_cap=0,
    )


def wishes_of(people: Iterable[User]) -> dict[UUID, Wishes]:
    """Return what people wish, by id (one query)."""
    everybody = {person.pk: person for person in people}
    rows = NotificationPreferences.objects.filter(person__in=everybody)
    chosen = {row.person_id: row for row in rows}
    return {pk: _wishes(one, chosen.get(pk)) for pk, one in everybody.items()}


def _wishes(person: User, chosen: NotificationPreferences | None) -> Wishes:
    row = chosen or NotificationPreferences(person=person)
    hours = _hours(person.zone, row.quiet_from, row.quiet_until)
    return Wishes(hours, row.digest_weekday)
