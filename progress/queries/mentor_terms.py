"""A mentor's terms, and how this week stands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from progress.models import Leave, MentorProfile, SecondOpinion, Submission


@dataclass(frozen=True, slots=True)
class MentorTerms:
    """What one takes on; `reviewed_this_week` counts what one decided since Monday where one lives.

    Rounds and second opinions: what the weekly capacity is compared with.
    """

    weekly_capacity: int | None
    kinds: tuple[str, ...]
    pathways: tuple[str, ...]
    languages: tuple[str, ...]
    reviewed_this_week: int
    away_until: date | None


def mentor_terms(person: User, *, now: datetime) -> MentorTerms:
    """Return `person`'s terms; without any, they take everything (four queries)."""
    profile = MentorProfile.objects.filter(person=person).first()
    there = now.astimezone(person.zone)
    midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=there.weekday())
    done = sum(
        decided.objects.filter(decided_by=person, decided_at__gte=monday).count()
        for decided in (Submission, SecondOpinion)
    )
    away = Leave.objects.owned_by(person).on(now).values_list("ends_on", flat=True).first()
    return MentorTerms(
        weekly_capacity=profile.weekly_capacity if profile else None,
        kinds=tuple(profile.kinds) if profile else (),
        pathways=tuple(profile.pathways) if profile else (),
        languages=tuple(profile.languages) if profile else (),
        reviewed_this_week=done,
        away_until=away,
    )
