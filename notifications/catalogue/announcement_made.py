"""A coordinator announced something → those in the cohort whom it is for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.models import Announcement, OutboxEvent


class AnnouncementMade(Kind):
    """Brings the words by mail; the inbox has the title, until it is taken back."""

    name = "announcement-made"
    occasion = gettext_lazy("Something is announced to a cohort of yours")
    event_type = events.ANNOUNCEMENT_MADE
    taken_back_by = events.ANNOUNCEMENT_WITHDRAWN
    labels_taken_back = ("title",)
    people = ("author_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return whom it is for, each once, but who wrote it (three queries).

        Its row is locked: who withdraws it now finds the inbox rows, so that their titles go, too.
        """
        rows = Announcement.objects.select_for_update(no_key=True).filter(pk=event.subject_id)
        announcement: Announcement | None = rows.filter(withdrawn_at=None).first()
        if announcement is None:
            return
        data = {
            "announcement_id": str(announcement.pk),
            "author_id": str(announcement.author_id),
            "cohort_id": str(announcement.cohort_id),
            "cohort_name": announcement.cohort.name,
            "title": announcement.title,
        }
        there = announcement.addressees().exclude(person=announcement.author_id)
        people = User.objects.filter(pk__in=there.values("person"), is_active=True)
        for person in people.order_by("pk"):
            yield Telling(person=person, reason="in-cohort", data=data)

    def words(self, data: Data, names: Names) -> Words:
        """Say who announced what."""
        said = {"author": names[data["author_id"]], "cohort": data["cohort_name"]}
        taken_back = "title" not in data
        return Words(
            title=_("%(author)s took an announcement back") % said if taken_back else data["title"],
            body=_("It was for %(cohort)s.") % said
            if taken_back
            else _("%(author)s wrote this to %(cohort)s.") % said,
            reason=_("You are in %(cohort)s.") % said,
            url=f"/cohorts/{data['cohort_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the announcement."""
        return {"announcement": Announcement.objects.get(pk=delivery.subject_id)}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Drop it if it was taken back, its cohort has ended, or the person is not there now."""
        announcement = Announcement.objects.select_related("cohort").get(pk=delivery.subject_id)
        if announcement.withdrawn_at is not None:
            return Drop("taken-back")
        if announcement.cohort.ended_at is not None:
            return Drop("cohort-ended")
        if not announcement.addressees().filter(person=delivery.person_id).exists():
            return Drop("no-longer-member")
        return Send()
