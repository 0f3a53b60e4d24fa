"""When somebody wants their weekly digest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
    digest_weekday: int

    @property
    def zone(self) -> ZoneInfo:
        """Where they live."""
        return self.hours.zone

    def digest_at(self, day: date) -> datetime:
        """Return when a digest of the local day `day` comes: in the morning, after quiet hours."""
        return end_of_quiet(self.hours, first_instant(day, MORNING, self.zone))

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


def wishes_of(people: Iterable[User]) -> dict[UUID, Wishes]:
    """Return what people wish, by id (one query)."""
    people = {person.pk: person for person in people}
    chosen = {
        row.person_id: row for row in NotificationPreferences.objects.filter(person__in=people)
    }
    return {pk: _wishes(one, chosen.get(pk)) for pk, one in people.items()}


def _wishes(person: User, chosen: NotificationPreferences | None) -> Wishes:
    row = chosen or NotificationPreferences(person=person)
    hours = Preferences(
        zone=person.zone,
        nudges_by_email=row.nudges_by_email,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        weekly_cap=row.weekly_cap,
    )
    return Wishes(hours, row.digest_weekday)
