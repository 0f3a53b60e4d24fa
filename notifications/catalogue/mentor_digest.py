"""A mentor's week: who waits, who went quiet, what they reviewed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue import weekly
from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.learner_digest import folded_words
from notifications.catalogue.timed import NOTHING, Looked, TimedKind
from notifications.looking.folded import counted
from notifications.looking.mentor import MentorFacts
from notifications.models import About, Delivery
from notifications.policy import Audience
from progress.risk import ReasonCode, reasons

MOST_NAMED = 5


class MentorDigest(TimedKind[MentorFacts]):
    """Once a local week, if there is anything to say; a leave puts it off, as the policy has it."""

    name = "mentor-digest"
    occasion = gettext_lazy("Your learners' week, on the day you choose")
    audience = Audience.MENTOR
    about = About.MENTOR
    is_counted = False
    gone = "week-over"

    def look(self, facts: MentorFacts) -> Looked:
        """Due each week in which there is something to say."""
        if not facts.person.is_active:
            return NOTHING
        return weekly.looked(facts, self._data(facts), weekly.for_person(facts.person))

    def _data(self, facts: MentorFacts) -> Data | None:
        day = weekly.latest(facts)
        since, until = weekly.since(facts, day), facts.wishes.digest_at(day)
        reviewed = sum(since < at <= until for at in facts.reviewed)
        folded = [one for one in facts.folded if since < one.at <= until]
        quiet = [
            one
            for one in facts.mentees
            if any(reason.code is ReasonCode.QUIET for reason in reasons(one.facts))
        ]
        if not (facts.waiting or reviewed or quiet or folded):
            return None
        return {
            "day": day.isoformat(),
            "waiting": len(facts.waiting),
            "waiting_rounds": [
                {
                    "submission_id": str(one.submission_id),
                    "learner_id": str(one.learner_id),
                    "milestone_title": one.milestone_title,
                }
                for one in facts.waiting[:MOST_NAMED]
            ],
            "quiet": len(quiet),
            "quiet_learners": [
                {
                    "learner_id": str(one.learner_id),
                    "enrollment_id": str(one.enrollment_id),
                    "days": one.facts.silent_days,
                }
                for one in quiet[:MOST_NAMED]
            ],
            "reviewed": reviewed,
            "folded": counted(folded),
            "folded_ids": [str(one.notification_id) for one in folded],
        }

    def names_for(self, data: Data) -> list[str]:
        """Return the ids of the learners that are named."""
        rows = [*data["waiting_rounds"], *data["quiet_learners"]]
        return sorted({row["learner_id"] for row in rows})

    def words(self, data: Data, names: Names) -> Words:
        """Say who waits, or that nobody does."""
        waiting, quiet, reviewed = data["waiting"], data["quiet"], data["reviewed"]
        lines = []
        if waiting:
            title = ngettext(
                "%(many)s review waits for you", "%(many)s reviews wait for you", waiting
            ) % {"many": waiting}
            oldest = data["waiting_rounds"][0]
            said = {
                "learner": names[oldest["learner_id"]],
                "milestone": oldest["milestone_title"],
            }
            lines.append(_("%(learner)s has waited longest, with “%(milestone)s”.") % said)
        else:
            title = _("Nobody waits for you")
        if reviewed:
            line = ngettext(
                "You answered %(many)s this week.", "You answered %(many)s this week.", reviewed
            )
            lines.append(line % {"many": reviewed})
        if quiet:
            first = names[data["quiet_learners"][0]["learner_id"]]
            line = ngettext(
                "Quiet of late: %(learner)s.", "Quiet of late: %(learner)s and others.", quiet
            )
            lines.append(line % {"learner": first})
        return Words(
            title=title,
            body=" ".join(lines),
            reason=_("You mentor, and get a look at your learners once a week."),
            url="/queue",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the lines of the mail: who waits, who is quiet, what was kept out of the mail."""
        names = Names(self.names_for(data))
        return {
            "waiting": [
                {**row, "learner": names[row["learner_id"]]} for row in data["waiting_rounds"]
            ],
            "quiet": [
                {**row, "learner": names[row["learner_id"]]} for row in data["quiet_learners"]
            ],
            "folded": folded_words(data),
        }
