"""Say what stands in a person's calendar, and remember what was said."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.calendar.days import Entry, entries_of
from notifications.calendar.ical import Revision, digest, render
from notifications.models import CalendarFeed, CalendarRevision

READ_OFTEN = timedelta(hours=1)


def say_calendar(*, feed: CalendarFeed, now: datetime) -> bytes:
    """Return the calendar of a feed's owner, in their language and zone.

    What is not as it was said last is a further revision of it; asked again, it is the same bytes.
    """
    person = feed.person
    with translation.override(person.locale):
        entries = entries_of(person, now)
        name = _("Waymark")
    text = render(
        entries,
        _revisions(person, entries, now),
        name=name,
        zone=person.zone,
        site=settings.PUBLIC_URL,
        year=now.year,
    )
    lately = Q(last_read_at__gt=now - READ_OFTEN)
    CalendarFeed.objects.filter(pk=feed.pk).exclude(lately).update(last_read_at=now)
    return text


def _revisions(person: User, entries: Sequence[Entry], now: datetime) -> dict[str, Revision]:
    """Return the revision of every entry; those that changed get their next one."""
    digests = {entry.uid: digest(entry, person.zone) for entry in entries}
    rows = CalendarRevision.objects.filter(person=person, uid__in=digests)
    known = {row.uid: row for row in rows}
    fresh = [uid for uid, said in digests.items() if uid not in known or known[uid].digest != said]
    if fresh:
        with transaction.atomic():
            CalendarRevision.objects.bulk_create(
                [
                    CalendarRevision(person=person, uid=uid, digest="", changed_at=now)
                    for uid in fresh
                    if uid not in known
                ],
                ignore_conflicts=True,
            )
            for row in rows.filter(uid__in=fresh).select_for_update().order_by("pk"):
                if row.digest != digests[row.uid]:  # else another request has just said so
                    is_first = row.digest == ""
                    row.digest, row.changed_at = digests[row.uid], now
                    row.sequence += 0 if is_first else 1
                    row.save(update_fields=["digest", "sequence", "changed_at"])
                known[row.uid] = row
    return {uid: Revision(row.sequence, row.changed_at) for uid, row in known.items()}
