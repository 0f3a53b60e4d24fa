"""A submission has waited for days → the learner's mentors: a nudge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Words
from notifications.models import Delivery
from notifications.policy import Audience, Defer, Drop, Send, Verdict
from progress.models import Submission
from progress.states import SubmissionState


class ReviewWaiting(Kind):
    """Reminds a mentor of somebody who waits. Who is due is in `notifications/nudges`."""

    name = "review-waiting"
    occasion = gettext_lazy("A learner has waited for your review for days")
    audience = Audience.MENTOR
    is_nudge = True
    people = ("learner_id",)

    def words(self, data: Data, names: Names) -> Words:
        """Say who waits, for what, for how long."""
        said = {
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
            "days": data["days"],
        }
        return Words(
            title=_("%(learner)s has waited %(days)s days for a review") % said,
            body=_("“%(milestone)s”: one answer from you, and they can go on.") % said,
            reason=_("You mentor %(learner)s, and nobody has answered this in %(days)s days.")
            % said,
            url=f"/reviews/{data['submission_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the round that waits."""
        return {"submission": Submission.objects.get(pk=delivery.subject_id)}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it is settled, or the mentor is away; put it off while it is claimed."""
        if delivery.person is None:
            return Drop("nobody-to-tell")
        rows = Submission.objects.filter(pk=delivery.subject_id, state=SubmissionState.WAITING)
        submission = rows.first()
        if submission is None:
            return Drop("no-longer-waiting")
        if not Submission.objects.reviewable_by(delivery.person).filter(pk=submission.pk).exists():
            return Drop("no-longer-mentor")
        offered = Submission.objects.offered_to(delivery.person, now)
        if not offered.filter(pk=submission.pk).exists():
            return Drop("not-offered-now")
        if submission.claim_expires_at and submission.claim_expires_at > now:
            return Defer(submission.claim_expires_at)
        return Send()
