"""An invitation was accepted → whoever sent it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.models import Mentorship, OutboxEvent


class MentorshipStarted(Kind):
    """Says that the other one accepted, and what can be done now."""

    name = "mentorship-started"
    occasion = gettext_lazy("A mentorship of yours began")
    event_type = events.MENTORSHIP_STARTED
    people = ("mentor_id", "learner_id")

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the one of the two who did not accept, and so had sent the invitation."""
        mentorship = Mentorship.objects.select_related("mentor", "learner").get(pk=event.subject_id)
        part = "learner" if event.actor_id == mentorship.mentor_id else "mentor"
        data = {
            "mentor_id": str(mentorship.mentor_id),
            "learner_id": str(mentorship.learner_id),
            "part": part,
        }
        inviter = mentorship.learner if part == "learner" else mentorship.mentor
        yield Telling(person=inviter, reason="sent-the-invitation", data=data)

    def words(self, data: Data, names: Names) -> Words:
        """Say who accepted."""
        if data["part"] == "learner":
            other = names[data["mentor_id"]]
            title = _("%(other)s is your mentor now")
            body = _("Submit a milestone, and %(other)s can review it.")
            url = "/map"
        else:
            other = names[data["learner_id"]]
            title = _("%(other)s is your learner now")
            body = _("You can see how far %(other)s has come, and review what they submit.")
            url = f"/learners/{data['learner_id']}"
        reason = _("You invited %(other)s.")
        said = {"other": other}
        return Words(title=title % said, body=body % said, reason=reason % said, url=url)

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Drop it once the mentorship has ended."""
        if Mentorship.objects.active().filter(pk=delivery.subject_id).exists():
            return Send()
        return Drop("mentorship-ended")
