"""A mentor who held a round may no longer review it → who waits, and who runs the cohort."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.catalogue.labels import about_milestone
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.models import OutboxEvent, Submission
from progress.queries.mentors import coordinators_of


class SubmissionHandedBack(Kind):
    """Says that the work is back in the queue, and that nothing of it is lost."""

    name = "submission-handed-back"
    occasion = gettext_lazy("A mentor can’t go on with a review")
    event_type = events.SUBMISSION_HANDED_BACK
    topic = "rounds"
    people = ("learner_id", "mentor_id")

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the learner and their coordinators, but for who caused it."""
        rows = Submission.objects.select_related("enrollment__learner")
        submission = rows.get(pk=event.subject_id)
        data = about_milestone(submission) | {"mentor_id": event.data["mentor"]}
        learner = submission.enrollment.learner
        if learner.pk != event.actor_id:
            yield Telling(person=learner, reason="submitted-it", data={**data, "to": "learner"})
        for person in coordinators_of(submission.enrollment):
            if person.pk != event.actor_id:
                yield Telling(
                    person=person, reason="coordinates", data={**data, "to": "coordinator"}
                )

    def words(self, data: Data, names: Names) -> Words:
        """Say who handed back what, and how it goes on."""
        said = {
            "mentor": names[data["mentor_id"]],
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
        }
        if data["to"] == "learner":
            title = _("“%(milestone)s” is back in the queue")
            body = _("%(mentor)s can't review it any more. It keeps its place in line.")
            reason = _("You submitted this milestone for review.")
            url = f"/milestones/{data['milestone_key']}"
        else:
            title = _("%(learner)s’s “%(milestone)s” needs another mentor")
            body = _("%(mentor)s had begun and can't review it any more. It waits in the queue.")
            reason = _("You coordinate %(learner)s’s cohort.")
            url = f"/reviews/{data['submission_id']}"
        return Words(title=title % said, body=body % said, reason=reason % said, url=url)

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once somebody took it again, or it no longer waits."""
        row = Submission.objects.waiting().filter(pk=delivery.subject_id).first()
        if row is None or row.holder_at(now) is not None:
            return Drop("taken-care-of")
        return Send()
