"""Invite a whole list of people into a cohort."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from backend.ids import uuid7
from progress import events, outbox
from progress.commands.cohort_guards import require_coordinator, require_open_cohort
from progress.commands.invite_person import TooManyInvitations
from progress.models import Cohort, Invitation, InvitationList
from progress.models.invitation import INVITATION_LIFE
from progress.queries.invitation_plan import (
    InvitationPlan,
    InvitationVerdict,
    PlannedInvitation,
    invitation_plan,
)

TOLD = 100
"""Refused rows that a refusal names."""
MOST_IN_A_DAY = 1_000
A_DAY = timedelta(hours=24)


class InvitationListIdTaken(Conflict):
    """The id belongs to another list."""

    code = "invitation-list-id-taken"
    title = gettext_lazy("This id belongs to another list")


class InvitationListRefused(Refused):
    """Some rows can't be taken, and nobody said to leave them out."""

    code = "invitation-list-refused"
    title = gettext_lazy("Some rows of this list can't be taken")


class NobodyToInvite(Refused):
    """No row is somebody new."""

    code = "nobody-to-invite"
    title = gettext_lazy("There is nobody new to invite")


def invite_list(
    *,
    person: User,
    cohort: Cohort,
    list_id: uuid.UUID,
    content: bytes | str,
    part: str,
    message: str,
    skip_refused: bool,
    now: datetime,
    life: timedelta = INVITATION_LIFE,
) -> tuple[InvitationList, bool]:
    """Invite everybody of a CSV who is not there yet, all or none; return the list, and if new.

    Sending the same again is harmless. `part` and `message` are for rows that name none; refused
    rows are left out only if `skip_refused`. Each invitation goes the way of a single one, open for
    `life`. A fixed number of statements. Raises NotTheCoordinator, CohortEnded, CsvUnreadable,
    InvitationListIdTaken, InvitationListRefused, NobodyToInvite, TooManyInvitations.
    """
    digest = _digest(content, part, message, life)
    with transaction.atomic():
        cohort.hold()
        require_coordinator(person, cohort)
        known = InvitationList.objects.filter(pk=list_id).first()
        if known is not None:
            if (known.cohort_id, known.digest) != (cohort.pk, digest):
                raise InvitationListIdTaken(_("Make a new id for another list."))
            return known, False
        require_open_cohort(cohort)
        plan = invitation_plan(cohort, content, person=person, part=part, message=message, now=now)
        chosen = _to_invite(plan, skip_refused)
        # Into several cohorts one after the other: what a day allows is one person's.
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        _require_room(person, plan, len(chosen), now)
        made = _store(person, cohort, list_id, digest, plan, now)
        _invite(made, chosen, life)
    return made, True


def _digest(content: bytes | str, part: str, message: str, life: timedelta) -> str:
    raw = content.encode() if isinstance(content, str) else content
    how = json.dumps([part, message, life.days]).encode()
    return hashlib.sha256(how + b"\n" + raw).hexdigest()


def _to_invite(plan: InvitationPlan, skip_refused: bool) -> list[PlannedInvitation]:
    refused = plan.having(InvitationVerdict.REFUSED)
    if refused and not skip_refused:
        detail = _(
            "%(refused)s of %(rows)s rows can't be taken. Mend them, or invite the others without "
            "them."
        ) % {"refused": len(refused), "rows": len(plan.rows)}
        errors = [FieldError(r.field, r.code, r.reason, r.line) for r in refused[:TOLD]]
        raise InvitationListRefused(detail, errors=errors)
    chosen = plan.having(InvitationVerdict.INVITE)
    if not chosen:
        left_out = len(plan.rows) - len(refused)
        raise NobodyToInvite(
            _("Everybody in this list is in the cohort, or invited, already.")
            if left_out
            else _("No row of this list could be taken.")
        )
    return chosen


def _require_room(person: User, plan: InvitationPlan, wanted: int, now: datetime) -> None:
    if wanted > plan.room:
        raise TooManyInvitations(
            _(
                "This would open %(wanted)s, and there is room for %(room)s more. Revoke some, or "
                "wait for answers."
            )
            % {"wanted": wanted, "room": plan.room}
        )
    lately = InvitationList.objects.filter(inviter=person, created_at__gt=now - A_DAY)
    invited = lately.aggregate(sum=Sum("invited"))["sum"] or 0
    if invited + wanted > MOST_IN_A_DAY:
        raise TooManyInvitations(
            _(
                "You invited %(invited)s people in the last 24 hours, and %(most)s are the most. "
                "Go on tomorrow."
            )
            % {"invited": invited, "most": MOST_IN_A_DAY}
        )


def _store(
    person: User,
    cohort: Cohort,
    list_id: uuid.UUID,
    digest: str,
    plan: InvitationPlan,
    now: datetime,
) -> InvitationList:
    invited = len(plan.having(InvitationVerdict.INVITE))
    refused = len(plan.having(InvitationVerdict.REFUSED))
    try:
        with transaction.atomic():
            made: InvitationList = InvitationList.objects.create(
                id=list_id,
                cohort=cohort,
                inviter=person,
                digest=digest,
                invited=invited,
                left_out=len(plan.rows) - invited - refused,
                refused=refused,
                created_at=now,
            )
    except IntegrityError as exc:  # one into another cohort took the id in this moment
        raise InvitationListIdTaken(_("Make a new id for another list.")) from exc
    return made


def _invite(came_with: InvitationList, rows: Sequence[PlannedInvitation], life: timedelta) -> None:
    now = came_with.created_at
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                id=uuid7(),
                inviter=came_with.inviter,
                cohort=came_with.cohort,
                came_with=came_with,
                email=row.email,
                part=row.part,
                message=row.message,
                created_at=now,
                expires_at=now + life,
            )
            for row in rows
        ]
    )
    outbox.record_all(
        events.Event(
            type=events.INVITATION_CREATED,
            occurred_at=now,
            actor_id=came_with.inviter_id,
            subject_id=one.pk,
            data={"part": one.part, "cohort": str(one.cohort_id)},
        )
        for one in made
    )
