"""Say something to a whole cohort."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from backend.words import moment_in_words
from progress import events, outbox
from progress.commands.cohort_guards import require_coordinator, require_open_cohort
from progress.models import Announcement, Cohort

MOST_IN_A_DAY = 10
A_DAY = timedelta(hours=24)


class AnnouncementIdTaken(Conflict):
    """The id belongs to something else that was said."""

    code = "announcement-id-taken"
    title = gettext_lazy("This id belongs to another announcement")


class TooManyAnnouncements(Conflict):
    """Who is told too often stops reading."""

    code = "too-many-announcements"
    title = gettext_lazy("Enough was announced to this cohort for now")


def announce(
    *,
    person: User,
    cohort: Cohort,
    announcement_id: uuid.UUID,
    audience: str,
    title: str,
    body: str,
    now: datetime,
) -> tuple[Announcement, bool]:
    """Store an announcement (`body` in Markdown) to `audience` of `cohort`; return it, and if new.

    Sending the same id again writes nothing. At most MOST_IN_A_DAY go to a cohort in 24 hours,
    withdrawn ones counted. Raises NotTheCoordinator, CohortEnded, AnnouncementIdTaken,
    TooManyAnnouncements, which has `possible_at`.
    """
    asked = Announcement(
        id=announcement_id,
        cohort=cohort,
        author=person,
        audience=audience,
        title=title,
        body=body,
        created_at=now,
    )
    with transaction.atomic():
        cohort.hold()
        require_coordinator(person, cohort)
        known = Announcement.objects.select_related("author").filter(pk=announcement_id).first()
        if known is not None:
            return _same(known, asked), False
        require_open_cohort(cohort)
        _require_room(person, cohort, now)
        made = _store(asked)
        outbox.record(
            events.Event(
                type=events.ANNOUNCEMENT_MADE,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=made.pk,
                data={"cohort": str(cohort.pk), "audience": audience},
            )
        )
    return made, True


def _same(known: Announcement, asked: Announcement) -> Announcement:
    said = ["cohort_id", "author_id", "audience"]
    if known.withdrawn_at is None:  # else its words are gone, and the rest must do
        said += ["title", "body"]
    if any(getattr(known, name) != getattr(asked, name) for name in said):
        raise AnnouncementIdTaken(_("Make a new id for a new announcement."))
    return known


def _store(announcement: Announcement) -> Announcement:
    try:
        with transaction.atomic():
            announcement.save(force_insert=True)
    except IntegrityError as exc:  # one to another cohort took the id in this moment
        raise AnnouncementIdTaken(_("Make a new id for a new announcement.")) from exc
    return announcement


def _require_room(person: User, cohort: Cohort, now: datetime) -> None:
    lately = Announcement.objects.since(cohort, now - A_DAY).order_by("-created_at", "-id")
    times = list(lately.values_list("created_at", flat=True)[:MOST_IN_A_DAY])
    if len(times) < MOST_IN_A_DAY:
        return
    possible_at = times[-1] + A_DAY
    there = possible_at.astimezone(person.zone)
    said = _(
        "%(most)s went out in the last 24 hours. The next one is possible from %(when)s on, where "
        "you are (%(zone)s)."
    )
    refusal = TooManyAnnouncements(
        said % {"most": MOST_IN_A_DAY, "when": moment_in_words(there), "zone": person.time_zone}
    )
    refusal.members = {"possible_at": possible_at.isoformat().replace("+00:00", "Z")}
    raise refusal
