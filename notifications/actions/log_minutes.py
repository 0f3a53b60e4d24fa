"""Log half an hour."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.actions.action import Action, Done, Plan, Taking, is_about_a_milestone
from progress.commands.guards import require_milestone
from progress.commands.log_progress import log_progress

MINUTES = 30


class LogMinutes(Action):
    """An entry on the milestone that the mail is about, for the learner's today."""

    name = "log-30"

    def label(self) -> str:
        """Return the link's words."""
        return _("Log %(minutes)s minutes") % {"minutes": MINUTES}

    def fits(self, person: User, data: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """Return whether there is a milestone to log on."""
        return is_about_a_milestone(data)

    def plan(self, taking: Taking) -> Plan:
        """Say what goes into the log; the day is that of the click, not of the mail."""
        return Plan(
            title=_("Log %(minutes)s minutes?") % {"minutes": MINUTES},
            body=_("On “%(milestone)s”, for today, %(day)s.") % _said(taking),
            button=self.label(),
        )

    def take(self, taking: Taking) -> Done:
        """Log them. Raises what `log_progress` raises, and NoLongerPossible."""
        enrollment = taking.enrollment()
        log_progress(
            person=taking.person,
            enrollment=enrollment,
            entry_id=taking.id,
            milestone_key=taking.milestone_key(enrollment),
            day=taking.now.astimezone(taking.person.zone).date(),
            minutes=MINUTES,
            note="",
            now=taking.now,
        )
        return Done(
            title=_("%(minutes)s minutes are in your log") % {"minutes": MINUTES},
            body=_("On “%(milestone)s”, for %(day)s. You can correct it or take it back there.")
            % _said(taking),
            url=f"/milestones/{taking.milestone_key(enrollment)}",
            link=_("Look at the milestone"),
        )


def _said(taking: Taking) -> dict[str, str]:
    enrollment = taking.enrollment()
    milestone = require_milestone(enrollment, taking.milestone_key(enrollment))
    today = taking.now.astimezone(taking.person.zone)
    return {"milestone": milestone.title, "day": format_date(today, _("l j F"))}
