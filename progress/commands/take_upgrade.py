"""Move an enrollment to a newer edition."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress import events, outbox
from progress.commands.enroll import check_choices
from progress.commands.finish_enrollment import finish_enrollment
from progress.commands.guards import require_learner
from progress.compiled import compiled_edition
from progress.editions import Upgrade
from progress.models import (
    EditionUpgrade,
    Enrollment,
    MilestoneHistory,
    MilestoneProgress,
)
from progress.queries.upgrade_offer import UPGRADABLE, newest_edition, upgrade_to


class NoSuchUpgrade(Conflict):
    """The edition is not, or no longer, the newest one after the learner's."""

    code = "no-such-upgrade"
    title = gettext_lazy("There is no upgrade to this edition")


class ReviewUnderWay(Conflict):
    """A round waits on a milestone that the new edition does not carry on as it is."""

    code = "review-under-way"
    title = gettext_lazy("A review is under way")


class TrackGone(Refused):
    """The new edition does not have the learner's track or role."""

    code = "track-gone"
    title = gettext_lazy("Choose a track and role of the new edition")


def take_upgrade(
    *,
    person: User,
    enrollment: Enrollment,
    edition: int,
    track: str | None,
    role: str | None,
    now: datetime,
) -> EditionUpgrade:
    """Move `enrollment` to the newest edition, number `edition`; return the upgrade.

    Nothing earned is lost: it carries over, or stays as history. `track` and `role` are for the new
    edition, None keeps them. In one transaction, once. Raises NotYourEnrollment, NoSuchUpgrade,
    ReviewUnderWay, TrackGone, UnknownChoice.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        newest = newest_edition(enrollment) if enrollment.state in UPGRADABLE else None
        if newest is None or newest.number != edition:
            raise NoSuchUpgrade(_("Look again: what is offered, or taken, has changed."))
        new = compiled_edition(newest.pk)
        track, role = track or enrollment.track, role or enrollment.role
        if track == enrollment.track and track not in new.plans:
            raise _gone("track", track)
        if role == enrollment.role and role not in new.roles:
            raise _gone("role", role)
        check_choices(new, track=track, role=role)
        upgrade = upgrade_to(enrollment, newest, track)
        if upgrade.waiting:
            raise ReviewUnderWay(
                _("Wait for the answer, or withdraw it, on: %(milestones)s.")
                % {"milestones": ", ".join(upgrade.waiting)}
            )
        taken = EditionUpgrade.objects.create(
            enrollment=enrollment,
            from_edition_id=enrollment.edition_id,
            to_edition=newest,
            before=_snapshot(enrollment),
            taken_at=now,
        )
        _store(enrollment, upgrade, now)
        enrollment.edition, enrollment.track, enrollment.role = newest, track, role
        enrollment.origins = _origins(enrollment, upgrade)
        enrollment.save(update_fields=["edition", "track", "role", "origins"])
        outbox.record(
            events.Event(
                type=events.ENROLLMENT_UPGRADED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=taken.pk,
                enrollment_id=enrollment.pk,
                data={"edition": newest.number, "from": taken.from_edition.number},
            )
        )
        finish_enrollment(enrollment=enrollment, now=now)
    return taken


def _gone(field: str, key: str) -> TrackGone:
    said = {
        "track": _("The new edition has no track %(key)r."),
        "role": _("The new edition has no role %(key)r."),
    }
    detail = said[field] % {"key": key}
    return TrackGone(detail, errors=[FieldError(field, "gone", detail)])


def _snapshot(enrollment: Enrollment) -> dict[str, Any]:
    """Return all that `undo_upgrade` needs, as JSON."""
    progress = MilestoneProgress.objects.filter(enrollment=enrollment).order_by("id")
    history = MilestoneHistory.objects.filter(enrollment=enrollment).order_by("id")
    return {
        "track": enrollment.track,
        "role": enrollment.role,
        "origins": enrollment.origins,
        "progress": [
            {
                "milestone_key": row.milestone_key,
                "work": row.work,
                "work_changed_at": row.work_changed_at and row.work_changed_at.isoformat(),
                "verification": row.verification,
                "verification_changed_at": row.verification_changed_at
                and row.verification_changed_at.isoformat(),
            }
            for row in progress
        ],
        "history": list(history.values(*MilestoneHistory.fields_kept)),
    }


def _store(enrollment: Enrollment, upgrade: Upgrade, now: datetime) -> None:
    """Replace the stored states and history by those after the upgrade."""
    rows = {
        row.milestone_key: row for row in MilestoneProgress.objects.filter(enrollment=enrollment)
    }
    MilestoneProgress.objects.filter(enrollment=enrollment).delete()
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(
            enrollment=enrollment,
            milestone_key=key,
            work=state.work.value,
            work_changed_at=_when(rows, upgrade, key, "work_changed_at") or now,
            verification=state.verification.value,
            verification_changed_at=_when(rows, upgrade, key, "verification_changed_at") or now,
        )
        for key, state in upgrade.states.items()
    )
    MilestoneHistory.objects.filter(enrollment=enrollment).delete()
    MilestoneHistory.objects.bulk_create(
        MilestoneHistory(
            enrollment=enrollment,
            milestone_key=entry.key,
            title=entry.title,
            effort_hours=entry.effort_hours,
            work=entry.state.work.value,
            verification=entry.state.verification.value,
            earned=entry.earned,
            reason=entry.reason.value,
        )
        for entry in upgrade.history
    )


def _when(
    rows: dict[str, MilestoneProgress], upgrade: Upgrade, key: str, name: str
) -> datetime | None:
    """Return the latest time of this name among the rows that a state comes from."""
    sources = upgrade.origins.get(key, (key,))
    found = [getattr(rows[source], name) for source in sources if source in rows]
    return max((when for when in found if when), default=None)


def _origins(enrollment: Enrollment, upgrade: Upgrade) -> dict[str, list[str]]:
    """Return, by new key, every earlier key under which its work is stored."""
    found: dict[str, list[str]] = {}
    for key in upgrade.after.pathway.milestones:
        sources = upgrade.origins.get(key, (key,))
        behind = [old for source in sources for old in enrollment.keys_behind(source)]
        rest = [old for old in dict.fromkeys(behind) if old != key]
        if rest:
            found[key] = rest
    return found
