"""Invite somebody: by email or by a link, to a mentorship or into a cohort."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress import events, outbox
from progress.commands.cohort_guards import require_coordinator, require_open_cohort
from progress.models import Cohort, Invitation
from progress.models.cohort import CohortPart
from progress.models.invitation import INVITATION_LIFE, OPEN_IN_A_COHORT

OPEN_AT_ONCE = 50


class InvitingYourself(Refused):
    """A mentorship is of two."""

    code = "inviting-yourself"
    title = gettext_lazy("You can't invite yourself")


class TooManyInvitations(Conflict):
    """So many open invitations are hardly to people one knows."""

    code = "too-many-invitations"
    title = gettext_lazy("There are many open invitations already")


class CoordinatorOfNothing(Refused):
    """Only a cohort has coordinators."""

    code = "coordinator-without-cohort"
    title = gettext_lazy("A coordinator is invited into a cohort")


class OneAddressOneUse(Refused):
    """What is sent to an address is for one person."""

    code = "one-address-one-use"
    title = gettext_lazy("An invitation by email is used once")


def invite_person(
    *,
    person: User,
    part: str,
    now: datetime,
    email: str = "",
    message: str = "",
    cohort: Cohort | None = None,
    max_uses: int = 1,
    life: timedelta = INVITATION_LIFE,
) -> Invitation:
    """Store an invitation and return it; it is open for `life`.

    `part` is what the invitee becomes: mentor or learner of `person`, or any part in `cohort`.
    With an `email` mail follows; without one it is a link, good for `max_uses` people. Raises
    InvitingYourself, CoordinatorOfNothing, OneAddressOneUse, NotTheCoordinator, CohortEnded,
    TooManyInvitations.
    """
    _check(person, email, part, cohort, max_uses)
    with transaction.atomic():
        if cohort is not None:
            cohort.hold()
            require_coordinator(person, cohort)
            require_open_cohort(cohort)
        else:
            # One after the other, so that two at once can't both be the last one allowed.
            User.objects.select_for_update(no_key=True).get(pk=person.pk)
        _require_room(person, cohort, now)
        invitation: Invitation = Invitation.objects.create(
            inviter=person,
            cohort=cohort,
            email=email.lower(),
            part=part,
            message=message,
            created_at=now,
            expires_at=now + life,
            max_uses=max_uses,
        )
        outbox.record(
            events.Event(
                type=events.INVITATION_CREATED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=invitation.pk,
                data={"part": part, **({"cohort": str(cohort.pk)} if cohort else {})},
            )
        )
    return invitation


def _check(person: User, email: str, part: str, cohort: Cohort | None, max_uses: int) -> None:
    if cohort is None and email.lower() == person.email.lower():
        raise InvitingYourself(_("Give the address of the person you want to invite."))
    if cohort is None and part == CohortPart.COORDINATOR:
        detail = _("Say which cohort, or invite a mentor or a learner.")
        raise CoordinatorOfNothing(
            detail, errors=[FieldError("part", "coordinator-without-cohort", detail)]
        )
    if email and max_uses != 1:
        detail = _("Leave the address out to make a link that several people can use.")
        raise OneAddressOneUse(
            detail, errors=[FieldError("max_uses", "one-address-one-use", detail)]
        )


def _require_room(person: User, cohort: Cohort | None, now: datetime) -> None:
    rows = Invitation.objects.open_at(now).filter(cohort=cohort)
    most = OPEN_IN_A_COHORT
    if cohort is None:
        rows, most = rows.filter(inviter=person), OPEN_AT_ONCE
    open_now = rows.count()
    if open_now >= most:
        raise TooManyInvitations(
            _("%(count)s are open. Revoke some, or wait for answers.") % {"count": open_now}
        )
