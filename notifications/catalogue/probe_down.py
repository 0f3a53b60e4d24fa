"""A deployment has not answered for a day → the learner: a nudge."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.timed import LearnerNudge, Looked, soonest
from notifications.looking.learner import LearnerFacts

PATIENCE = timedelta(days=1)
STALE = timedelta(days=14)


class ProbeDown(LearnerNudge):
    """Once for each time it goes down; nothing if it is up again by then."""

    name = "probe-down"
    occasion = gettext_lazy("Your deployment has not answered for a day")
    actions = ("snooze", "stuck")
    gone = "up-again"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due once it has been down for 24 hours."""
        slots = [
            self.slot(
                facts,
                one.since.isoformat(timespec="seconds"),
                {
                    "probe_id": str(one.probe_id),
                    "milestone_key": one.milestone_key,
                    "milestone_title": one.milestone_title,
                },
                reason="does-not-answer",
                subject_id=one.probe_id,
                is_stale=facts.now - one.since > STALE,
            )
            for one in facts.course.down
            if facts.now - one.since >= PATIENCE
        ]
        ahead = [one.since + PATIENCE for one in facts.course.down]
        return Looked(tuple(slots), soonest(*(at for at in ahead if at > facts.now)))

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say which one, and that nothing is lost."""
        return Words(
            title=_("“%(milestone)s” does not answer") % {"milestone": data["milestone_title"]},
            body=_(
                "We ask it every hour, and it has been down for a day. Days on which it was up "
                "still count."
            ),
            reason=_("You gave us its health URL to ask."),
            url=f"/milestones/{data['milestone_key']}",
        )
