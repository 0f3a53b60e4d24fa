"""Changes were requested, and nothing has happened since → the learner: a nudge."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.timed import LearnerNudge, Looked, Slot, soonest
from notifications.looking.learner import LearnerFacts
from progress.queries.learner_course import Unanswered

STEPS = (timedelta(days=4), timedelta(days=10))
STALE = timedelta(days=45)


class ChangesUnanswered(LearnerNudge):
    """After four days without a sign, and once more after ten: of an answer to an item, of work on
    the milestone, or of a new round. Waiting is a duration: it counts times 24 hours, and quiet
    hours find the humane moment.
    """

    name = "changes-unanswered"
    occasion = gettext_lazy("Changes were requested, and you have not come back to them for days")
    actions = ("log-30", "snooze", "stuck")
    gone = "answered"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due for each round by itself."""
        slots: list[Slot] = []
        ahead = []
        for one in facts.course.unanswered:
            age = facts.now - one.since
            passed = [step for step in STEPS if step <= age]
            ahead += [one.since + step for step in STEPS if step > age]
            slots += [
                self._slot(facts, one, step, is_stale=step is not passed[-1] or age > STALE)
                for step in passed
            ]
        return Looked(tuple(slots), soonest(*ahead))

    def _slot(
        self, facts: LearnerFacts, one: Unanswered, step: timedelta, *, is_stale: bool
    ) -> Slot:
        return self.slot(
            facts,
            f"day-{step.days}",
            {
                "submission_id": str(one.submission_id),
                "milestone_key": one.milestone_key,
                "milestone_title": one.milestone_title,
                "round": one.round,
                "days": (facts.now - one.since).days,
            },
            reason="changes-wait",
            subject_id=one.submission_id,
            is_stale=is_stale,
        )

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say what waits; one item at a time."""
        said = {"milestone": data["milestone_title"], "days": data["days"]}
        return Words(
            title=_("“%(milestone)s” is nearly there") % said,
            body=_(
                "Your mentor wrote what is missing, item by item. Take the smallest first; if one "
                "is not clear, ask."
            ),
            reason=ngettext(
                "Changes were requested, and nothing has moved for %(days)s day.",
                "Changes were requested, and nothing has moved for %(days)s days.",
                data["days"],
            )
            % said,
            url=f"/milestones/{data['milestone_key']}",
        )
