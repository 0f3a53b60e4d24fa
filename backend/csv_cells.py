"""CSV cells (RFC 4180): written so that no spreadsheet runs them, read without guessing.

A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a control character for a formula
(OWASP, "CSV Injection"). Such a text gets an apostrophe in front, and so does a text that looks
as if it had one already: reading takes exactly one away, so what was written comes back. Numbers
stay numbers.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn

from backend.errors import FieldError, Refused
from backend.words import gettext as _
from backend.words import gettext_lazy

_STARTS: Final = "=+\\-@\t\r\n＝＋－＠"  # the wide ones, too: spreadsheets fold them
_RISKY = re.compile(f"'*[{_STARTS}]")
_DEFUSED = re.compile(f"'+[{_STARTS}]")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8"),
    (b"\xff\xfe", "utf-16-le", "utf-16"),
    (b"\xfe\xff", "utf-16-be", "utf-16"),
)
MARK: Final = "\ufeff"
"""At the start of a CSV: spreadsheets take the rest for UTF-8 only with it."""
BLOCK: Final = 16 * 1024
DELIMITERS: Final = {
    ",": gettext_lazy("a comma"),
    ";": gettext_lazy("a semicolon"),
    "\t": gettext_lazy("a tab"),
}


class CsvUnreadable(Refused):
    """A text that is no CSV, or not one that can be read without guessing."""

    code = "csv-unreadable"
    title = gettext_lazy("This CSV can't be read")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most: rows after the header, columns, characters in a cell."""

    rows: int = 10_000
    columns: int = 50
    cell: int = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row after the header: the line it begins on (from 1), and a cell for every column."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV as it was read. `encoding` is utf-8 or utf-16, `delimiter` one of DELIMITERS."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    delimiter: str
    encoding: str


def defused(value: object) -> str:
    """Return a cell as it is written: None is empty, a number itself, a risky text defused."""
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    return f"'{text}" if _RISKY.match(text) else text


def restored(cell: str) -> str:
    """Return what `defused` was given as text."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def written(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the rows as CSV, their cells defused, each ended by CR LF, some BLOCK characters at
    a time: a response that is sent row by row costs more than its rows.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([defused(value) for value in row])
        if buffer.tell() >= BLOCK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    if rest := buffer.getvalue():
        yield rest


def read_csv(content: bytes | str, *, limits: Limits | None = None, field: str = "text") -> Table:
    """Return an uploaded CSV: UTF-8, or UTF-16 with its mark; comma, semicolon or tab.

    Blank rows are left out, short ones filled up, apostrophes of `defused` taken away, and spaces
    around the header's cells. Raises CsvUnreadable for `field`, with the line, at the first of:
    bytes that are no such text, NUL, an unclosed quote, text beside quotes, no header or a column
    twice, two delimiters that fit alike, a row longer than the header, more than `limits`.
    """
    limits = limits or Limits()
    text, encoding = _decoded(content, field)
    if "\0" in text:
        _refuse(
            field, "nul", _line(text, text.index("\0")), _("has a NUL character: is it a text?")
        )
    delimiter = _delimiter(text, field)
    text = text.rstrip(f"{delimiter}\r\n")  # sheets are saved with blank rows by the thousand below
    records = _records(text, delimiter, limits, field)
    line, names = next(records, (1, ()))
    header = tuple(name.strip() for name in names)
    while header and not header[-1]:
        header = header[:-1]
    if not header:
        _refuse(field, "no-header", 1, _("has no names of columns; the first line must have them."))
    if "" in header:
        _refuse(
            field,
            "no-header",
            line,
            _("has no name for column %(column)s.") % {"column": header.index("") + 1},
        )
    folded = [name.casefold() for name in header]
    twice = next((name for name in header if folded.count(name.casefold()) > 1), None)
    if twice is not None:
        _refuse(
            field,
            "column-twice",
            line,
            _("names the column %(name)r twice.") % {"name": twice[:80]},
        )
    rows: list[Row] = []
    for line, cells in records:
        if not any(cells):
            continue
        if any(cells[len(header) :]):
            said = _(
                "has %(cells)s cells, the header %(header)s. Quote text with %(delimiter)s in it."
            ) % {
                "cells": len(cells),
                "header": len(header),
                "delimiter": DELIMITERS[delimiter],
            }
            _refuse(field, "row-too-long", line, said)
        if len(rows) == limits.rows:
            _refuse(
                field,
                "too-many-rows",
                line,
                _("is row %(rows)s; split the file.") % {"rows": limits.rows + 1},
            )
        filled = cells[: len(header)] + ("",) * (len(header) - len(cells))
        rows.append(Row(line, tuple(restored(cell) for cell in filled)))
    return Table(header, tuple(rows), delimiter, encoding)


def _refuse(field: str, code: str, line: int, said: str) -> NoReturn:
    detail = _("Line %(line)s %(said)s") % {"line": line, "said": said}
    raise CsvUnreadable(detail, errors=[FieldError(field, code, detail, line)])


def _line(text: str, position: int) -> int:
    """Return the line of a position; CR LF, LF and CR end one."""
    return 1 + len(re.findall(r"\r\n|\n|\r", text[:position]))


def _decoded(content: bytes | str, field: str) -> tuple[str, str]:
    if isinstance(content, str):
        return content.removeprefix("\ufeff"), "utf-8"
    mark, codec, name = next(
        (known for known in _BOMS if content.startswith(known[0])), (b"", "utf-8", "utf-8")
    )
    body = content[len(mark) :]
    try:
        return body.decode(codec), name
    except UnicodeDecodeError as exc:
        byte, line = body[exc.start], _line(body[: exc.start].decode(codec), exc.start)
        said = _(
            "has a byte that is not %(encoding)s: 0x%(byte)s, byte %(place)s of the file. "
            "Save it as CSV UTF-8."
        ) % {
            "encoding": name.upper(),
            "byte": f"{byte:02X}",
            "place": exc.start + len(mark) + 1,
        }
        _refuse(field, "encoding", line, said)


def _delimiter(text: str, field: str) -> str:
    """Return what parts the header's cells: what gives most of them."""
    lines = text.splitlines()
    first = re.sub(r'"(?:[^"]|"")*"', "", next((line for line in lines if line.strip()), ""))
    counts = {delimiter: first.count(delimiter) for delimiter in DELIMITERS}
    most = max(counts.values())
    fitting = [delimiter for delimiter, count in counts.items() if count == most]
    if most and len(fitting) > 1:
        names = f" {_('or')} ".join(str(DELIMITERS[one]) for one in fitting)
        said = _("could be parted by %(delimiters)s.") % {"delimiters": names}
        _refuse(field, "delimiter", 1, said)
    return fitting[0]


def _records(
    text: str, delimiter: str, limits: Limits, field: str
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (line, cells) for every record that is not an empty line."""
    part = re.escape(delimiter)
    cell = re.compile(
        rf'(?:"([^"]*+(?:""[^"]*+)*+)"|([^"{part}\r\n]*+))({part}|\r\n|\n|\r|\Z)', re.DOTALL
    )
    position, line = 0, 1
    start = 1
    cells: list[str] = []
    while position < len(text) or cells:
        found = cell.match(text, position)
        if found is None:
            _refuse_quote(text, position, line, field)
        quoted, plain, end = found.groups()
        value = plain if quoted is None else quoted.replace('""', '"')
        if len(value) > limits.cell:
            _refuse(
                field,
                "cell-too-long",
                line,
                _("has a cell of over %(cell)s characters.") % {"cell": limits.cell},
            )
        cells.append(value)
        if len(cells) > limits.columns:
            _refuse(
                field,
                "too-many-columns",
                line,
                _("has more than %(columns)s cells.") % {"columns": limits.columns},
            )
        if quoted is not None:
            line += _line(value, len(value)) - 1
        position = found.end()
        if end == delimiter:
            continue
        if cells != [""] or quoted is not None:
            yield start, tuple(cells)
        line += 1
        start, cells = line, []


def _refuse_quote(text: str, position: int, line: int, field: str) -> NoReturn:
    if text[position] != '"':
        said = _('has a quote inside a cell; write it as "" in a cell that is quoted.')
        _refuse(field, "quote", line, said)
    closed = re.compile(r'"[^"]*+(?:""[^"]*+)*+"').match(text, position)
    if closed is None:
        _refuse(field, "quote", line, _("opens a quote that is never closed."))
    line = _line(text[position : closed.end()], closed.end() - position) + line - 1
    _refuse(field, "quote", line, _("has text after a closing quote."))
