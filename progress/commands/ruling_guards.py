"""Refusals about waivers and revocations."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import Conflict, Refused
from progress.commands.opinion_guards import when
from progress.models import Enrollment, Ruling
from progress.models.ruling import RulingKind
from progress.states import Verification


class NotWaivable(Refused):
    """The pathway's author says which milestones prior learning can stand in for."""

    code = "not-waivable"
    title = gettext_lazy("This milestone can't be waived")


class NothingToWaive(Conflict):
    """It is complete, or a round of it waits."""

    code = "nothing-to-waive"
    title = gettext_lazy("There is nothing to waive here")


class NothingToRevoke(Conflict):
    """It is not approved, or not any more."""

    code = "nothing-to-revoke"
    title = gettext_lazy("There is no approval to revoke")


_STANDS = {
    Verification.NONE: gettext_lazy("No mentor has approved it."),
    Verification.WAITING: gettext_lazy("A round of it waits for a review."),
    Verification.APPROVED: gettext_lazy("It is approved."),
    Verification.CHANGES_REQUESTED: gettext_lazy("Changes are asked for."),
    Verification.WAIVED: gettext_lazy("It is waived."),
    Verification.REVOKED: gettext_lazy("It is revoked."),
}


def how_it_stands(enrollment: Enrollment, keys: list[str], verification: str) -> str:
    """Return in a sentence where mentors stand with a milestone, and who made it so if it was one.

    `keys` are those that its work is stored under.
    """
    if verification in RulingKind.values:
        last = Ruling.objects.on(enrollment, keys).filter(kind=verification).first()
        if last is not None:
            said = (
                _("%(mentor)s waived it on %(when)s UTC.")
                if last.kind == RulingKind.WAIVED
                else _("%(mentor)s revoked it on %(when)s UTC.")
            )
            return said % {"mentor": last.mentor.display_name, "when": when(last.made_at)}
    return str(_STANDS[Verification(verification)])
