"""The learner's week in a few lines: a weekly digest."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue import weekly
from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.spoken import duration
from notifications.catalogue.timed import LearnerNudge, Looked, Slot
from notifications.looking.folded import counted
from notifications.looking.learner import DAY, LearnerFacts
from notifications.models import Delivery
from progress.models import Enrollment
from progress.queries.logged import minutes_by_milestone
from progress.rhythm import monday_of
from progress.rhythm.weeks import WeekState
from progress.rules import next_steps
from progress.standing import standing_of

WEEK = 7


class LearnerDigest(LearnerNudge):
    """What they did in the last seven days, whether the last whole week was kept, what was kept
    out of their mail meanwhile, and what is next. Not sent if there is nothing to say.
    """

    name = "learner-digest"
    occasion = gettext_lazy("Your week, on the day you choose")
    is_counted = False
    gone = "week-over"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due each week in which there is something to say."""

        def digest(period: str, data: Data, is_stale: bool) -> Slot:
            return self.slot(facts, period, data, reason="weekly", is_stale=is_stale)

        return weekly.looked(facts, self._data(facts), digest)

    def _data(self, facts: LearnerFacts) -> Data | None:
        """Return what there is to say of the seven days before the digest's, or None."""
        day = weekly.latest(facts)
        first, last = day - DAY * WEEK, day - DAY
        course = facts.course
        logged = {at: minutes for at, minutes in course.logged.items() if first <= at <= last}
        zone = facts.wishes.zone
        completed = [
            key
            for key, at in sorted(course.completed_at.items(), key=lambda item: item[1])
            if first <= at.astimezone(zone).date() <= last
        ]
        since, until = weekly.since(facts, day), facts.wishes.digest_at(day)
        folded = [one for one in facts.folded if since < one.at <= until]
        if not (logged or completed or folded):
            return None
        week = course.week(monday_of(day) - DAY, today=day)
        return {
            "day": day.isoformat(),
            "minutes": sum(logged.values()),
            "days": len(logged),
            "completed": completed,
            "week_minutes": week.minutes,
            "goal_minutes": week.goal_minutes,
            "kept": week.state is WeekState.KEPT,
            "rested": week.state is WeekState.REST,
            "folded": counted(folded),
            "folded_ids": [str(one.notification_id) for one in folded],
        }

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say the most cheerful thing that is true."""
        said = {"logged": duration(data["minutes"]), "days": data["days"]}
        if data["completed"]:
            title = ngettext(
                "%(many)s milestone complete this week",
                "%(many)s milestones complete this week",
                len(data["completed"]),
            ) % {"many": len(data["completed"])}
        elif data["kept"]:
            title = _("You kept your week")
        elif data["minutes"]:
            title = _("Your week: %(logged)s") % said
        else:
            title = _("Your week on Waymark")
        lines = []
        if data["minutes"]:
            line = ngettext(
                "%(logged)s on %(days)s day.", "%(logged)s on %(days)s days.", data["days"]
            )
            lines.append(line % said)
        if data["goal_minutes"] and data["week_minutes"] and not data["kept"]:
            goal = {
                "logged": duration(data["week_minutes"]),
                "goal": duration(data["goal_minutes"]),
            }
            lines.append(_("That is %(logged)s towards your goal of %(goal)s.") % goal)
        if many := sum(data["folded"].values()):
            line = ngettext(
                "%(many)s reminder was kept out of your mail and stands here.",
                "%(many)s reminders were kept out of your mail and stand here.",
                many,
            )
            lines.append(line % {"many": many})
        return Words(
            title=title,
            body=" ".join(lines),
            reason=_("You get a look at your week once a week; choose the day, or stop it."),
            url="/progress",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add what is next, as it is now, and what was kept out of the mail."""
        enrollment = Enrollment.objects.select_related("learner").get(pk=data["enrollment_id"])
        evaluation = standing_of(enrollment).evaluation
        steps = next_steps(evaluation, minutes_by_milestone(enrollment), limit=2)
        titles = [
            evaluation.milestones[key].milestone.title
            for key in data["completed"]
            if key in evaluation.milestones
        ]
        return {"steps": steps, "completed": titles, "folded": folded_words(data)}


def folded_words(data: Data) -> list[Words]:
    """Return what was kept out of the mail, in words, in the order in which it came."""
    from notifications.catalogue import KINDS  # noqa: PLC0415 (this kind is one of them)
    from notifications.models import Notification  # noqa: PLC0415

    rows = list(Notification.objects.filter(pk__in=data["folded_ids"]).order_by("created_at", "pk"))
    known = [row for row in rows if row.kind in KINDS]
    names = Names(pk for row in known for pk in KINDS[row.kind].names_for(row.data))
    return [KINDS[row.kind].words(row.data, names) for row in known]
