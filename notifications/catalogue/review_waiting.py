"""A round or a second opinion has waited for days → who of the mentors may decide it: a nudge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Words
from notifications.catalogue.waiting import context_of, put_off_while_held, rows_of
from notifications.models import Delivery, Notification
from notifications.policy import Audience, Drop, Verdict
from progress.ladder import LADDER, Step
from progress.models import HandOver

OVERTAKEN = "overtaken"
"""Why a step was left out: the next one was due as well."""


def period_of(step: Step) -> str:
    """Return the period that a step's slot is of."""
    return f"day-{LADDER[step]}"


class ReviewWaiting(Kind):
    """Reminds a mentor of somebody who waits. Who is due is in `notifications/nudges`.

    Of a second opinion it says nothing that tells the first: not who asked, nor what was decided.
    """

    name = "review-waiting"
    occasion = gettext_lazy("A review or a second opinion has waited for you for days")
    audience = Audience.MENTOR
    is_nudge = True
    topic = "rounds"
    actions = ("snooze",)
    people = ("learner_id",)

    def words(self, data: Data, names: Names) -> Words:
        """Say who waits, for what, for how long; and why somebody who reviews other work is told.

        What was told before the second step was there has no `step` and no `unusual`.
        """
        said = {
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
            "days": data["days"],
        }
        if data.get("unusual"):
            reason = _(
                "You may review %(learner)s’s work. It is not what you usually take, and it is "
                "offered to everybody after %(days)s days."
            )
        else:
            reason = _("You mentor %(learner)s, and nobody has answered this in %(days)s days.")
        offered = data.get("step") == Step.OFFER
        if data.get("opinion_id"):
            title = _("A second opinion has waited %(days)s days: “%(milestone)s” by %(learner)s")
            body = _(
                "Another mentor has decided it. Judge it by yourself: you see the first decision "
                "once you have given yours."
            )
            if offered:
                body = _(
                    "It is offered to all who may give it now. Judge it by yourself: you see the "
                    "first decision once you have given yours."
                )
        else:
            title = _("%(learner)s has waited %(days)s days for a review")
            body = _("“%(milestone)s”: one answer from you, and they can go on.")
            if offered:
                body = _(
                    "“%(milestone)s” is offered to all who may review it now. One answer, and they "
                    "can go on."
                )
        return Words(
            title=title % said,
            body=body % said,
            reason=reason % said,
            url=f"/reviews/{data['submission_id']}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add what waits: the round, and the question about it if it is a second opinion."""
        return context_of(data)

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it is settled, another's, or the mentor is away; put it off while claimed.

        A later step that was told to the same mentor takes the place of an earlier one.
        """
        if delivery.person is None:
            return Drop("nobody-to-tell")
        rows = rows_of(self.data_of(delivery)).filter(pk=delivery.subject_id)
        waiting = rows.waiting().first()
        if waiting is None:
            return Drop("no-longer-waiting")
        untrue = _untrue(delivery, rows, delivery.person, now)
        return Drop(untrue) if untrue else put_off_while_held(waiting, now)


def _untrue(delivery: Delivery, rows: Any, mentor: User, now: datetime) -> str:
    """Return why a mentor is not to be told of what waits, in `rows`; "" if they are."""
    if not rows.reviewable_by(mentor).exists():
        return "no-longer-mentor"
    if HandOver.objects.made().filter(submission=delivery.subject_id).exists():
        return "handed-over"
    if _overtaken(delivery):
        return OVERTAKEN
    return "" if rows.offered_to(mentor, now).exists() else "not-offered-now"


def _overtaken(delivery: Delivery) -> bool:
    """Whether the same mentor was told of the second step since."""
    told = delivery.notification
    if told is None or told.data.get("step") == Step.OFFER:
        return False
    later = f"{told.kind}:{told.subject_id}:{period_of(Step.OFFER)}"
    return bool(Notification.objects.filter(person=told.person_id, key=later).exists())
