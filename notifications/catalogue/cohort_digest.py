"""A coordinator's week: each cohort, who may need help and why, and mentors' load."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue import weekly
from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.timed import NOTHING, Looked, TimedKind
from notifications.looking.coordinator import CoordinatorFacts
from notifications.models import About, Delivery
from notifications.policy import Audience
from progress.models import Cohort
from progress.models.cohort import CohortPart
from progress.queries.cohort_report import CohortReport, Reader, cohort_report
from progress.risk import said

MOST_NAMED = 8
MOST_COHORTS = 5
"""That a mail tells of in full; the others stand in it with their figures."""


class CohortDigest(TimedKind[CoordinatorFacts]):
    """Once a local week, for all cohorts that go on and in which somebody has set out."""

    name = "cohort-digest"
    occasion = gettext_lazy("Your cohorts' week, on the day you choose")
    audience = Audience.COORDINATOR
    about = About.COORDINATOR
    is_counted = False
    gone = "week-over"

    def look(self, facts: CoordinatorFacts) -> Looked:
        """Due each week, for all cohorts of theirs in one."""
        if not facts.person.is_active:
            return NOTHING
        return weekly.looked(facts, self._data(facts), weekly.for_person(facts.person))

    def _data(self, facts: CoordinatorFacts) -> Data | None:
        going_on = [one for one in facts.cohorts if one.set_out]
        if not going_on:
            return None
        return {
            "day": weekly.latest(facts).isoformat(),
            "cohorts": [
                {
                    "cohort_id": str(one.cohort.pk),
                    "cohort_name": one.cohort.name,
                    "learners": one.learners,
                    "set_out": one.set_out,
                    "at_risk": one.at_risk,
                    "reasons": {code.value: many for code, many in one.reasons.items()},
                    "waiting": one.waiting,
                }
                for one in going_on
            ],
        }

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say how many may need help; of one cohort, in which."""
        cohorts = data["cohorts"]
        at_risk = sum(one["at_risk"] for one in cohorts)
        waiting = sum(one["waiting"] for one in cohorts)
        set_out = sum(one["set_out"] for one in cohorts)
        several = {"cohort": cohorts[0]["cohort_name"], "many": at_risk}
        if at_risk:
            title = ngettext(
                "%(many)s learner may need a hand", "%(many)s learners may need a hand", at_risk
            )
        else:
            title = _("Everybody is on their way")
        if len(cohorts) == 1:
            title = _("%(cohort)s: %(title)s") % {
                "cohort": cohorts[0]["cohort_name"],
                "title": title % several,
            }
        lines = [
            ngettext("%(many)s learner has set out.", "%(many)s learners have set out.", set_out)
            % {"many": set_out}
        ]
        if waiting:
            line = ngettext("%(many)s review waits.", "%(many)s reviews wait.", waiting)
            lines.append(line % {"many": waiting})
        only = cohorts[0]["cohort_id"] if len(cohorts) == 1 else None
        return Words(
            title=title % several if len(cohorts) > 1 else title,
            body=" ".join(lines),
            reason=_("You coordinate, and get a look at your cohorts once a week."),
            url=f"/cohorts/{only}" if only else "/cohorts",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:
        """Add each cohort's report as it is now: who may need help and why, mentors' load."""
        if delivery.person is None:
            return {}
        now = delivery.claimed_at or delivery.created_at
        wanted = [one["cohort_id"] for one in data["cohorts"]]
        person = delivery.person
        led = Cohort.objects.open().of(person, CohortPart.COORDINATOR).filter(pk__in=wanted)
        rows = list(led.order_by("name", "pk")[:MOST_COHORTS])
        reports = [
            cohort_report(row, reader=Reader(person, runs=True, leads=True), now=now)
            for row in rows
        ]
        return {"reports": [_told(report) for report in reports]}


def _told(report: CohortReport) -> dict[str, Any]:
    named = report.at_risk[:MOST_NAMED]
    return {
        "cohort": report.cohort.name,
        "stages": [stage for stage in report.stages if stage.here],
        "at_risk": [
            {
                "name": one.person.display_name,
                "reasons": [
                    said(reason, today=one.known.facts.today)
                    for reason in one.reasons
                    if one.known is not None
                ],
            }
            for one in named
        ],
        "others": len(report.at_risk) - len(named),
        "reviews": report.reviews,
    }
