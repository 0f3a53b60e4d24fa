"""A person chooses how to be told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import FieldError, Refused
from notifications.catalogue import KINDS
from notifications.models import Appointment, ChannelChoice, NotificationPreferences
from notifications.policy import Choice

DAY = dt.timedelta(days=1)
TIMING = {"quiet_from", "quiet_until", "digest_weekday"}
"""What decides when the clock makes something due: after these it is looked at anew."""
LONGEST_QUIET = dt.timedelta(hours=20)


class QuietTooLong(Refused):
    """Something has to be able to arrive at some hour of each day."""

    code = "quiet-too-long"
    title = gettext_lazy("Quiet hours leave too little of the day")


class NotOnOffer(Refused):
    """Not every kind can be had in every way."""

    code = "choice-not-on-offer"
    title = gettext_lazy("This can't be had in that way")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants of one kind over one channel."""

    kind: str
    channel: str
    choice: Choice


def choose_preferences(
    *, person: User, values: Mapping[str, Any], choices: Iterable[Chosen] = ()
) -> NotificationPreferences:
    """Store `values`, named like the fields of NotificationPreferences, and choices by kind.

    Of two choices for the same kind and channel the last holds. Returns all of them; they hold for
    what is queued, too. Raises QuietTooLong, NotOnOffer.
    """
    latest = {(one.kind, one.channel): one for one in choices}.values()
    for one in latest:
        if one.choice not in KINDS[one.kind].choices_for(one.channel):
            raise NotOnOffer(
                _("“%(kind)s” can't be had as “%(choice)s” by %(channel)s.")
                % {"kind": one.kind, "choice": one.choice.value, "channel": one.channel}
            )
    with transaction.atomic():
        preferences, _made = NotificationPreferences.objects.update_or_create(
            person=person, defaults=dict(values)
        )
        _require_waking_hours(preferences)
        ChannelChoice.objects.bulk_create(
            [
                ChannelChoice(person=person, kind=one.kind, channel=one.channel, choice=one.choice)
                for one in latest
            ],
            update_conflicts=True,
            unique_fields=["person", "kind", "channel"],
            update_fields=["choice"],
        )
        if values.keys() & TIMING:
            Appointment.objects.filter(person=person).bring_forward()
    return preferences


def _require_waking_hours(preferences: NotificationPreferences) -> None:
    """Pass unless nearly all of the day would be quiet; raise QuietTooLong."""
    begins, ends = (
        dt.timedelta(hours=time.hour, minutes=time.minute)
        for time in (preferences.quiet_from, preferences.quiet_until)
    )
    if (ends - begins) % DAY > LONGEST_QUIET:
        said = _(
            "At most 20 hours can be quiet, or nothing could ever reach you. "
            "To hear nothing for a while, snooze everything."
        )
        raise QuietTooLong(said, errors=[FieldError("quiet_until", "quiet-too-long", said)])
