"""What importing a CSV of past work would do, row by row. Nothing is stored."""

import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from backend.csv_cells import CsvUnreadable, Limits, Table, read_csv
from backend.errors import FieldError
from backend.words import day_in_words
from progress.compiled import compiled, key_now
from progress.document import Milestone
from progress.models import Enrollment, LogEntry, Pause
from progress.past_work import (
    LONGEST_NOTE,
    MINUTES_IN_A_DAY,
    Column,
    RowUnreadable,
    Work,
    columns_of,
    missing_columns,
    work_of,
)
from progress.queries.learner_map import Named
from progress.rhythm import pause_around

LIMITS = Limits(rows=10_000, columns=50, cell=LONGEST_NOTE + 2_000)
YEARS_BACK = 10
"""Work is taken from this many years before the enrollment on."""


class Verdict(enum.StrEnum):
    """What becomes of a row."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row with its verdict. Of a refused one `field`, `code` and `reason` say why."""

    line: int
    verdict: Verdict
    day: date | None = None
    minutes: int | None = None
    milestone: Named | None = None
    note: str = ""
    field: str = ""
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A CSV as it was understood. `columns` is (its name, what it is read as or empty)."""

    encoding: str
    delimiter: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[PlannedRow, ...]

    def having(self, verdict: Verdict) -> list[PlannedRow]:
        """Return the rows with a verdict, in the order of their lines."""
        return [row for row in self.rows if row.verdict is verdict]


def import_plan(enrollment: Enrollment, content: bytes | str, *, now: datetime) -> ImportPlan:
    """Return what importing `content` would do (three queries).

    A row is a duplicate if the log has an entry on the same milestone and day with the same
    minutes and note; of three such rows and two entries, the third is accepted. Days are judged
    where the learner is. Raises CsvUnreadable.
    """
    table = read_csv(content, limits=LIMITS)
    columns = columns_of(table.header)
    missing = missing_columns(columns)
    if missing:
        detail = _("Line 1 names no column for %(missing)s. It names: %(header)s.") % {
            "missing": ", ".join(missing),
            "header": ", ".join(name[:40] for name in table.header),
        }
        raise CsvUnreadable(detail, errors=[FieldError("text", "column-missing", detail, 1)])
    read = {column.value: place for column, place in columns.items()}
    names = {place: column for column, place in read.items()}
    return ImportPlan(
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns=tuple((name, names.get(place, "")) for place, name in enumerate(table.header)),
        rows=tuple(_planned(enrollment, table, columns, now)),
    )


def _planned(
    enrollment: Enrollment, table: Table, columns: Mapping[Column, int], now: datetime
) -> list[PlannedRow]:
    read: list[Work | PlannedRow] = []
    for row in table.rows:
        try:
            read.append(work_of(row, columns))
        except RowUnreadable as exc:
            read.append(_refused(row.line, exc.column, exc.code, exc.detail))
    judge = _Judge(enrollment, [one for one in read if isinstance(one, Work)], now)
    return [judge.verdict(one) if isinstance(one, Work) else one for one in read]


def _refused(line: int, column: Column, code: str, reason: str, **said: Any) -> PlannedRow:
    return PlannedRow(
        line,
        Verdict.REFUSED,
        field=column.value,
        code=code,
        reason=reason,
        **said,
    )


class _Judge:
    """Knows what the log has on the days of the rows, and what the rows before have added."""

    def __init__(self, enrollment: Enrollment, works: list[Work], now: datetime) -> None:
        zone = enrollment.learner.zone
        self.enrollment = enrollment
        self.today = now.astimezone(zone).date()
        started = enrollment.started_at.astimezone(zone).date()
        self.earliest = started - timedelta(days=YEARS_BACK * 366)
        on_way = compiled(enrollment).milestones.values()
        self.by_title: dict[str, list[Milestone]] = {}
        for one in on_way:
            self.by_title.setdefault(_folded(one.title), []).append(one)
        days = [work.day for work in works]
        within: dict[str, Any] = (
            {"day__gte": min(days), "day__lte": max(days)} if days else {"pk__in": []}
        )
        self.known = self._known(within)
        self.minutes = self._minutes(within)
        pauses = Pause.objects.filter(enrollment=enrollment).order_by("starts_on")
        self.pauses = [pause.interval for pause in pauses]

    def _known(self, within: Mapping[str, Any]) -> Counter[tuple[str, date, int, str]]:
        rows = LogEntry.objects.standing().filter(enrollment=self.enrollment, **within)
        return Counter(
            (key_now(self.enrollment, key), day, minutes, note.strip())
            for key, day, minutes, note in rows.values_list(
                "milestone_key", "day", "minutes", "note"
            )
        )

    def _minutes(self, within: Mapping[str, Any]) -> Counter[date]:
        """Return the minutes of each day, those on the learner's other enrollments included."""
        learner = self.enrollment.learner_id
        rows = LogEntry.objects.standing().filter(enrollment__learner=learner, **within)
        by_day: Iterable[tuple[date, int]] = (
            rows.values_list("day").annotate(minutes=Sum("minutes")).order_by()
        )
        return Counter(dict(by_day))

    def verdict(self, work: Work) -> PlannedRow:
        """Return the row with its verdict; an accepted one counts for those that follow."""
        milestone, why = self._milestone(work.milestone)
        key = milestone.key if milestone else key_now(self.enrollment, work.milestone)
        said: dict[str, Any] = {"day": work.day, "minutes": work.minutes, "note": work.note}
        title = milestone.title if milestone else work.milestone
        named = Named(key, title)
        alike = (key, work.day, work.minutes, work.note)
        if self.known[alike]:
            self.known[alike] -= 1
            return PlannedRow(work.line, Verdict.DUPLICATE, milestone=named, **said)
        if milestone is None:
            return _refused(work.line, Column.MILESTONE, "not-on-the-way", why, **said)
        said["milestone"] = named
        refusal = self._day(work)
        if refusal is not None:
            return _refused(work.line, *refusal, **said)
        self.minutes[work.day] += work.minutes
        return PlannedRow(work.line, Verdict.ACCEPTED, **said)

    def _milestone(self, said: str) -> tuple[Milestone | None, str]:
        """Return the milestone on the way that a key or title means, or why there is none."""
        milestones = compiled(self.enrollment).milestones
        found = milestones.get(key_now(self.enrollment, said))
        if found is None:
            titled = self.by_title.get(_folded(said), [])
            if len(titled) > 1:
                keys = ", ".join(one.key for one in titled)
                return None, _("Several milestones are called %(title)r; use a key: %(keys)s.") % {
                    "title": said[:80],
                    "keys": keys,
                }
            found = titled[0] if titled else None
        if found is None:
            return None, _("There is no milestone %(name)r on this pathway.") % {"name": said[:80]}
        if not found.is_on(self.enrollment.track):
            return None, _("%(milestone)s is not part of your track.") % {"milestone": found.title}
        return found, ""

    def _day(self, work: Work) -> tuple[Column, str, str] | None:
        if work.day > self.today:
            return (
                Column.DAY,
                "in-future",
                _("%(day)s is in the future; today is %(today)s.")
                % {"day": day_in_words(work.day), "today": day_in_words(self.today)},
            )
        if work.day < self.earliest:
            detail = _("Work is taken from %(day)s on: %(years)s years before the start.") % {
                "day": day_in_words(self.earliest),
                "years": YEARS_BACK,
            }
            return Column.DAY, "too-early", detail
        if pause_around(self.pauses, work.day) is not None:
            return (
                Column.DAY,
                "paused",
                _("You were paused on %(day)s; shorten that pause first.")
                % {"day": day_in_words(work.day)},
            )
        logged = self.minutes[work.day]
        if logged + work.minutes > MINUTES_IN_A_DAY:
            left = MINUTES_IN_A_DAY - logged
            said = _(
                "%(day)s has %(minutes)s minutes already, in the log and in earlier lines; "
                "%(left)s are left of its 24 hours."
            )
            detail = said % {"day": day_in_words(work.day), "minutes": logged, "left": left}
            return Column.MINUTES, "day-full", detail
        return None


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
