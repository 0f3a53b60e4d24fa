"""The target date is near → the learner: a nudge."""

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.spoken import day
from notifications.catalogue.timed import LearnerNudge, Looked, Slot, soonest
from notifications.looking.learner import DAY, LearnerFacts
from progress.pausing import local_day

STEPS = (30, 7)
"""Days before the target."""
MORNING = time(9)


class TargetNear(LearnerNudge):
    """A month before and a week before, as far as the target was further away when it was set."""

    name = "target-near"
    occasion = gettext_lazy("Your target date is a month, or a week, away")
    actions = ("snooze",)
    gone = "target-moved-or-reached"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due from the morning of the day on; the target is where pauses have moved it."""
        target = facts.known.facts.target_on
        if target is None or facts.today > target:
            return Looked()
        one = facts.enrollment
        set_on = one.target_set_on or local_day(one, one.started_at)
        begins = {
            step: facts.hour_of(target - DAY * step, MORNING)
            for step in STEPS
            if set_on < target - DAY * step
        }
        passed = [step for step, at in begins.items() if at <= facts.now]
        data: Data = {
            "target_on": target.isoformat(),
            "days": (target - facts.today).days,
            "hours_left": facts.known.facts.hours_left,
        }
        slots: list[Slot] = [
            self.slot(
                facts,
                f"{target.isoformat()}:{step}",
                data,
                reason="target-near",
                is_stale=step != passed[-1],
            )
            for step in passed
        ]
        ahead = [at for at in begins.values() if at > facts.now]
        return Looked(tuple(slots), soonest(*ahead))

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say how long it is, and that a date may be moved."""
        said = {
            "days": data["days"],
            "target": day(data["target_on"]),
            "hours": data["hours_left"],
        }
        title = ngettext(
            "%(days)s day to your target date", "%(days)s days to your target date", data["days"]
        )
        body = ngettext(
            "About %(hours)s hour of work is left, by the estimates. If the date no longer fits, "
            "move it: it is yours.",
            "About %(hours)s hours of work are left, by the estimates. If the date no longer fits, "
            "move it: it is yours.",
            data["hours_left"],
        )
        return Words(
            title=(title if data["days"] else _("Your target date is today")) % said,
            body=body % said,
            reason=_("You set out to be there by %(target)s.") % said,
            url="/progress",
        )
