"""A submission waits still, though it was handed over → who runs the cohort: a nudge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Words
from notifications.models import Delivery
from notifications.policy import Audience, Defer, Drop, Send, Verdict
from progress.models import HandOver, Submission
from progress.queries.mentors import coordinators_of
from progress.states import SubmissionState


class ReviewLate(Kind):
    """The last step of the ladder: says why nobody answers, and what helps."""

    name = "review-late"
    occasion = gettext_lazy(
        "A learner of your cohort waits for a review, though it was handed over"
    )
    audience = Audience.COORDINATOR
    is_nudge = True
    people = ("learner_id", "mentor_id")

    def words(self, data: Data, names: Names) -> Words:
        """Say who waits, what was tried, and the one thing to do."""
        said = {
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
            "days": data["days"],
            "mentor": names[data["mentor_id"]] if data.get("mentor_id") else "",
        }
        body = _("No mentor had room to take “%(milestone)s” over. See who could, and ask them.")
        if said["mentor"]:
            body = _("“%(milestone)s” was handed to %(mentor)s, who has not answered. Ask them.")
        return Words(
            title=_("%(learner)s has waited %(days)s days for a review") % said,
            body=body % said,
            reason=_("You coordinate %(learner)s’s cohort, and its mentors were reminded.") % said,
            url=f"/cohorts/{data['cohort_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the round that waits."""
        return {"submission": Submission.objects.get(pk=delivery.subject_id)}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it is settled, or its learner is another's; put it off while claimed.

        Also once another mentor has it than the mail would name.
        """
        rows = Submission.objects.select_related("enrollment__learner")
        submission = rows.filter(pk=delivery.subject_id, state=SubmissionState.WAITING).first()
        if submission is None:
            return Drop("no-longer-waiting")
        if delivery.person not in coordinators_of(submission.enrollment):
            return Drop("no-longer-coordinator")
        told = self.data_of(delivery).get("mentor_id")
        made = HandOver.objects.made().filter(submission=submission)
        if told != next((str(pk) for pk in made.values_list("mentor", flat=True)), None):
            return Drop("handed-over")
        if submission.claim_expires_at and submission.claim_expires_at > now:
            return Defer(submission.claim_expires_at)
        return Send()
