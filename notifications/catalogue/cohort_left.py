"""Somebody left a cohort, or was taken out → its coordinators, or that person."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from progress import events
from progress.models import CohortMember, OutboxEvent
from progress.models.cohort import CohortPart


class CohortLeft(Kind):
    """Says who is gone: a coordinator then sees who is left to review."""

    name = "cohort-left"
    occasion = gettext_lazy("Somebody left your cohort, or you were taken out of one")
    event_type = events.COHORT_LEFT
    people = ("person_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return who was taken out by another; of who went themself, the coordinators."""
        row = CohortMember.objects.select_related("person", "cohort").get(pk=event.subject_id)
        data = {
            "person_id": str(row.person_id),
            "cohort_id": str(row.cohort_id),
            "cohort_name": row.cohort.name,
            "part": row.part,
        }
        if event.actor_id != row.person_id:
            yield Telling(person=row.person, reason="was-member", data={**data, "to": "member"})
            return
        running = CohortMember.objects.present().filter(
            cohort=row.cohort, part=CohortPart.COORDINATOR
        )
        people = User.objects.filter(pk__in=running.values("person"), is_active=True)
        for person in people.exclude(pk=row.person_id).order_by("pk"):
            yield Telling(person=person, reason="coordinates", data={**data, "to": "coordinator"})

    def words(self, data: Data, names: Names) -> Words:
        """Say who is no longer in which cohort."""
        said = {"person": names[data["person_id"]], "cohort": data["cohort_name"]}
        if data["to"] == "member":
            title = _("You are no longer in %(cohort)s")
            body = _("Your own way, your log and your decisions stay yours.")
            reason = _("A coordinator of %(cohort)s took you out.")
            return Words(title=title % said, body=body, reason=reason % said, url="/cohorts")
        title = {
            "learner": _("%(person)s left %(cohort)s"),
            "mentor": _("%(person)s no longer mentors in %(cohort)s"),
            "coordinator": _("%(person)s no longer coordinates %(cohort)s"),
        }[data["part"]]
        return Words(
            title=title % said,
            body=_("What they had begun to review is back in the queue.")
            if data["part"] == "mentor"
            else "",
            reason=_("You coordinate %(cohort)s.") % said,
            url=f"/cohorts/{data['cohort_id']}",
        )
