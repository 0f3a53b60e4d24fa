"""A mentor decided on a submission → the learner."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.catalogue.labels import about_milestone
from notifications.models import Delivery
from notifications.policy import Audience
from progress import events
from progress.models import OutboxEvent, Submission
from progress.states import SubmissionState


class SubmissionDecided(Kind):
    """Says what the mentor decided; the mail carries the feedback."""

    name = "submission-decided"
    occasion = gettext_lazy("A mentor decided on what you handed in")
    audience = Audience.LEARNER
    event_type = events.SUBMISSION_DECIDED
    must_arrive = True
    topic = "rounds"
    people = ("mentor_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the learner."""
        rows = Submission.objects.select_related("enrollment__learner")
        submission = rows.get(pk=event.subject_id)
        data = about_milestone(submission) | {
            "mentor_id": str(submission.decided_by_id),
            "outcome": submission.state,
        }
        yield Telling(person=submission.enrollment.learner, reason="submitted-it", data=data)

    def words(self, data: Data, names: Names) -> Words:
        """Say who decided what."""
        approved = data["outcome"] == SubmissionState.APPROVED
        title = (
            _("%(mentor)s approved “%(milestone)s”")
            if approved
            else _("%(mentor)s asks for changes on “%(milestone)s”")
        )
        body = (
            _("The milestone is verified. Read the feedback and see what comes next.")
            if approved
            else _("Read the feedback, then answer with another round.")
        )
        return Words(
            title=title
            % {"mentor": names[data["mentor_id"]], "milestone": data["milestone_title"]},
            body=body,
            reason=_("You submitted this milestone for review."),
            url=f"/milestones/{data['milestone_key']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:
        """Add the decided round, which never changes."""
        return {
            "submission": Submission.objects.get(pk=delivery.subject_id),
            "approved": data["outcome"] == SubmissionState.APPROVED,
        }
