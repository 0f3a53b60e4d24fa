"""Have a link looked at now instead of next week."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress.commands.guards import require_learner
from progress.commands.link_guards import is_looked_at
from progress.models import Evidence
from progress.models.link_check import LinkCheck

NOT_AGAIN_WITHIN = timedelta(minutes=5)


class LinksNotChecked(Conflict):
    """This installation asks no addresses, or the evidence is no link."""

    code = "links-not-checked"
    title = gettext_lazy("This is not looked at")


def check_link_again(*, person: User, evidence: Evidence, now: datetime) -> None:
    """Make the check of a link due; within five minutes of the last it changes nothing.

    Raises NotYourEnrollment, LinksNotChecked.
    """
    require_learner(person, evidence.enrollment)
    rows = LinkCheck.objects.filter(evidence=evidence)
    if not is_looked_at() or not rows.exists():
        raise LinksNotChecked(
            _("Only links are looked at, and only where the server may ask them.")
        )
    rows.exclude(checked_at__gt=now - NOT_AGAIN_WITHIN).filter(due_at__gt=now).update(due_at=now)
