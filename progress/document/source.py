"""Reading a document's text: YAML without its traps, every line remembered.

The subset is plain data: mappings, lists and scalars. Anchors and aliases (which can explode),
tags (which can construct), repeated fields (where one silently wins) and several documents in one
text are refused. Plain scalars follow YAML 1.2, so that `no` and `12:30` stay text.
JSON is read by the same code, being YAML.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import yaml

from backend.words import gettext as _
from progress.document.errors import Code, DocumentErrors, Path, Problem
from progress.document.model import Document
from progress.document.parsing import parse
from progress.document.showing import shown

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 20
MAX_VALUES: Final = 100_000
"""Of any kind, field names included: three times what 500 full milestones take."""

# The C parser is ten times faster; wheels have it, a build from source may not.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML 1.1 and 1.2 both take for a number. A program of either version writes any other text
# without quotes, such as 08 or 1e3, and it must come back as text.
_INTEGER: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_NUMBER: Final = re.compile(r"([-+]?[0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]{1,3})?")
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def parse_yaml(text: str | bytes) -> Document:
    """The document written as YAML (or JSON) in `text`.

    Raises `DocumentErrors`, each problem with its line. Text that is not readable as data, or
    longer than `MAX_BYTES` in UTF-8, nested deeper than `MAX_DEPTH` or of more than `MAX_VALUES`
    values, is told about first and alone.
    """
    data, lines = _load(text)
    try:
        return parse(data)
    except DocumentErrors as errors:
        raise errors.with_lines(lines) from None


def lines_of(text: str | bytes) -> dict[Path, int]:
    """The line of each place in a text, from 1, for `DocumentErrors.with_lines`.

    Raises `DocumentErrors` if the text is not readable as data.
    """
    return _load(text)[1]


def _load(text: str | bytes) -> tuple[Any, dict[Path, int]]:
    builder = _Builder()
    try:
        source = text.decode() if isinstance(text, bytes) else text
        size = len(source.encode())
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        message = _("the text is not UTF-8: %(reason)s at position %(position)s") % {
            "reason": error.reason,
            "position": error.start,
        }
        raise DocumentErrors([Problem((), Code.NOT_UTF8, message)]) from None
    if size > MAX_BYTES:
        message = _("the text has %(size)s bytes, %(most)s at most") % {
            "size": size,
            "most": MAX_BYTES,
        }
        raise DocumentErrors([Problem((), Code.TOO_LARGE, message)])
    try:
        builder.build(yaml.parse(source, Loader=_LOADER))
    except yaml.YAMLError as error:
        builder.note_unreadable(error)
    if builder.problems:
        raise DocumentErrors(builder.problems)
    return builder.root, builder.lines


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; `field` is the mapping's field whose value is due."""

    into: dict[str, Any] | list[Any]
    path: Path
    field: str | None = None


class _Builder:
    """Data from YAML's events, without recursion, so that no nesting can exhaust the stack."""

    def __init__(self) -> None:
        self.root: Any = None
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._documents = 0

    def build(self, events: Iterable[yaml.Event]) -> None:
        """Consume the events up to the end, or to what makes going on pointless."""
        for count, event in enumerate(events):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if count > MAX_VALUES:
                self._note(
                    Code.TOO_LARGE,
                    _("more than %(most)s values") % {"most": MAX_VALUES},
                    line,
                )
                return
            match event:
                case yaml.DocumentStartEvent():
                    self._documents += 1
                    if self._documents > 1:
                        self._note(Code.NOT_YAML, _("a second document starts here"), line)
                        return
                case yaml.AliasEvent():
                    self._note(Code.ANCHOR_OR_TAG, _("aliases (*name) are not allowed"), line)
                    self._add(None, line)
                case yaml.ScalarEvent():
                    self._refuse_decoration(event, line)
                    self._scalar(event, line)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    if len(self._open) >= MAX_DEPTH:
                        message = _("nested deeper than %(levels)s levels") % {"levels": MAX_DEPTH}
                        self._note(Code.TOO_DEEP, message, line)
                        return
                    self._refuse_decoration(event, line)
                    self._start({} if isinstance(event, yaml.MappingStartEvent) else [], line)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._open.pop()
                case _:
                    pass

    def note_unreadable(self, error: yaml.YAMLError) -> None:
        """Note what the YAML parser refused, in its words."""
        mark: yaml.Mark | None = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        line = mark.line + 1 if mark else None
        self.problems.append(
            Problem(
                (),
                Code.NOT_YAML,
                _("not readable as YAML: %(reason)s") % {"reason": reason},
                "",
                line,
            )
        )

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self._open[-1] if self._open else None
        if top and isinstance(top.into, dict) and top.field is None:
            self._name(top, event.value, line)
        else:
            plain = event.implicit[0]
            self._add(_resolved(event.value) if plain else event.value, line)

    def _name(self, top: _Open, name: str, line: int) -> None:
        top.field = name
        self.lines[(*top.path, name)] = line
        if name in top.into:
            message = _("%(name)s is given twice in the same mapping") % {"name": shown(name)}
            self._note(Code.REPEATED_FIELD, message, line, (*top.path, name))

    def _start(self, value: dict[str, Any] | list[Any], line: int) -> None:
        path = self._add(value, line)
        self._open.append(_Open(value, path))

    def _add(self, value: Any, line: int) -> Path:  # whatever YAML holds
        if not self._open:
            self.root = value
            self.lines[()] = line
            return ()
        top = self._open[-1]
        if isinstance(top.into, list):
            path: Path = (*top.path, len(top.into))
            top.into.append(value)
        elif top.field is None:
            self._note(Code.NOT_YAML, _("a field's name must be plain text"), line)
            path, top.field = top.path, ""
        else:
            path = (*top.path, top.field)
            top.into[top.field] = value
            top.field = None
        self.lines.setdefault(path, line)
        return path

    def _refuse_decoration(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self._note(
                Code.ANCHOR_OR_TAG,
                _("anchors (&%(anchor)s) are not allowed") % {"anchor": event.anchor},
                line,
            )
        if getattr(event, "tag", None) is not None:
            self._note(Code.ANCHOR_OR_TAG, _("tags (!…) are not allowed"), line)

    def _note(self, code: Code, message: str, line: int, path: Path = ()) -> None:
        self.problems.append(Problem(path, code, message, "", line))


def _resolved(plain: str) -> str | int | float | bool | None:
    if plain in _WORDS:
        return _WORDS[plain]
    if _INTEGER.fullmatch(plain):
        return int(plain)
    return float(plain) if _NUMBER.fullmatch(plain) else plain
