"""Reading JSON, and files, without guessing."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, JSONParser

from backend.errors import TooLarge

MAX_DEPTH = 32
MAX_BYTES = 1024 * 1024
MAX_FILE_BYTES = 5 * 1024 * 1024


class StrictJSONParser(JSONParser):
    """JSON as RFC 8259 has it, and I-JSON (RFC 7493) where that leaves a choice.

    Refused with a sentence each: anything but UTF-8, NaN and Infinity, a name that stands twice in
    an object, a lone surrogate, nesting deeper than MAX_DEPTH; and more than MAX_BYTES.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body; raise ParseError saying what is wrong, or RequestDataTooBig."""
        raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise RequestDataTooBig
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as exc:
            raise ParseError(_("The body is not valid UTF-8.")) from exc
        try:
            data = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
        except RecursionError as exc:
            raise ParseError(
                _("The body is nested deeper than %(levels)s levels.") % {"levels": MAX_DEPTH}
            ) from exc
        except ValueError as exc:
            raise ParseError(_("The body is not valid JSON: %(error)s.") % {"error": exc}) from exc
        _check(data, MAX_DEPTH)
        return data


class CsvParser(BaseParser):
    """A CSV file as its bytes, up to MAX_FILE_BYTES; `backend.csv_cells` reads them."""

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the body, bytes; raise TooLarge."""
        raw: bytes = stream.read(MAX_FILE_BYTES + 1)
        if len(raw) > MAX_FILE_BYTES:
            raise TooLarge(_("The file is larger than 5 MiB."))
        return raw


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("%(name)s is not a JSON number") % {"name": name})


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("the name %(twice)r stands twice in an object") % {"twice": twice})
    return result


def _check(data: Any, depth: int) -> None:
    if depth == 0:
        raise ParseError(
            _("The body is nested deeper than %(levels)s levels.") % {"levels": MAX_DEPTH}
        )
    if isinstance(data, str):
        if any("\ud800" <= char <= "\udfff" for char in data):
            raise ParseError(_("A text has half of a surrogate pair, which is no character."))
    elif isinstance(data, dict):
        for name, item in data.items():
            _check(name, depth)
            _check(item, depth - 1)
    elif isinstance(data, list):
        for item in data:
            _check(item, depth - 1)
