"""What inviting a whole list into a cohort would do, row by row. Nothing is stored."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.csv_cells import CsvUnreadable, Limits, Table, read_csv
from backend.errors import FieldError
from progress.invitation_list import (
    LONGEST_MESSAGE,
    Column,
    Listed,
    RowUnreadable,
    columns_of,
    listed,
    with_header,
)
from progress.models import Cohort, Invitation
from progress.models.cohort import PARTS
from progress.models.invitation import OPEN_IN_A_COHORT

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_ROWS = 500
LIMITS = Limits(rows=MOST_ROWS, columns=50, cell=LONGEST_MESSAGE + 1_000)


class InvitationVerdict(enum.StrEnum):
    """What becomes of a row."""

    INVITE = "invite"
    MEMBER = "member"
    INVITED = "invited"
    DUPLICATE = "duplicate"
    OWN = "own"
    REFUSED = "refused"


REASONS: Mapping[InvitationVerdict, "StrPromise"] = {
    InvitationVerdict.MEMBER: gettext_lazy("Is in this cohort already."),
    InvitationVerdict.INVITED: gettext_lazy("Has an open invitation already."),
    InvitationVerdict.DUPLICATE: gettext_lazy("Stands further up in this list."),
    InvitationVerdict.OWN: gettext_lazy("Is your own address."),
}


@dataclass(frozen=True, slots=True)
class PlannedInvitation:
    """A row with its verdict, and `reason` in words unless it is to be invited.

    Of a refused one `field` and `code` say where and why.
    """

    line: int
    verdict: InvitationVerdict
    email: str = ""
    part: str = ""
    name: str = ""
    message: str = ""
    field: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InvitationPlan:
    """A list as it was understood. `columns` is (its name, what it is read as or empty).

    `room` is how many invitations into the cohort may be opened now.
    """

    encoding: str
    delimiter: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[PlannedInvitation, ...]
    room: int

    def having(self, verdict: InvitationVerdict) -> list[PlannedInvitation]:
        """Return the rows with a verdict, in the order of their lines."""
        return [row for row in self.rows if row.verdict is verdict]


def invitation_plan(
    cohort: Cohort,
    content: bytes | str,
    *,
    person: User,
    part: str,
    message: str,
    now: datetime,
) -> InvitationPlan:
    """Return what inviting the people of a CSV into `cohort` would do (three queries).

    `part` and `message` are for rows that name none. A person may have several parts, so it is
    the pair of address and part that is there, invited or named already. Raises CsvUnreadable.
    """
    table = with_header(read_csv(content, limits=LIMITS))
    columns = columns_of(table.header)
    if Column.EMAIL not in columns:
        names_said = ", ".join(name[:40] for name in table.header)
        said = _("Line 1 names no column email. It names: %(names)s.")
        detail = said % {"names": names_said}
        raise CsvUnreadable(detail, errors=[FieldError("text", "column-missing", detail, 1)])
    read = _read(table, columns, part, message)
    wanted = [one for one in read if isinstance(one, Listed)]
    judge = _Judge(cohort, person, {one.email for one in wanted}, now)
    names = {place: column.value for column, place in columns.items()}
    return InvitationPlan(
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns=tuple((name, names.get(place, "")) for place, name in enumerate(table.header)),
        rows=tuple(judge.verdict(one) if isinstance(one, Listed) else one for one in read),
        room=max(0, OPEN_IN_A_COHORT - judge.open_now),
    )


def _read(
    table: Table, columns: Mapping[Column, int], part: str, message: str
) -> list[Listed | PlannedInvitation]:
    found: list[Listed | PlannedInvitation] = []
    for row in table.rows:
        try:
            one = listed(row, columns, parts=PARTS, part=part, message=message)
            found.append(_refused_address(one) or one)
        except RowUnreadable as exc:
            said = row.cells[columns[Column.EMAIL]].strip()[:80]
            found.append(
                PlannedInvitation(
                    row.line,
                    InvitationVerdict.REFUSED,
                    email=said,
                    field=exc.column.value,
                    code=exc.code,
                    reason=exc.detail,
                )
            )
    return found


def _refused_address(one: Listed) -> PlannedInvitation | None:
    try:
        validate_email(one.email)
    except ValidationError:
        return PlannedInvitation(
            one.line,
            InvitationVerdict.REFUSED,
            email=one.email[:80],
            name=one.name,
            field=Column.EMAIL.value,
            code="no-address",
            reason=_("“%(email)s” is no email address.") % {"email": one.email[:80]},
        )
    return None


class _Judge:
    """Knows who is in the cohort, who is invited, and what the rows before have said."""

    def __init__(self, cohort: Cohort, person: User, emails: set[str], now: datetime) -> None:
        addresses = EmailAddress.objects.filter(verified=True).annotate(lower=Lower("email"))
        self.own = {
            person.email.lower(),
            *addresses.filter(user=person).values_list("lower", flat=True),
        }
        there = addresses.filter(
            lower__in=emails, user__cohort_parts__cohort=cohort, user__cohort_parts__left_at=None
        )
        self.members = set(there.values_list("lower", "user__cohort_parts__part"))
        open_now = Invitation.objects.open_at(now).filter(cohort=cohort)
        pairs = list(open_now.values_list("email", "part"))
        self.open_now = len(pairs)
        self.invited = set(pairs)
        self.named: set[tuple[str, str]] = set()

    def verdict(self, one: Listed) -> PlannedInvitation:
        """Return the row with its verdict; those that follow are judged after it."""
        verdict = self._judged(one)
        self.named.add((one.email, one.part))
        return PlannedInvitation(
            one.line,
            verdict,
            email=one.email,
            part=one.part,
            name=one.name,
            message=one.message,
            reason=str(REASONS.get(verdict, "")),
        )

    def _judged(self, one: Listed) -> InvitationVerdict:
        pair = (one.email, one.part)
        if one.email in self.own:
            return InvitationVerdict.OWN
        if pair in self.named:
            return InvitationVerdict.DUPLICATE
        if pair in self.members:
            return InvitationVerdict.MEMBER
        return InvitationVerdict.INVITED if pair in self.invited else InvitationVerdict.INVITE
