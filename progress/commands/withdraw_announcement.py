"""Take an announcement back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Forbidden
from progress import events, outbox
from progress.models import Announcement


class NotYourAnnouncement(Forbidden):
    """Words are taken back by who said them."""

    code = "not-your-announcement"
    title = gettext_lazy("This is not your announcement")


def withdraw_announcement(*, person: User, announcement: Announcement, now: datetime) -> None:
    """Take the words of `announcement` away; that there were some stays.

    What has not gone out yet is not sent. Doing it again changes nothing. Raises
    NotYourAnnouncement.
    """
    if announcement.author_id != person.pk:
        raise NotYourAnnouncement(_("Only who wrote it can take it back."))
    with transaction.atomic():
        if not announcement.withdraw(now=now):
            return
        outbox.record(
            events.Event(
                type=events.ANNOUNCEMENT_WITHDRAWN,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=announcement.pk,
                data={"cohort": str(announcement.cohort_id), "audience": announcement.audience},
            )
        )
    announcement.refresh_from_db(fields=["title", "body", "withdrawn_at"])
