"""Somebody ended a mentorship → the other one."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from progress import events
from progress.models import Mentorship, OutboxEvent


class MentorshipEnded(Kind):
    """Says what stays, and what to do."""

    name = "mentorship-ended"
    occasion = gettext_lazy("A mentorship of yours ended")
    event_type = events.MENTORSHIP_ENDED
    people = ("mentor_id", "learner_id")

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return those of the two who did not end it."""
        row = Mentorship.objects.select_related("mentor", "learner").get(pk=event.subject_id)
        data = {"mentor_id": str(row.mentor_id), "learner_id": str(row.learner_id)}
        for part, person in (("learner", row.learner), ("mentor", row.mentor)):
            if person.pk != event.actor_id:
                yield Telling(person=person, reason="in-mentorship", data={**data, "part": part})

    def words(self, data: Data, names: Names) -> Words:
        """Say who is no longer there for whom."""
        if data["part"] == "learner":
            said = {"other": names[data["mentor_id"]]}
            title = _("%(other)s no longer mentors you")
            body = _("Decisions stay, and what waits keeps its place. Invite another mentor.")
            reason = _("%(other)s was your mentor.")
            url = "/profile"
        else:
            said = {"other": names[data["learner_id"]]}
            title = _("You no longer mentor %(other)s")
            body = _("What you held of their work is back in the queue. Thank you for your time.")
            reason = _("You mentored %(other)s.")
            url = "/learners"
        return Words(title=title % said, body=body % said, reason=reason % said, url=url)
