"""Entries as iCalendar (RFC 5545, RFC 7986): pure, and the same bytes for the same entries."""

import hashlib
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vRecur

from notifications.calendar.days import AllDay, Entry, Weekly
from notifications.calendar.zones import rules_of

REFRESH = timedelta(hours=6)
YEARS_BEFORE, YEARS_AFTER = 1, 10
"""The years around the events for which a zone's rules are written out."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Revision:
    """How often an entry has changed since it was first said, and when it did last."""

    sequence: int
    changed_at: datetime


def digest(entry: Entry, zone: zoneinfo.ZoneInfo) -> str:
    """Return what is different once anything about an entry is, the zone of its times included."""
    said = repr(entry) + (zone.key if isinstance(entry, Weekly) else "")
    return hashlib.sha256(said.encode()).hexdigest()


def render(
    entries: Iterable[Entry],
    revisions: Mapping[str, Revision],
    *,
    name: str,
    zone: zoneinfo.ZoneInfo,
    site: str,
    year: int,
) -> bytes:
    """Return the calendar; `site` is our address, `year` the one it is, for the zone's rules.

    `revisions` has one for the uid of every entry.
    """
    entries = list(entries)
    host = site.partition("://")[2].partition("/")[0]
    calendar = Calendar()
    calendar.add("prodid", "-//Waymark//Calendar feed//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _plain(name))
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    weekly = [entry for entry in entries if isinstance(entry, Weekly)]
    if weekly:
        earliest = min([year, *(entry.first.year for entry in weekly)])
        calendar.add_component(rules_of(zone, earliest - YEARS_BEFORE, year + YEARS_AFTER))
    for entry in entries:
        event = _all_day(entry) if isinstance(entry, AllDay) else _weekly(entry, zone)
        event.add("uid", f"{entry.uid}@{host}")
        event.add("summary", _plain(entry.summary))
        event.add("url", f"{site}{entry.path}")
        revision = revisions[entry.uid]
        at = revision.changed_at.replace(microsecond=0)
        event.add("dtstamp", at)
        event.add("last-modified", at)
        event.add("sequence", revision.sequence)
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=True))


def _all_day(entry: AllDay) -> Event:
    event = Event()
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _weekly(entry: Weekly, zone: zoneinfo.ZoneInfo) -> Event:
    event = Event()
    event.add("dtstart", _at(entry, entry.first, zone))
    event.add("duration", timedelta(minutes=entry.minutes))
    rule: dict[str, object] = {"FREQ": "WEEKLY"}
    if entry.last is not None:
        end_of_day = datetime.combine(entry.last + DAY, datetime.min.time(), zone)
        rule["UNTIL"] = (end_of_day - timedelta(seconds=1)).astimezone(UTC)
    event.add("rrule", vRecur(rule))
    for day in entry.left_out:
        event.add("exdate", _at(entry, day, zone))
    return event


def _at(entry: Weekly, day: date, zone: zoneinfo.ZoneInfo) -> datetime:
    return datetime.combine(day, entry.starts_at, zone)


def _plain(text: str) -> str:
    """Return text on one line: what escapes its line would be read as another property."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
