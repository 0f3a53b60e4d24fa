"""A round waited too long and was handed to a mentor → them, who had it before, and who waits."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.catalogue.labels import about_milestone
from notifications.catalogue.review_waiting import OVERTAKEN, ReviewWaiting, period_of
from notifications.models import Delivery, Notification
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.ladder import Step
from progress.models import HandOver, Mentorship, OutboxEvent, ReviewDraft, Submission
from progress.queries.mentors import mentors_of
from progress.queries.open_matters import handed_over, open_matters


class SubmissionHandedOver(Kind):
    """Caused by the clock, so it keeps to quiet hours like a nudge; the queue shows it at once.

    It is asked of somebody, not a reminder: the weekly cap does not drop it.
    """

    name = "submission-handed-over"
    occasion = gettext_lazy("A review that waited too long is handed to a mentor")
    event_type = events.SUBMISSION_HANDED_OVER
    is_nudge = True
    is_counted = False
    people = ("learner_id", "mentor_id")

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the mentor, those who had begun or mentor the learner themself, and the learner.

        What says it to the mentor keeps which reminders they never got, and why.
        """
        rows = Submission.objects.select_related("enrollment__learner")
        submission = rows.get(pk=event.subject_id)
        data = about_milestone(submission) | {
            "mentor_id": event.data["mentor"],
            "days": event.data["days"],
        }
        taker = User.objects.get(pk=event.data["mentor"])
        skipped = _never_told(taker, submission)
        yield Telling(
            person=taker,
            reason="handed-to-you",
            data={**data, "to": "mentor", **({"skipped": skipped} if skipped else {})},
        )
        began = set(ReviewDraft.objects.filter(submission=submission).values_list("mentor"))
        for person in _before(submission).exclude(pk=taker.pk):
            drafted = (person.pk,) in began
            yield Telling(
                person=person,
                reason="had-begun" if drafted else "mentor-of-learner",
                data={**data, "to": "before", "drafted": drafted},
            )
        yield Telling(
            person=submission.enrollment.learner,
            reason="submitted-it",
            data={**data, "to": "learner"},
        )

    def words(self, data: Data, names: Names) -> Words:
        """Say whose it is now, since when somebody waits, and what becomes of what was begun."""
        said = {
            "mentor": names[data["mentor_id"]],
            "learner": names[data["learner_id"]],
            "milestone": data["milestone_title"],
            "days": data["days"],
        }
        url = f"/reviews/{data['submission_id']}"
        if data["to"] == "mentor":
            title = _("%(learner)s’s “%(milestone)s” was handed to you")
            body = _("Nobody has answered it in %(days)s days, so it is yours to answer now.")
            reason = _("You may review %(learner)s’s work, and you have room for it.")
        elif data["to"] == "before":
            title = _("%(learner)s’s “%(milestone)s” was handed to %(mentor)s")
            body = _("It had waited %(days)s days. You can still answer it, or leave it to them.")
            reason = _("You mentor %(learner)s.")
            if data["drafted"]:
                body = _(
                    "It had waited %(days)s days. Your draft stays yours: finish it, or hand it "
                    "over as a comment."
                )
                reason = _("You had begun to review it.")
        else:
            title = _("%(mentor)s is asked to review “%(milestone)s”")
            body = _("It has waited %(days)s days, which is too long. It keeps its place in line.")
            reason = _("You submitted this milestone for review.")
            url = f"/milestones/{data['milestone_key']}"
        return Words(title=title % said, body=body % said, reason=reason % said, url=url)

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:
        """Add, for who takes it over, what is open."""
        if data["to"] != "mentor":
            return {}
        rows = Submission.objects.select_related("enrollment__learner")
        submission = rows.get(pk=delivery.subject_id)
        matters, made = open_matters(submission), handed_over(submission)
        said = made is not None and (made.begun_by or made.last_word)
        return {
            "submission": submission,
            "matters": matters,
            "hand_over": made,
            "something_open": bool(matters.pending or matters.earlier_rounds or said),
        }

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once the round is settled, is another's again, or somebody is at work on it."""
        if delivery.person is None:
            return Drop("nobody-to-tell")
        data = self.data_of(delivery)
        submission = Submission.objects.waiting().filter(pk=delivery.subject_id).first()
        if submission is None:
            return Drop("no-longer-waiting")
        made = HandOver.objects.made().filter(submission=submission, mentor=data["mentor_id"])
        if not made.exists():
            return Drop("no-longer-theirs")
        if submission.holder_at(now) is not None:
            return Drop("taken-care-of")
        mine = Submission.objects.reviewable_by(delivery.person)
        if data["to"] != "learner" and not mine.filter(pk=submission.pk).exists():
            return Drop("no-longer-mentor")
        return Send()


def _before(submission: Submission) -> Any:
    """Who of the mentors had it before: began a review, held it last, or mentors the learner."""
    drafts = ReviewDraft.objects.filter(submission=submission)
    own = Mentorship.objects.active().filter(learner=submission.enrollment.learner_id)
    had = Q(pk__in=drafts.values("mentor")) | Q(pk__in=own.values("mentor"))
    return mentors_of(submission.enrollment).filter(had | Q(pk=submission.claimed_by_id))


def _never_told(mentor: User, submission: Submission) -> dict[str, str]:
    """Return the steps that were not told to `mentor` before this one, and why."""
    keys = {
        step.value: f"{ReviewWaiting.name}:{submission.pk}:{period_of(step)}"
        for step in (Step.REMIND, Step.OFFER)
    }
    told = Notification.objects.filter(person=mentor, key__in=keys.values())
    known = set(told.values_list("key", flat=True))
    return {step: OVERTAKEN for step, key in keys.items() if key not in known}
