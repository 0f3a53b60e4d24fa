"""A mentor waived a milestone, or revoked its approval → the learner."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Audience
from progress import events
from progress.compiled import milestone_of
from progress.models import OutboxEvent, Ruling


class _RulingMade(Kind):
    """What both say: what the mentor did, and why, in the mentor's words."""

    must_arrive = True
    people = ("mentor_id",)
    reason: ClassVar[str]

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the learner."""
        rows = Ruling.objects.select_related("enrollment__learner")
        ruling = rows.get(pk=event.subject_id)
        milestone = milestone_of(ruling.enrollment, ruling.milestone_key)
        data = {
            "mentor_id": str(ruling.mentor_id),
            "milestone_key": milestone.key,
            "milestone_title": milestone.title,
        }
        yield Telling(person=ruling.enrollment.learner, reason="own-milestone", data=data)

    def said(self, title: str, body: str, data: Data, names: Names) -> Words:
        """Fill in who, what and where."""
        about = {"mentor": names[data["mentor_id"]], "milestone": data["milestone_title"]}
        return Words(
            title=title % about,
            body=body % about,
            reason=_("It is your milestone."),
            url=f"/milestones/{data['milestone_key']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the ruling, which never changes."""
        return {"ruling": Ruling.objects.get(pk=delivery.subject_id)}


class MilestoneWaived(_RulingMade):
    """Says that a milestone counts without a review."""

    name = "milestone-waived"
    occasion = gettext_lazy("A mentor waives a milestone of yours")
    audience = Audience.LEARNER
    event_type = events.MILESTONE_WAIVED

    def words(self, data: Data, names: Names) -> Words:
        """Say who waived what, and what it means."""
        title = _("%(mentor)s waived “%(milestone)s” for you")
        body = _("It counts as complete for what you knew before. There is nothing to hand in.")
        return self.said(title, body, data, names)


class MilestoneRevoked(_RulingMade):
    """Says that an approval no longer holds, and what can be done."""

    name = "milestone-revoked"
    occasion = gettext_lazy("A mentor takes an approval of yours back")
    audience = Audience.LEARNER
    event_type = events.MILESTONE_REVOKED

    def words(self, data: Data, names: Names) -> Words:
        """Say who took what back, and how it goes on."""
        title = _("%(mentor)s took back the approval of “%(milestone)s”")
        body = _("It no longer counts as complete. You can hand it in again when you are ready.")
        return self.said(title, body, data, names)
