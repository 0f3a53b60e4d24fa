"""Say no to an upgrade: not now, or never to this edition."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from progress.commands.guards import require_learner
from progress.commands.take_upgrade import NoSuchUpgrade
from progress.models import Enrollment, UpgradeAnswer
from progress.queries.upgrade_offer import newest_edition


def answer_upgrade(*, person: User, enrollment: Enrollment, answer: str, now: datetime) -> None:
    """Remember `answer` (later or never) to the newest edition; a new one replaces the old.

    Raises NotYourEnrollment, NoSuchUpgrade.
    """
    require_learner(person, enrollment)
    edition = newest_edition(enrollment)
    if edition is None:
        raise NoSuchUpgrade(_("You are on the newest edition."))
    UpgradeAnswer.objects.update_or_create(
        enrollment=enrollment,
        edition=edition,
        defaults={"answer": answer, "answered_at": now},
    )
