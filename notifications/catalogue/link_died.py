"""A link that is evidence leads nowhere any more → the learner."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Audience, Drop, Send, Verdict
from progress import events
from progress.models import Evidence, LinkCheck, OutboxEvent


class LinkDied(Kind):
    """Says which link it is; not urgent, so it goes out at most once."""

    name = "link-died"
    occasion = gettext_lazy("A link of your evidence leads nowhere any more")
    audience = Audience.LEARNER
    event_type = events.EVIDENCE_LINK_DIED
    is_nudge = True

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the learner, unless the link was taken away since."""
        rows = Evidence.objects.present().select_related("enrollment__learner")
        evidence = rows.filter(pk=event.subject_id).first()
        if evidence is None:
            return
        data = {
            "evidence_id": str(evidence.pk),
            "enrollment_id": str(evidence.enrollment_id),
            "milestone_key": event.data["milestone"],
            "link_title": evidence.title,
        }
        yield Telling(person=evidence.enrollment.learner, reason="added-it", data=data)

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say which link, and what helps."""
        return Words(
            title=_("“%(link)s” leads nowhere any more") % {"link": data["link_title"]},
            body=_(
                "We looked several times, on different days. Put it back up, or put another link "
                "in its place; what you have submitted keeps its snapshot."
            ),
            reason=_("You added this link as evidence."),
            url=f"/milestones/{data['milestone_key']}",
        )

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Drop it if the link answers again, or is gone from the list."""
        dead = LinkCheck.objects.filter(evidence=delivery.subject_id, dead_since__isnull=False)
        if dead.filter(evidence__removed_at=None).exists():
            return Send()
        return Drop("answers-again")
