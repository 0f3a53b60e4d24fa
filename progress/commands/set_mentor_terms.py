"""Say on what terms one mentors."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import FieldError, Refused
from progress.models import MentorProfile, Pathway


class UnknownPathway(Refused):
    """Terms name pathways that exist."""

    code = "unknown-pathway"
    title = gettext_lazy("There is no such pathway")


def set_mentor_terms(
    *,
    person: User,
    weekly_capacity: int | None,
    kinds: Sequence[str],
    pathways: Sequence[str],
    languages: Sequence[str],
    now: datetime,
) -> MentorProfile:
    """Store `person`'s terms in place of those before; return them.

    `weekly_capacity` is in reviews, from 0 on, or None for any number; an empty list takes
    everything. Raises UnknownPathway.
    """
    seen = Pathway.objects.visible_to(person).filter(slug__in=pathways)
    missing = set(pathways) - set(seen.values_list("slug", flat=True))
    if missing:
        detail = _("There is no pathway %(slugs)s.") % {"slugs": ", ".join(sorted(missing))}
        raise UnknownPathway(detail, errors=[FieldError("pathways", "unknown-pathway", detail)])
    profile, _is_new = MentorProfile.objects.update_or_create(
        person=person,
        defaults={
            "weekly_capacity": weekly_capacity,
            "kinds": sorted(set(kinds)),
            "pathways": sorted(set(pathways)),
            "languages": sorted(set(languages)),
            "changed_at": now,
        },
    )
    return profile
