"""Somebody stops mail from within a mail, without signing in; and takes that back."""

import datetime as dt
import enum
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.catalogue import KINDS, Kind
from notifications.mail.links import LinkExpired, Unsubscribing
from notifications.models import (
    Channel,
    ChannelChoice,
    NotificationPreferences,
    Suppression,
    SuppressionReason,
)
from notifications.models.suppression import Suppressions
from notifications.policy import Choice


class Extent(enum.StrEnum):
    """How much mail is meant."""

    KIND = "kind"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Whose mail a link is about, and how it stands."""

    person: User | None
    address: str
    kind: Kind | None
    """None where it can't be had or left by itself: all mail is the choice then."""
    kind_is_off: bool
    all_is_off: bool


def subscribed_by(*, link: Unsubscribing) -> Subscribed:
    """Return how things stand with the mail of a link; change nothing.

    Raises LinkExpired for a person who is no longer there.
    """
    if link.person_id is None:
        refused = _refusals(link.address).exists()
        return Subscribed(None, link.address, None, kind_is_off=refused, all_is_off=refused)
    person = User.objects.filter(pk=link.person_id, is_active=True).first()
    if person is None:
        raise LinkExpired(_("There is no such account any more, and it gets no mail."))
    kind = KINDS.get(link.kind)
    choice = _choices(person, link.kind).first()
    return Subscribed(
        person,
        person.email,
        kind if kind and kind.occasion else None,
        kind_is_off=choice is not None and choice.choice == Choice.OFF,
        all_is_off=not NotificationPreferences.of(person).by_email
        or _refusals(person.email).exists(),
    )


def unsubscribe(*, link: Unsubscribing, extent: Extent, now: dt.datetime) -> str:
    """Stop mail of the link's kind, or all; return what was chosen for the kind before.

    That is a `Choice`, or nothing where there was none. In force at once, also for what is queued:
    the policy is asked before each mail leaves. An address without an account can only refuse all,
    since it has nobody whose choice of a kind could be kept. Raises LinkExpired.
    """
    stands = subscribed_by(link=link)
    if stands.person is None:
        Suppression.objects.suppress(
            address=link.address, reason=SuppressionReason.UNSUBSCRIBED, detail="", now=now
        )
        return ""
    before = _choices(stands.person, link.kind).first()
    if extent is Extent.ALL or stands.kind is None:
        NotificationPreferences.objects.update_or_create(
            person=stands.person, defaults={"by_email": False}
        )
    else:
        _choose(stands.person, link.kind, Choice.OFF)
    return before.choice if before and before.choice != Choice.OFF else ""


def subscribe_again(
    *, link: Unsubscribing, extent: Extent, before: Choice | None, now: dt.datetime
) -> None:
    """Take an unsubscribing back; `before` is what was chosen for the kind, if anything was.

    Without it, what the kind has for everybody holds again. Raises LinkExpired.
    """
    stands = subscribed_by(link=link)
    if stands.person is None:
        _refusals(link.address).update(lifted_at=now)
    elif extent is Extent.ALL or stands.kind is None:
        _refusals(stands.address).update(lifted_at=now)  # from before there was an account
        NotificationPreferences.objects.filter(person=stands.person).update(by_email=True)
    elif before is not None and before in stands.kind.choices_for(Channel.EMAIL):
        _choose(stands.person, link.kind, before)
    else:
        _choices(stands.person, link.kind).delete()


def _refusals(address: str) -> Suppressions:
    rows: Suppressions = Suppression.objects.standing().of_address(address)
    return rows.filter(reason=SuppressionReason.UNSUBSCRIBED)


def _choices(person: User, kind: str) -> QuerySet[ChannelChoice]:
    return ChannelChoice.objects.filter(person=person, kind=kind, channel=Channel.EMAIL)


def _choose(person: User, kind: str, choice: Choice) -> None:
    ChannelChoice.objects.update_or_create(
        person=person, kind=kind, channel=Channel.EMAIL, defaults={"choice": choice}
    )
