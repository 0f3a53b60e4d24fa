"""What an enrollment's timeline is parted into: which events belong together for a reader."""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


class Group(enum.StrEnum):
    """Events that a reader looks for together."""

    LOG = "log"
    MILESTONES = "milestones"
    EVIDENCE = "evidence"
    REVIEWS = "reviews"
    ENROLLMENT = "enrollment"


NOUNS: Final[Mapping[Group, tuple[str, ...]]] = MappingProxyType(
    {
        Group.LOG: ("log_entry", "log_import"),
        Group.MILESTONES: ("milestone",),
        Group.EVIDENCE: ("evidence", "probe"),
        Group.REVIEWS: ("submission", "second_opinion", "review", "change_request", "comment"),
    }
)
"""The nouns that types of events begin with, by group. What is not here is the enrollment's."""

_GROUPS: Final = {noun: group for group, nouns in NOUNS.items() for noun in nouns}


def noun_of(event_type: str) -> str:
    """Return what an event is about: `submission` of `submission.decided.v1`."""
    return event_type.partition(".")[0]


def group_of(event_type: str) -> Group:
    """Return the group of an event's type."""
    return _GROUPS.get(noun_of(event_type), Group.ENROLLMENT)
