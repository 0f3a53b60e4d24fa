"""What states and kinds are called in a sentence."""

from collections.abc import Mapping

from backend.words import gettext_lazy as _
from progress.document import MilestoneKind
from progress.states import EnrollmentState, Verification

_ENROLLMENT: Mapping[str, object] = {
    EnrollmentState.ACTIVE: _("active"),
    EnrollmentState.COMPLETED: _("completed"),
    EnrollmentState.WITHDRAWN: _("withdrawn"),
}
_VERIFICATION: Mapping[str, object] = {
    Verification.NONE: _("not submitted"),
    Verification.WAITING: _("waiting for review"),
    Verification.APPROVED: _("approved"),
    Verification.CHANGES_REQUESTED: _("to be changed"),
    Verification.WAIVED: _("waived"),
    Verification.REVOKED: _("revoked"),
}
_KIND: Mapping[str, object] = {
    MilestoneKind.DEGREE: _("degree"),
    MilestoneKind.SKILL: _("skill"),
    MilestoneKind.PROJECT: _("project"),
    MilestoneKind.DEPLOYMENT: _("deployment"),
}


def enrollment_state_in_words(state: str) -> str:
    """Return what an enrollment's state is called."""
    return str(_ENROLLMENT[state])


def verification_in_words(verification: str) -> str:
    """Return what a milestone's verification is called."""
    return str(_VERIFICATION[verification])


def kind_in_words(kind: str) -> str:
    """Return what a kind of milestone is called."""
    return str(_KIND[kind])
