"""Past work as a CSV has it: which column is what, and what a row says. Pure."""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

from backend.csv_cells import Row
from backend.words import gettext as _

MINUTES_IN_A_DAY: Final = 24 * 60
LONGEST_NOTE: Final = 10_000


class Column(enum.StrEnum):
    """What a column can be read as."""

    DAY = "day"
    MINUTES = "minutes"
    HOURS = "hours"
    MILESTONE_KEY = "milestone_key"
    MILESTONE = "milestone"
    NOTE = "note"


NAMES: Final[Mapping[Column, tuple[str, ...]]] = MappingProxyType(
    {
        Column.DAY: ("day", "date"),
        Column.MINUTES: ("minutes", "min", "mins"),
        Column.HOURS: ("hours", "h", "time"),
        Column.MILESTONE_KEY: ("milestone key", "key"),
        Column.MILESTONE: ("milestone", "milestone title", "topic", "task"),
        Column.NOTE: ("note", "notes", "comment", "description"),
    }
)
"""The names by which a column is known; case and `_` do not matter. The first is ours."""


@dataclass(frozen=True, slots=True)
class Work:
    """A row that could be read: `milestone` is a key or a title as it was written."""

    line: int
    day: date
    minutes: int
    milestone: str
    note: str


class RowUnreadable(ValueError):
    """A row that says no day, no time, or too much of it; `column` is where."""

    def __init__(self, column: Column, code: str, detail: str) -> None:
        super().__init__(detail)
        self.column, self.code, self.detail = column, code, detail


def columns_of(header: Sequence[str]) -> dict[Column, int]:
    """Return which column is at which place of the header; of two that fit, the first."""
    known = {name: column for column, names in NAMES.items() for name in names}
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        column = known.get(" ".join(name.replace("_", " ").split()).casefold())
        if column is not None:
            found.setdefault(column, place)
    return found


def missing_columns(columns: Mapping[Column, int]) -> list[str]:
    """Return in words which columns a header must have besides."""
    wanted = {
        "day": {Column.DAY},
        _("minutes (or hours)"): {Column.MINUTES, Column.HOURS},
        _("milestone (its key or title)"): {Column.MILESTONE, Column.MILESTONE_KEY},
    }
    return [words for words, any_of in wanted.items() if not any_of & set(columns)]


def work_of(row: Row, columns: Mapping[Column, int]) -> Work:
    """Return what a row says; raise RowUnreadable at the first cell that says nothing clear.

    Days are ISO 8601 (2026-11-22): other spellings mean two days in two countries. Hours are 1.5,
    1,5 or 1:30, rounded to the minute.
    """
    said = {column: row.cells[place].strip() for column, place in columns.items()}
    milestone = said.get(Column.MILESTONE_KEY) or said.get(Column.MILESTONE, "")
    if not milestone:
        detail = _("Say which milestone it was, by its key or title.")
        raise RowUnreadable(Column.MILESTONE, "missing", detail)
    note = said.get(Column.NOTE, "")
    if len(note) > LONGEST_NOTE:
        detail = _("A note has at most %(most)s characters.") % {"most": LONGEST_NOTE}
        raise RowUnreadable(Column.NOTE, "too-long", detail)
    return Work(row.line, _day(said[Column.DAY]), _minutes(said), milestone, note)


def _day(cell: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cell, re.ASCII):
            return date.fromisoformat(cell)
    except ValueError:
        pass
    detail = (
        _("%(cell)r is no day; write it as 2026-11-22.") % {"cell": cell[:40]}
        if cell
        else _("Say which day.")
    )
    raise RowUnreadable(Column.DAY, "no-day", detail)


def _minutes(said: Mapping[Column, str]) -> int:
    minutes, hours = said.get(Column.MINUTES, ""), said.get(Column.HOURS, "")
    column, cell = (Column.MINUTES, minutes) if minutes else (Column.HOURS, hours)
    if not cell:
        raise RowUnreadable(Column.MINUTES, "missing", _("Say how long it took."))
    found = _whole(minutes) if minutes else _of_hours(hours)
    if found is None:
        detail = _("%(cell)r is no time; write minutes as 90, or hours as 1.5 or 1:30.") % {
            "cell": cell[:40]
        }
        raise RowUnreadable(column, "no-time", detail)
    if not 1 <= found <= MINUTES_IN_A_DAY:
        message = (
            _("%(cell)s minutes is not between a minute and 24 hours.")
            if column == Column.MINUTES
            else _("%(cell)s hours is not between a minute and 24 hours.")
        )
        detail = message % {"cell": cell[:40]}
        raise RowUnreadable(column, "no-time", detail)
    if minutes and hours and _of_hours(hours) != found:
        detail = _("%(minutes)s minutes and %(hours)s hours differ; leave one out.") % {
            "minutes": minutes[:40],
            "hours": hours[:40],
        }
        raise RowUnreadable(column, "no-time", detail)
    return found


def _whole(cell: str) -> int | None:
    found = re.fullmatch(r"(-?\d{1,6})(?:[.,]0+)?", cell, re.ASCII)
    return int(found[1]) if found else None


def _of_hours(cell: str) -> int | None:
    clock = re.fullmatch(r"(\d{1,3}):([0-5]\d)", cell, re.ASCII)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    if not re.fullmatch(r"-?\d{1,4}(?:[.,]\d{1,6})?", cell, re.ASCII):
        return None
    minutes = Decimal(cell.replace(",", ".")) * 60
    return int(minutes.quantize(Decimal(1), rounding=ROUND_HALF_UP))
