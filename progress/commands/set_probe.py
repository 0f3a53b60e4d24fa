"""Have a deployment asked every hour whether it is up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import FieldError, Refused
from backend.outgoing import Refusal, client
from progress.checks.probes import is_watched
from progress.commands.check_link_again import LinksNotChecked
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.commands.link_guards import LinkNotPublic, is_looked_at
from progress.models import Enrollment
from progress.models.probe import Probe, ProbeDay
from progress.state_words import kind_in_words


class NotADeployment(Refused):
    """Only deployments have a health URL."""

    code = "not-a-deployment"
    title = gettext_lazy("This milestone is not a deployment")


def set_probe(
    *, person: User, enrollment: Enrollment, milestone_key: str, url: str, now: datetime
) -> Probe:
    """Set the health URL of a milestone; return its probe. The same URL again changes nothing.

    Another URL is another deployment: what was counted so far goes. Raises NotYourEnrollment,
    NotOnTheWay, NotADeployment, LinkNotPublic, LinksNotChecked, EnrollmentNotActive.
    """
    require_learner(person, enrollment)
    milestone = require_milestone(enrollment, milestone_key)
    if milestone.kind != "deployment":
        raise NotADeployment(
            _("%(milestone)s is of the kind “%(kind)s”: link to it as evidence.")
            % {"milestone": milestone.title, "kind": kind_in_words(milestone.kind)}
        )
    if not is_looked_at():
        raise LinksNotChecked(_("This server does not ask other addresses."))
    _require_askable(url)
    with transaction.atomic():
        enrollment.hold()
        require_working(enrollment)
        due = now if is_watched(enrollment, now) else None
        probe, is_new = Probe.objects.get_or_create(
            enrollment=enrollment,
            milestone_key=milestone_key,
            defaults={"url": url, "created_at": now, "due_at": due},
        )
        if not is_new and probe.url != url:
            ProbeDay.objects.filter(probe=probe).delete()
            changes = {"url": url, "created_at": now, "due_at": due, "taken_by": None}
            last = {"checked_at": None, "is_up": None, "reason": "", "down_since": None}
            Probe.objects.filter(pk=probe.pk).update(**changes, **last)
            probe.refresh_from_db()
    return probe


def _require_askable(url: str) -> None:
    try:
        client().admit(url)
    except Refusal as exc:
        detail = _("This can't be asked: %(reason)s.") % {"reason": exc.reason}
        raise LinkNotPublic(detail, errors=[FieldError("url", "not-public", detail)]) from None
