"""A second opinion is asked for → the learner's other mentors."""

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
from progress.models import OutboxEvent, SecondOpinion, Submission
from progress.queries.mentors import other_mentors


class SecondOpinionAsked(Kind):
    """Says that a judgement is wanted. Not who asked, nor what was decided: it is blind."""

    name = "second-opinion-asked"
    occasion = gettext_lazy("A second opinion is asked for that you could give")
    audience = Audience.MENTOR
    event_type = events.SECOND_OPINION_ASKED
    people = ("learner_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:
        """Return the mentors who may give it and whose terms it fits; if it fits none, all."""
        rows = SecondOpinion.objects.select_related("submission__enrollment")
        opinion = rows.get(pk=event.subject_id)
        submission = opinion.submission
        data = about_milestone(submission)
        mentors = list(other_mentors(submission.enrollment, than=submission.decided_by_id))
        rows = SecondOpinion.objects.filter(pk=opinion.pk)
        offered = [mentor for mentor in mentors if rows.offered_to(mentor, now).exists()]
        for mentor in offered or mentors:
            yield Telling(person=mentor, reason="mentor-of-learner", data=data)

    def words(self, data: Data, names: Names) -> Words:
        """Say what is wanted of whom."""
        said = {"learner": names[data["learner_id"]], "milestone": data["milestone_title"]}
        return Words(
            title=_("A second opinion is asked for on “%(milestone)s” by %(learner)s") % said,
            body=_(
                "Another mentor has decided it. Judge it by yourself: you see the first decision "
                "once you have given yours."
            ),
            reason=_("You mentor %(learner)s.") % said,
            url=f"/reviews/{data['submission_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the round as the learner handed it in."""
        return {"submission": Submission.objects.get(pk=data["submission_id"])}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it is given or taken back, somebody else has it, or they mentor no more."""
        if delivery.person is None:
            return Drop("nobody-to-tell")
        opinion = SecondOpinion.objects.waiting().filter(pk=delivery.subject_id).first()
        if opinion is None:
            return Drop("no-longer-waiting")
        if opinion.holder_at(now) not in {None, delivery.person.pk}:
            return Drop("taken-care-of")
        if not SecondOpinion.objects.reviewable_by(delivery.person).filter(pk=opinion.pk).exists():
            return Drop("no-longer-mentor")
        return Send()
