"""What can be done from a mail. A new one: its file here, a line below, its tests.

A kind offers some of them by name, in its `actions`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from notifications.actions.action import Action
from notifications.actions.log_minutes import LogMinutes
from notifications.actions.snooze import SnoozeForDays
from notifications.actions.tell_mentor import TellMentor
from notifications.catalogue import KINDS
from notifications.mail.links import Acting, act_url
from notifications.models import Delivery

__all__ = ["ACTIONS", "Action", "Offer", "offered_by"]

ACTIONS: Mapping[str, Action] = MappingProxyType(
    {action.name: action for action in (LogMinutes(), SnoozeForDays(), TellMentor())}
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A link of a mail."""

    label: str
    url: str


def offered_by(delivery: Delivery, data: Mapping[str, Any], *, now: dt.datetime) -> list[Offer]:
    """Return the links of a mail made at `now`, in the active language."""
    person, told = delivery.person, delivery.notification_id
    if person is None or told is None:
        return []
    return [
        Offer(ACTIONS[name].label(), act_url(Acting(told, person.pk, name), now=now))
        for name in KINDS[delivery.kind].actions
        if ACTIONS[name].fits(person, data)
    ]
