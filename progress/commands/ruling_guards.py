"""Refusals about waivers and revocations."""

from backend.errors import Conflict, Refused
from progress.models import Enrollment, Ruling
from progress.models.ruling import RulingKind
from progress.states import Verification


class NotWaivable(Refused):
    """The pathway's author says which milestones prior learning can stand in for."""

    code = "not-waivable"
    title = "This milestone can't be waived"


class NothingToWaive(Conflict):
    """It is complete, or a round of it waits."""

    code = "nothing-to-waive"
    title = "There is nothing to waive here"


class NothingToRevoke(Conflict):
    """It is not approved, or not any more."""

    code = "nothing-to-revoke"
    title = "There is no approval to revoke"


_STANDS = {
    Verification.NONE: "No mentor has approved it.",
    Verification.WAITING: "A round of it waits for a review.",
    Verification.APPROVED: "It is approved.",
    Verification.CHANGES_REQUESTED: "Changes are asked for.",
    Verification.WAIVED: "It is waived.",
    Verification.REVOKED: "It is revoked.",
}


def how_it_stands(enrollment: Enrollment, keys: list[str], verification: str) -> str:
    """Return in a sentence where mentors stand with a milestone, and who made it so if it was one.

    `keys` are those that its work is stored under.
    """
    if verification in RulingKind.values:
        last = Ruling.objects.on(enrollment, keys).filter(kind=verification).first()
        if last is not None:
            when = f"{last.made_at:%Y-%m-%d %H:%M} UTC"
            return f"{last.mentor.display_name} {verification} it at {when}."
    return _STANDS[Verification(verification)]
