"""The compiled form of an edition, once per process: an edition never changes."""

import uuid
from collections.abc import Mapping, Sequence
from functools import lru_cache

from progress.document import Milestone, parse
from progress.models import Edition, Enrollment
from progress.rules import CompiledPathway, compile_pathway


def compiled(enrollment: Enrollment) -> CompiledPathway:
    """Return the compiled pathway that an enrollment is pinned to (one query the first time)."""
    return compiled_edition(enrollment.edition_id)


def milestone_of(enrollment: Enrollment, key: str) -> Milestone:
    """Return the milestone with this key, from an earlier edition if an upgrade has left it behind.

    Raises KeyError for a key that no edition up to the enrollment's has.
    """
    here = compiled(enrollment).milestones.get(key)
    return here if here is not None else _earlier_milestones(enrollment.edition_id)[key]


def key_now(enrollment: Enrollment, key: str) -> str:
    """Return the key that a stored one lives on as: itself, or what took it over first."""
    return lives_on_as(key, edition_id=enrollment.edition_id, origins=enrollment.origins)


def lives_on_as(key: str, *, edition_id: uuid.UUID, origins: Mapping[str, Sequence[str]]) -> str:
    """Return what `key_now` does, for who has no enrollment at hand but its edition and origins."""
    if key in compiled_edition(edition_id).milestones:
        return key
    return next((new for new, olds in origins.items() if key in olds), key)


def judged_milestone(enrollment: Enrollment, key: str, edition_id: uuid.UUID) -> Milestone:
    """Return the milestone stored as `key` with the rubric of the edition it was decided on."""
    then = compiled_edition(edition_id).milestones.get(key)
    return then if then is not None else milestone_of(enrollment, key_now(enrollment, key))


@lru_cache(maxsize=256)
def _earlier_milestones(edition_id: uuid.UUID) -> dict[str, Milestone]:
    """Return the milestones of all editions before this one, by key, the newest of each."""
    edition = Edition.objects.defer("document").get(pk=edition_id)
    before = edition.pathway.editions.filter(number__lt=edition.number).order_by("number")
    return {
        milestone.key: milestone
        for earlier in before.values_list("pk", flat=True)
        for milestone in compiled_edition(earlier).document.milestones
    }


@lru_cache(maxsize=256)
def compiled_edition(edition_id: uuid.UUID) -> CompiledPathway:
    """Return an edition compiled. Raises Edition.DoesNotExist."""
    document = Edition.objects.values_list("document", flat=True).get(pk=edition_id)
    return compile_pathway(parse(document))
