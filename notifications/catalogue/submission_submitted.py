"""A learner submitted a milestone → their mentors."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.catalogue.labels import about_milestone
from notifications.models import Delivery
from notifications.policy import Audience, Drop, Send, Verdict
from progress import events
from progress.models import OutboxEvent, Submission
from progress.queries.mentors import mentors_of
from progress.states import SubmissionState


class SubmissionSubmitted(Kind):
    """Says that there is something to review."""

    name = "submission-submitted"
    occasion = gettext_lazy("A learner handed something in to you")
    audience = Audience.MENTOR
    event_type = events.SUBMISSION_SUBMITTED
    topic = "rounds"
    people = ("learner_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:
        """Return the learner's mentors, those of their cohort included, to whom it is offered.

        If nobody takes such work now, all of them: somebody has to know.
        """
        rows = Submission.objects.select_related("enrollment")
        submission = rows.get(pk=event.subject_id)
        data = about_milestone(submission)
        mentors = list(mentors_of(submission.enrollment))
        rows = Submission.objects.filter(pk=submission.pk)
        offered = [mentor for mentor in mentors if rows.offered_to(mentor, now).exists()]
        for mentor in offered or mentors:
            yield Telling(person=mentor, reason="mentor-of-learner", data=data)

    def words(self, data: Data, names: Names) -> Words:
        """Say who submitted what."""
        learner = names[data["learner_id"]]
        title = _("%(learner)s submitted “%(milestone)s”")
        if data["round"] > 1:
            title = _("%(learner)s answered on “%(milestone)s”, round %(round)s")
        return Words(
            title=title
            % {"learner": learner, "milestone": data["milestone_title"], "round": data["round"]},
            body=_("It is in your review queue."),
            reason=_("You mentor %(learner)s.") % {"learner": learner},
            url=f"/reviews/{data['submission_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the round with the learner's message."""
        submission = Submission.objects.get(pk=delivery.subject_id)
        return {"submission": submission, "evidence": list(submission.frozen_evidence.all())}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Drop it once the round no longer waits, or this person no longer mentors the learner."""
        if delivery.person is None:
            return Drop("nobody-to-tell")
        if (
            Submission.objects.reviewable_by(delivery.person)
            .filter(pk=delivery.subject_id)
            .exists()
        ):
            return Send()
        waiting = Submission.objects.filter(pk=delivery.subject_id, state=SubmissionState.WAITING)
        return Drop("no-longer-mentor" if waiting.exists() else "no-longer-waiting")
