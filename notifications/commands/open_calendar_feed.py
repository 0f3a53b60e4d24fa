"""A person wants their days in a calendar."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from notifications.models import CalendarFeed
from notifications.models.calendar import hash_of, new_secret

MOST_FEEDS = 10


class TooManyFeeds(Conflict):
    """Each is an open window."""

    code = "too-many-calendar-feeds"
    title = gettext_lazy("There are many calendar addresses already")


def open_calendar_feed(*, person: User, label: str, now: datetime) -> tuple[CalendarFeed, str]:
    """Make an address under which a person's days can be read; return it and its secret.

    The secret is told this once: only a hash of it is kept. Raises TooManyFeeds.
    """
    secret = new_secret()
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if CalendarFeed.objects.live().owned_by(person).count() >= MOST_FEEDS:
            raise TooManyFeeds(
                _("Revoke one that you no longer use; %(most)s are open.") % {"most": MOST_FEEDS}
            )
        feed = CalendarFeed.objects.create(
            person=person, secret_hash=hash_of(secret), label=label, created_at=now
        )
    return feed, secret
