"""A second mentor decided → the learner, and the mentor who decided first."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.catalogue.labels import about_milestone
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.models import OutboxEvent, SecondOpinion, Submission
from progress.states import SecondOpinionState


class SecondOpinionGiven(Kind):
    """Says what the second mentor decided, and which of two decisions counts."""

    name = "second-opinion-given"
    occasion = gettext_lazy("A second opinion is given that concerns you")
    event_type = events.SECOND_OPINION_GIVEN
    must_arrive = True
    people = ("mentor_id", "learner_id")

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the two sides of the first decision."""
        rows = SecondOpinion.objects.select_related(
            "submission__enrollment__learner", "submission__decided_by"
        )
        opinion = rows.get(pk=event.subject_id)
        submission = opinion.submission
        data = about_milestone(submission) | {
            "mentor_id": str(opinion.decided_by_id),
            "outcome": opinion.state,
            "agrees": opinion.agrees,
            "counts": opinion.counts,
        }
        learner = submission.enrollment.learner
        yield Telling(person=learner, reason="submitted-it", data={**data, "to": "learner"})
        first = submission.decided_by
        yield Telling(person=first, reason="decided-it", data={**data, "to": "mentor"})

    def words(self, data: Data, names: Names) -> Words:
        """Say who decided what, and what the milestone goes by."""
        approved = data["outcome"] == SecondOpinionState.APPROVED
        said = {
            "mentor": names[data["mentor_id"]],
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
        }
        title = {
            (True, True): _("Second opinion: %(mentor)s approves “%(milestone)s”, too"),
            (False, True): _("Second opinion: %(mentor)s asks for changes on “%(milestone)s”, too"),
            (True, False): _("Second opinion: %(mentor)s approves “%(milestone)s”"),
            (False, False): _(
                "Second opinion: %(mentor)s would ask for changes on “%(milestone)s”"
            ),
        }[approved, data["agrees"]]
        to_learner = data["to"] == "learner"
        reason = (
            _("You submitted this milestone for review.")
            if to_learner
            else _("You decided on “%(milestone)s” by %(learner)s.")
        )
        key, submission = data["milestone_key"], data["submission_id"]
        return Words(
            title=title % said,
            body=_what_counts(approved=approved, agrees=data["agrees"], counts=data["counts"]),
            reason=reason % said,
            url=f"/milestones/{key}" if to_learner else f"/reviews/{submission}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:
        """Add the opinion, which never changes."""
        opinion = SecondOpinion.objects.get(pk=delivery.subject_id)
        return {"opinion": opinion, "approved": data["outcome"] == SecondOpinionState.APPROVED}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:  # noqa: ARG002
        """Drop it for who can no longer see the learner's work."""
        if delivery.person is None or delivery.notification is None:
            return Drop("nobody-to-tell")
        seen = Submission.objects.visible_to(delivery.person)
        if not seen.filter(pk=delivery.notification.data["submission_id"]).exists():
            return Drop("no-longer-mentor")
        return Send()


def _what_counts(*, approved: bool, agrees: bool, counts: bool) -> str:
    if counts:
        return _("The approval counts: the milestone is verified. Both decisions stand beside it.")
    if agrees:
        return _("Two mentors have come to the same decision, each by themselves.")
    if approved:
        return _("Both decisions stand side by side.")
    return _("The approval stays. Both decisions stand side by side.")
