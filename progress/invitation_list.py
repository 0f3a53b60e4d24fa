"""A list of people to invite as a CSV has it: which column is what, and what a row says. Pure."""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from backend.csv_cells import Row, Table
from backend.words import gettext as _

LONGEST_ADDRESS: Final = 254
LONGEST_MESSAGE: Final = 1_000
LONGEST_NAME: Final = 120


class Column(enum.StrEnum):
    """What a column can be read as."""

    EMAIL = "email"
    PART = "part"
    NAME = "name"
    MESSAGE = "message"


NAMES: Final[Mapping[Column, tuple[str, ...]]] = MappingProxyType(
    {
        Column.EMAIL: ("email", "e mail", "mail", "email address", "e mail address", "address"),
        Column.PART: ("part", "role"),
        Column.NAME: ("name", "full name"),
        Column.MESSAGE: ("message", "note", "word"),
    }
)
"""The names by which a column is known; case, `_` and `-` do not matter. The first is ours."""

_ADDRESS: Final = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row that could be read. `email` is in lower case; its form has not been judged yet."""

    line: int
    email: str
    part: str
    name: str
    message: str


class RowUnreadable(ValueError):
    """A row that names no address, no known part, or says too much; `column` is where."""

    def __init__(self, column: Column, code: str, detail: str) -> None:
        super().__init__(detail)
        self.column, self.code, self.detail = column, code, detail


def with_header(table: Table) -> Table:
    """Return the table, a bare list of addresses with the header that it lacks.

    So that a column copied from somewhere can be pasted: its first line is an address itself.
    """
    if len(table.header) == 1 and _ADDRESS.fullmatch(table.header[0]):
        first = Row(1, table.header)
        return Table((Column.EMAIL.value,), (first, *table.rows), table.delimiter, table.encoding)
    return table


def columns_of(header: Sequence[str]) -> dict[Column, int]:
    """Return which column is at which place of the header; of two that fit, the first."""
    known = {name: column for column, names in NAMES.items() for name in names}
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        column = known.get(" ".join(re.sub("[_-]", " ", name).split()).casefold())
        if column is not None:
            found.setdefault(column, place)
    return found


def listed(
    row: Row, columns: Mapping[Column, int], *, parts: Sequence[str], part: str, message: str
) -> Listed:
    """Return what a row says; raise RowUnreadable at the first cell that says nothing clear.

    Where a row names no part or message, it is `part` and `message`; parts are one of `parts`,
    also in the plural and in capitals.
    """
    said = {column: row.cells[place].strip() for column, place in columns.items()}
    email = said.get(Column.EMAIL, "").lower()
    if not email:
        raise RowUnreadable(Column.EMAIL, "missing", _("Say whom: this row has no address."))
    if len(email) > LONGEST_ADDRESS:
        detail = _("An address has at most %(longest)s characters.") % {"longest": LONGEST_ADDRESS}
        raise RowUnreadable(Column.EMAIL, "too-long", detail)
    own = said.get(Column.MESSAGE, "")
    if len(own) > LONGEST_MESSAGE:
        detail = _("A message has at most %(longest)s characters.") % {"longest": LONGEST_MESSAGE}
        raise RowUnreadable(Column.MESSAGE, "too-long", detail)
    named = _part(said.get(Column.PART, ""), parts) or part
    name = " ".join(said.get(Column.NAME, "").split())[:LONGEST_NAME]
    return Listed(row.line, email, named, name, own or message)


def _part(cell: str, parts: Sequence[str]) -> str:
    """Return the part that a cell names, empty if it names none."""
    folded = cell.casefold()
    if not folded:
        return ""
    for part in parts:
        if folded in {part, f"{part}s"}:
            return part
    detail = _("“%(cell)s” is no part; write one of these: %(parts)s.") % {
        "cell": cell[:40],
        "parts": ", ".join(parts),
    }
    raise RowUnreadable(Column.PART, "no-part", detail)
