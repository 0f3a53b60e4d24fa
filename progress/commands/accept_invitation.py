"""Accept an invitation."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Forbidden, Gone, Refused
from progress import events, outbox
from progress.models import CohortMember, Enrollment, Invitation, InvitationUse, Mentorship
from progress.models.cohort import CohortPart
from progress.models.invitation import InvitationState
from progress.states import EnrollmentState

CLOSED = {
    InvitationState.ACCEPTED: gettext_lazy("It was accepted already."),
    InvitationState.USED_UP: gettext_lazy("As many people as it was made for have used it."),
    InvitationState.REVOKED: gettext_lazy("It was taken back."),
    InvitationState.EXPIRED: gettext_lazy("It has expired."),
    InvitationState.OPEN: gettext_lazy("The cohort has ended."),
}


class InvitationClosed(Gone):
    """Accepted, used up, revoked or expired."""

    code = "invitation-closed"
    title = gettext_lazy("This invitation is no longer open")


class InvitationForAnother(Forbidden):
    """It was sent to another address."""

    code = "invitation-for-another"
    title = gettext_lazy("This invitation is for somebody else")


class OwnInvitation(Refused):
    """A mentorship is of two."""

    code = "own-invitation"
    title = gettext_lazy("This is your own invitation")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting made: a mentorship, or a part in a cohort.

    `enroll` is the slug of the cohort's pathway if its new learner is not on it yet.
    """

    part: str
    mentorship: Mentorship | None = None
    member: CohortMember | None = None
    enroll: str | None = None


def accept_invitation(*, person: User, invitation: Invitation, now: datetime) -> Accepted:
    """Make what the invitation offers; return it.

    Doing it again returns the same, and uses nothing up. An invitation by email is bound to its
    address: `person` must have verified it. Nobody is enrolled by it: track and target are the
    learner's to choose. Raises OwnInvitation, InvitationForAnother, InvitationClosed.
    """
    cohort = invitation.cohort
    if cohort is None and invitation.inviter_id == person.pk:
        raise OwnInvitation(_("Send the link to the person you invited."))
    _require_address(person, invitation)
    with transaction.atomic():
        if cohort is not None:
            cohort.hold()
        invitation.hold()
        known = _known(person, invitation)
        used = InvitationUse.objects.filter(invitation=invitation, person=person).exists()
        if known is not None and (used or not invitation.email):
            return known
        closed = used or (cohort is not None and cohort.ended_at is not None)
        if closed or not invitation.use(person=person, now=now):
            said = (
                _("You accepted it before, and left.") if used else CLOSED[invitation.state_at(now)]
            )
            raise InvitationClosed(f"{said} {_('Ask for a new one.')}")
        return known or _join(person, invitation, now)


def _known(person: User, invitation: Invitation) -> Accepted | None:
    """Return what the invitation offers where it is so already."""
    if invitation.cohort is not None:
        there = (
            CohortMember.objects.present()
            .select_related("cohort__pathway")
            .filter(cohort=invitation.cohort, person=person, part=invitation.part)
        )
        member = there.first()
        return _accepted(invitation, member=member, person=person) if member else None
    mentor, learner = _two(person, invitation)
    row = Mentorship.objects.active().filter(mentor=mentor, learner=learner).first()
    return Accepted(part=invitation.part, mentorship=row) if row else None


def _join(person: User, invitation: Invitation, now: datetime) -> Accepted:
    if invitation.cohort is not None:
        member: CohortMember = CohortMember.objects.create(
            cohort=invitation.cohort, person=person, part=invitation.part, joined_at=now
        )
        made = _accepted(invitation, member=member, person=person)
        kind, subject = events.COHORT_JOINED, member.pk
    else:
        mentor, learner = _two(person, invitation)
        mentorship, is_new = Mentorship.objects.active().get_or_create(
            mentor=mentor, learner=learner, defaults={"started_at": now}
        )
        made = Accepted(part=invitation.part, mentorship=mentorship)
        if not is_new:  # by another invitation, a moment ago
            return made
        kind, subject = events.MENTORSHIP_STARTED, mentorship.pk
    outbox.record(
        events.Event(
            type=kind,
            occurred_at=now,
            actor_id=person.pk,
            subject_id=subject,
            data={"invitation": str(invitation.pk), "part": invitation.part},
        )
    )
    return made


def _accepted(invitation: Invitation, *, member: CohortMember, person: User) -> Accepted:
    pathway = member.cohort.pathway
    on_it = Enrollment.objects.filter(learner=person, pathway=pathway)
    walks = on_it.exclude(state=EnrollmentState.WITHDRAWN).exists()
    offer = invitation.part == CohortPart.LEARNER and not walks
    return Accepted(part=invitation.part, member=member, enroll=pathway.slug if offer else None)


def _two(person: User, invitation: Invitation) -> tuple[User, User]:
    """Return the mentor and the learner."""
    inviter_mentors = invitation.part == CohortPart.LEARNER
    return (invitation.inviter, person) if inviter_mentors else (person, invitation.inviter)


def _require_address(person: User, invitation: Invitation) -> None:
    if invitation.email and not has_address(person, invitation):
        raise InvitationForAnother(
            _(
                "You are signed in as %(email)s, and it was sent to another email address. "
                "Sign in with that one, or ask for an invitation to %(email)s."
            )
            % {"email": person.email}
        )


def has_address(person: User, invitation: Invitation) -> bool:
    """Return whether `person` has verified the address that the invitation was sent to."""
    rows = EmailAddress.objects.filter(user=person, verified=True)
    return bool(rows.filter(email__iexact=invitation.email).exists())
