"""A round or a second opinion waits still, whatever was tried → who runs the cohort: a nudge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Kind, Names, Words
from notifications.catalogue.waiting import context_of, put_off_while_held, rows_of
from notifications.models import Delivery
from notifications.policy import Audience, Drop, Verdict
from progress.models import HandOver
from progress.queries.mentors import coordinators_of


class ReviewLate(Kind):
    """The last step of the ladder: says why nobody answers, and what helps."""

    name = "review-late"
    occasion = gettext_lazy(
        "A review or a second opinion in your cohort is late, whatever was tried"
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
        title = _("%(learner)s has waited %(days)s days for a review")
        reason = _("You coordinate %(learner)s’s cohort, and its mentors were reminded.")
        if data.get("opinion_id"):
            title = _("A second opinion has waited %(days)s days: “%(milestone)s” by %(learner)s")
            body = _(
                "“%(milestone)s” was offered to all who may give one, and nobody has. See who "
                "could, and ask them."
            )
            if not data["anybody"]:
                reason = _("You coordinate %(learner)s’s cohort.")
                body = _(
                    "Nobody is left who may give one on “%(milestone)s”. Find them another mentor."
                )
        elif said["mentor"]:
            body = _("“%(milestone)s” was handed to %(mentor)s, who has not answered. Ask them.")
        else:
            body = _(
                "No mentor had room to take “%(milestone)s” over. See who could, and ask them."
            )
        return Words(
            title=title % said,
            body=body % said,
            reason=reason % said,
            url=f"/cohorts/{data['cohort_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add what waits: the round, and the question about it if it is a second opinion."""
        return context_of(data)

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it is settled, or its learner is another's; put it off while claimed.

        Also once another mentor has it than the mail would name.
        """
        data = self.data_of(delivery)
        rows = rows_of(data).waiting().select_related("enrollment__learner")
        waiting = rows.filter(pk=delivery.subject_id).first()
        if waiting is None:
            return Drop("no-longer-waiting")
        if delivery.person not in coordinators_of(waiting.enrollment):
            return Drop("no-longer-coordinator")
        told = data.get("mentor_id")
        made = HandOver.objects.made().filter(submission=delivery.subject_id)
        if told != next((str(pk) for pk in made.values_list("mentor", flat=True)), None):
            return Drop("handed-over")
        return put_off_while_held(waiting, now)
