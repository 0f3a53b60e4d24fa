"""Go back to the edition before an upgrade."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress import events, outbox
from progress.commands.guards import require_learner
from progress.models import (
    Edition,
    EditionUpgrade,
    Enrollment,
    MilestoneHistory,
    MilestoneProgress,
)
from progress.queries.upgrade_offer import done_since


class NothingToUndo(Conflict):
    """No upgrade, one too long ago, or one after which work went on."""

    code = "nothing-to-undo"
    title = gettext_lazy("This upgrade can't be taken back")


def undo_upgrade(*, person: User, enrollment: Enrollment, now: datetime) -> None:
    """Put the enrollment back to what it was before its last upgrade.

    Within UNDO_WITHIN, if nothing was done since. Raises NotYourEnrollment, NothingToUndo.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        rows = EditionUpgrade.objects.filter(enrollment=enrollment, undone_at=None)
        upgrade = rows.order_by("-taken_at", "-id").first()
        if upgrade is None or upgrade.to_edition_id != enrollment.edition_id:
            raise NothingToUndo(_("No upgrade was taken."))
        if now >= upgrade.undo_until:
            raise NothingToUndo(_("It was taken more than a week ago."))
        if done_since(upgrade):
            raise NothingToUndo(_("You went on since; that would be lost."))
        _restore(enrollment, upgrade)
        EditionUpgrade.objects.filter(pk=upgrade.pk).update(undone_at=now)
        outbox.record(
            events.Event(
                type=events.UPGRADE_UNDONE,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=upgrade.pk,
                enrollment_id=enrollment.pk,
            )
        )


def _restore(enrollment: Enrollment, upgrade: EditionUpgrade) -> None:
    before = upgrade.before
    MilestoneProgress.objects.filter(enrollment=enrollment).delete()
    MilestoneProgress.objects.bulk_create(
        MilestoneProgress(enrollment=enrollment, **row) for row in before["progress"]
    )
    MilestoneHistory.objects.filter(enrollment=enrollment).delete()
    MilestoneHistory.objects.bulk_create(
        MilestoneHistory(enrollment=enrollment, **row) for row in before["history"]
    )
    enrollment.edition = Edition.objects.defer("document").get(pk=upgrade.from_edition_id)
    enrollment.track, enrollment.role = before["track"], before["role"]
    enrollment.origins = before["origins"]
    enrollment.save(update_fields=["edition", "track", "role", "origins"])
