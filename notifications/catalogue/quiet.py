"""A learner has been silent for longer than their own rhythm explains → they themself: a nudge."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.timed import LearnerNudge, Looked
from notifications.looking.learner import LearnerFacts
from progress.risk import silence_allowed, usual_gap

AGAIN_AFTER = 14
"""Silent days after the first reminder comes the second, which is the last."""
GIVE_UP_AFTER = 28
"""Silent days after the first nothing is said any more, also if nothing was."""


class Quiet(LearnerNudge):
    """Once for a silence, and once more two weeks later. What a silence is comes from `risk`: the
    learner's page, their mentors and the cohort's report mean the same by it.
    """

    name = "quiet"
    occasion = gettext_lazy("You have been quiet for longer than usual")
    actions = ("log-30", "snooze", "stuck")
    gone = "heard-again"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due on the evening of the first day that is silent for too long."""
        if facts.known.facts.waiting:
            return Looked()  # it is not their turn; what ends the waiting brings the look forward
        since = facts.course.heard_on().isoformat()
        silent, allowed = facts.known.facts.silent_days, silence_allowed(facts.known.facts)
        over = silent_for(facts, allowed)
        if over < 0:
            return Looked(next_at=silent_at(facts, allowed))
        data: Data = {"days": silent, "usual_days": usual_gap(facts.known.facts)}
        first = self.slot(
            facts, since, {**data, "step": 1}, reason="silent", is_stale=over >= AGAIN_AFTER
        )
        if over < AGAIN_AFTER:
            return Looked((first,), silent_at(facts, allowed + AGAIN_AFTER))
        second = self.slot(
            facts,
            f"{since}:again",
            {**data, "step": 2},
            reason="silent",
            is_stale=over > GIVE_UP_AFTER,
        )
        return Looked((first, second))

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Open the door; no reproach."""
        usual = data.get("usual_days")
        said = {"days": data["days"], "usual": usual}
        if data.get("step") == 2:  # noqa: PLR2004
            title = _("Your way is still here")
            body = _(
                "No hurry, and nothing is lost. If another plan fits your life better now, change "
                "the goal or plan a pause; if you like, twenty minutes are a beginning."
            )
        else:
            title = _("Twenty minutes would be a beginning")
            body = _("Everything is as you left it. Pick something small; the rest follows.")
        if usual is None:
            reason = ngettext(
                "We have not heard from you for %(days)s day.",
                "We have not heard from you for %(days)s days.",
                data["days"],
            )
        else:
            reason = ngettext(
                "You usually work every day, and it has been %(days)s days.",
                "You usually work every %(usual)s days, and it has been %(days)s.",
                usual,
            )
        return Words(title=title, body=body, reason=reason % said, url="/")


def silent_for(facts: LearnerFacts, allowed: int) -> int:
    """Return for how many days a silence has been too long, from the hour of reminders on.

    0 from that hour of the first such day on, negative before.
    """
    days = facts.known.facts.silent_days - allowed - 1
    return days if facts.now >= facts.hour_of(facts.today) else days - 1


def silent_at(facts: LearnerFacts, allowed: int) -> datetime | None:
    """Return when a silence will have been too long: on an evening to come."""
    # One more silent day for each unpaused one after today.
    ahead = allowed + 1 - facts.known.facts.silent_days
    if ahead <= 0:
        return facts.hour_of(facts.today)
    day = facts.unpaused_day(ahead + 1)
    return None if day is None else facts.hour_of(day)
