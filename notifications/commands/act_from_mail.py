"""Somebody uses a link of a mail, without signing in."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Gone
from backend.ids import uuid7
from notifications.actions import ACTIONS, Action
from notifications.actions.action import Done, NoLongerPossible, Plan, Taking
from notifications.catalogue import KINDS
from notifications.mail.links import Acting
from notifications.models import Notification, TakenAction


class LinkUsed(Gone):
    """Each link does its one thing once."""

    code = "link-used"
    title = gettext_lazy("You have done this already")


@dataclass(frozen=True, slots=True)
class FromMail:
    """A link that is known to be good, with what it is about."""

    person: User
    notification: Notification
    action: Action


def find_from_mail(*, link: Acting) -> FromMail:
    """Return what a link is about. Raises NoLongerPossible."""
    rows = Notification.objects.select_related("person")
    found = rows.filter(pk=link.notification_id, person=link.person_id).first()
    if found is None or not found.person.is_active:
        raise NoLongerPossible(_("There is no such notification any more."))
    kind = KINDS.get(found.kind)
    if kind is None or link.action not in kind.actions or link.action not in ACTIONS:
        raise NoLongerPossible(_("Waymark no longer offers this."))
    return FromMail(found.person, found, ACTIONS[link.action])


def plan_from_mail(*, found: FromMail, now: dt.datetime) -> Plan:
    """Return what the link would do, and change nothing. Raises LinkUsed, and what stands in the
    action's way already."""
    taken = TakenAction.objects.filter(notification=found.notification, action=found.action.name)
    before = taken.first()
    if before is not None:
        raise _used(before, found.person)
    return found.action.plan(Taking(uuid7(), found.person, found.notification, now))


def act_from_mail(*, found: FromMail, words: str, now: dt.datetime) -> Done:
    """Do what the link is for, as its person; return what happened.

    Raises LinkUsed, also for the slower of two at once, and what the action's command raises: then
    nothing is stored, and the link stays good.
    """
    use = TakenAction(notification=found.notification, action=found.action.name, taken_at=now)
    with transaction.atomic():
        # Another use that has not committed yet is waited for: the index decides who was first.
        TakenAction.objects.bulk_create([use], ignore_conflicts=True)
        row = TakenAction.objects.get(notification=use.notification, action=use.action)
        if row.pk != use.pk:
            raise _used(row, found.person)
        return found.action.take(Taking(use.pk, found.person, found.notification, now, words))


def _used(before: TakenAction, person: User) -> LinkUsed:
    when = before.taken_at.astimezone(person.zone)
    return LinkUsed(
        _("It was done on %(when)s; nothing was done twice.")
        % {"when": format_date(when, _("l j F, H:i T"))}
    )
