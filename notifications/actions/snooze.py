"""Three days of quiet."""

import datetime as dt

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from notifications.actions.action import (
    Action,
    Done,
    NoLongerPossible,
    Plan,
    Taking,
    is_about_a_milestone,
)
from notifications.commands.snooze import snooze
from progress.compiled import compiled
from progress.models import Enrollment

DAYS = 3


class SnoozeForDays(Action):
    """Quiet about the milestone that the mail is about; about its kind, where there is none.

    Of a milestone and not of the kind: a mentor who can't look at one round before Monday still
    wants to hear of the others.
    """

    name = "snooze"

    def label(self) -> str:
        """Return the link's words."""
        return _("Snooze for %(days)s days") % {"days": DAYS}

    def plan(self, taking: Taking) -> Plan:
        """Say what would be quiet."""
        enrollment, title = _milestone(taking)
        body = (
            _("No reminder about “%(milestone)s” comes then. Decisions and invitations still do.")
            if enrollment
            else _("No reminder of this kind comes then. Decisions and invitations still do.")
        )
        return Plan(
            title=_("Snooze for %(days)s days?") % {"days": DAYS},
            body=body % {"milestone": title},
            button=self.label(),
        )

    def take(self, taking: Taking) -> Done:
        """Snooze it, from now."""
        enrollment, title = _milestone(taking)
        row = snooze(
            person=taking.person,
            days=DAYS,
            now=taking.now,
            kind="" if enrollment else taking.notification.kind,
            enrollment=enrollment,
            milestone_key=taking.milestone_key(enrollment) if enrollment else "",
        )
        body = (
            _("No reminder about “%(milestone)s” until %(until)s.")
            if enrollment
            else _("No reminder of this kind until %(until)s.")
        )
        until: dt.datetime = row.until.astimezone(taking.person.zone)
        return Done(
            title=_("Snoozed"),
            body=body % {"milestone": title, "until": format_date(until, _("l j F, H:i T"))},
            url="/inbox",
            link=_("Open your inbox"),
        )


def _milestone(taking: Taking) -> tuple[Enrollment | None, str]:
    """Return the enrollment and the milestone's title, or None and "" to snooze the kind."""
    if is_about_a_milestone(taking.data):
        try:
            enrollment = taking.enrollment()
        except NoLongerPossible:
            return None, ""
        milestone = compiled(enrollment).milestones.get(taking.milestone_key(enrollment))
        if milestone is not None:
            return enrollment, milestone.title
    return None, ""
