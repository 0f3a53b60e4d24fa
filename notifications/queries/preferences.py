"""What a person has chosen, and what there is to choose."""

from dataclasses import dataclass

from accounts.models import User
from notifications.catalogue import KINDS
from notifications.models import Channel, NotificationPreferences
from notifications.policy import Audience, Choice, Preferences, chosen


@dataclass(frozen=True, slots=True)
class ChannelOffer:
    """One kind over one channel: what holds, and what may be chosen instead."""

    channel: str
    choice: Choice
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class KindOffer:
    """One kind: when it comes, in the active language, and how it may be had."""

    kind: str
    occasion: str
    audience: Audience
    is_nudge: bool
    channels: tuple[ChannelOffer, ...]


@dataclass(frozen=True, slots=True)
class ChosenPreferences:
    """All of it."""

    stored: NotificationPreferences
    kinds: tuple[KindOffer, ...]


def preferences_of(person: User) -> ChosenPreferences:
    """Return a person's preferences, and every kind that can be chosen (two queries)."""
    stored = NotificationPreferences.of(person)
    wanted = stored.for_policy()
    return ChosenPreferences(
        stored=stored,
        kinds=tuple(_offer(name, wanted) for name, kind in KINDS.items() if kind.occasion),
    )


def _offer(name: str, wanted: Preferences) -> KindOffer:
    kind = KINDS[name]
    return KindOffer(
        kind=name,
        occasion=str(kind.occasion),
        audience=kind.audience,
        is_nudge=kind.is_nudge,
        channels=tuple(
            ChannelOffer(
                channel=channel,
                choice=chosen(kind.default_asked(channel), wanted),
                choices=tuple(kind.choices_for(channel)),
            )
            for channel in Channel.values
        ),
    )
