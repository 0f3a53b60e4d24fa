"""The target date has gone by → the learner: a nudge."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.spoken import day
from notifications.catalogue.target_near import MORNING
from notifications.catalogue.timed import LearnerNudge, Looked
from notifications.looking.learner import DAY, LearnerFacts

STALE_DAYS = 28


class TargetPassed(LearnerNudge):
    """Once for each target, on the morning after; after four weeks there is no use in it."""

    name = "target-passed"
    occasion = gettext_lazy("Your target date has gone by")
    actions = ("snooze",)
    gone = "target-moved-or-reached"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due from the morning after the target on, where pauses have moved it."""
        target = facts.known.facts.target_on
        if target is None:
            return Looked()
        morning = facts.hour_of(target + DAY, MORNING)
        if facts.now < morning:
            return Looked(next_at=morning)
        slot = self.slot(
            facts,
            target.isoformat(),
            {"target_on": target.isoformat(), "percent": facts.known.measured.percent},
            reason="target-passed",
            is_stale=(facts.today - target).days > STALE_DAYS,
        )
        return Looked((slot,))

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say what was reached, and offer a new date."""
        said = {"target": day(data["target_on"]), "percent": data["percent"]}
        return Words(
            title=_("A new date for your way?"),
            body=_(
                "You have come %(percent)s %% of it, and that stays. The forecast says when you "
                "would be there at your pace; choose a date that fits your life now."
            )
            % said,
            reason=_("Your target date was %(target)s.") % said,
            url="/progress",
        )
