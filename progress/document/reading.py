"""Reading one mapping of untrusted data field by field, noting every problem and going on.

A field that is wrong gets a stand-in, so that reading continues and the author sees all problems at
once; `parse` raises before a stand-in can reach anybody.
"""

import difflib
import enum
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeGuard, TypeVar

from backend.words import gettext as _
from backend.words import pgettext
from progress.document.errors import Code, Path, Problem
from progress.document.showing import shown

KEY_PATTERN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_KEY: Final = 64
_GUESSES: Final = 10  # guessing what was meant is slow, and a mapping of nonsense may be long
_MISSING: Final = object()
# A JSON column refuses NUL and lone surrogates; the rest has no place in prose.
_BAD_IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BAD_IN_LINE: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_Item = TypeVar("_Item")
_Choice = TypeVar("_Choice", bound=enum.StrEnum)


class Reader:
    """One mapping of the document. Ask for every field it may have, then call `close`.

    `problems` is shared by all readers of a document and only ever appended to.
    """

    def __init__(self, data: object, path: Path, key: str, problems: list[Problem]) -> None:
        self._path = path
        self._problems = problems
        self._asked: list[str] = []
        self._data: Mapping[Any, object] = {}
        self.is_mapping = isinstance(data, Mapping)
        if isinstance(data, Mapping):
            self._data = data
        self.key = key
        own = self._data.get("key")
        if is_key(own):
            self.key = own
        if not self.is_mapping:
            self._wrong(path, _("a mapping"), data)

    def close(self) -> None:
        """Note every field that nobody asked for."""
        unknown = [name for name in self._data if name not in self._asked]
        for n, name in enumerate(unknown):
            near = self._near(str(name)[:MAX_KEY]) if n < _GUESSES else []
            at = (*self._path, str(name)[:MAX_KEY])
            said = (
                _("%(name)s is not a field here; did you mean %(near)s?")
                if near
                else _("%(name)s is not a field here")
            )
            self._note(at, Code.UNKNOWN_FIELD, said, name=shown(name), near="".join(near))

    def ignore_the_rest(self) -> None:
        """Let `close` note nothing more."""
        self._asked.extend(self._data)

    def line(self, name: str, longest: int) -> str:
        """A required text of one line, stripped, of 1 to `longest` characters."""
        return self._string(self._take(name), (*self._path, name), longest, _BAD_IN_LINE)

    def text(self, name: str, longest: int, *, default: str | None = None) -> str:
        """A text that may have paragraphs, stripped; required unless there is a default."""
        value = self._take(name, required=default is None)
        if value is _MISSING or (default == "" and value == ""):
            return default or ""
        return self._string(value, (*self._path, name), longest, _BAD_IN_TEXT)

    def key_field(self, name: str = "key") -> str:
        """A required key; "" if it is missing or malformed."""
        return self._key(self._take(name), (*self._path, name))

    def pattern(self, name: str, pattern: re.Pattern[str], longest: int, wanted: str) -> str:
        """A required text that fits `pattern` as a whole, of at most `longest` characters; `wanted`
        says in words what fits.
        """
        value = self._take(name)
        if value is _MISSING:
            return ""
        if isinstance(value, str) and len(value) <= longest and pattern.fullmatch(value):
            return value
        code = Code.BAD_VALUE if isinstance(value, str) else Code.WRONG_TYPE
        self._wrong((*self._path, name), wanted, value, code)
        return ""

    def uuid(self, name: str) -> str:
        """A UUID in lower case; "" if it is left out."""
        return self.pattern(name, _UUID, 36, _("a UUID in lower case")) if self.has(name) else ""

    def integer(self, name: str, least: int, most: int) -> int:
        """A required whole number from `least` to `most`."""
        return self._integer(self._take(name), (*self._path, name), least, most)

    def boolean(self, name: str, *, default: bool | None = None) -> bool:
        """True or false; required unless there is a default."""
        value = self._take(name, required=default is None)
        if isinstance(value, bool):
            return value
        if value is not _MISSING:
            self._wrong((*self._path, name), _("true or false"), value)
        return bool(default)

    def choice(
        self, name: str, options: type[_Choice], *, default: _Choice | None = None
    ) -> _Choice | None:
        """One of the options; None (or the default) if it is missing or none of them."""
        value = self._take(name, required=default is None)
        if value is _MISSING:
            return default
        names = [option.value for option in options]
        if isinstance(value, str) and value in names:
            return options(value)
        message = _("must be one of %(names)s, not %(value)s")
        about = {"names": ", ".join(names), "value": shown(value)}
        self._note((*self._path, name), Code.BAD_VALUE, message, **about)
        return default

    def constant(self, name: str, only: int, code: Code) -> None:
        """A required number that can be nothing but `only`."""
        value = self._take(name)
        if value is not _MISSING and (isinstance(value, bool) or value != only):
            self._wrong((*self._path, name), str(only), value, code)

    def has(self, name: str) -> bool:
        """Whether the field is there, whatever it holds. It does not count as asked for."""
        return name in self._data

    def is_null(self, name: str) -> bool:
        """Whether the field is left out or null; it counts as asked for."""
        value = self._take(name, required=False)
        return value is _MISSING or value is None

    def part(self, name: str) -> "Reader | None":
        """A reader for a mapping inside; None if it is left out."""
        value = self._take(name, required=False)
        if value is _MISSING:
            return None
        return Reader(value, (*self._path, name), self.key, self._problems)

    def keys_and_parts(
        self, name: str, read: Callable[["Reader"], _Item], least: int, most: int
    ) -> tuple[str | _Item, ...]:
        """A list of keys and mappings, each mapping read by `read`."""
        found: list[str | _Item] = []
        for at, value in self._list(name, least, most):
            if isinstance(value, Mapping):
                reader = Reader(value, at, self.key, self._problems)
                found.append(read(reader))
                reader.close()
            else:
                found.append(self._key(value, at))
        return tuple(found)

    def parts(
        self, name: str, read: Callable[["Reader"], _Item], least: int, most: int
    ) -> tuple[_Item, ...]:
        """A list of mappings, each read by `read`; what is no mapping is noted and left out."""
        found: list[_Item] = []
        for at, value in self._list(name, least, most):
            reader = Reader(value, at, self.key, self._problems)
            if reader.is_mapping:
                found.append(read(reader))
                reader.close()
        return tuple(found)

    def lines(self, name: str, longest: int, least: int, most: int) -> tuple[str, ...]:
        """A list of texts of one line each."""
        return tuple(
            self._string(value, at, longest, _BAD_IN_LINE)
            for at, value in self._list(name, least, most)
        )

    def keys(self, name: str, least: int, most: int) -> tuple[str, ...]:
        """A list of different keys."""
        found: list[str] = []
        seen: set[str] = set()  # the list may be long nonsense
        for at, value in self._list(name, least, most):
            key = self._key(value, at)
            if key and key in seen:
                self._note(at, Code.REPEATED_ITEM, _("%(key)s is listed twice"), key=key)
            seen.add(key)
            found.append(key)
        return tuple(found)

    def weights(
        self, name: str, least: int, most: int, *, required: bool = True
    ) -> tuple[tuple[str, int], ...]:
        """A mapping of keys to whole numbers from `least` to `most`, sorted by key; not empty if it
        is required.
        """
        return tuple(
            (key, self._integer(value, at, least, most))
            for key, at, value in self._mapping(name, required=required)
        )

    def notes(self, name: str, longest: int) -> tuple[tuple[str, str], ...]:
        """A mapping of keys to texts, sorted by key; may be left out."""
        return tuple(
            (key, self._string(value, at, longest, _BAD_IN_TEXT))
            for key, at, value in self._mapping(name, required=False)
        )

    def problem(self, name: str, code: Code, message: str) -> None:
        """Note a problem of the field `name` that the caller found."""
        self._note((*self._path, name), code, message)

    def _take(self, name: str, *, required: bool = True) -> object:
        self._asked.append(name)
        value = self._data.get(name, _MISSING)
        if value is _MISSING and required and self.is_mapping:
            message = _("%(name)s is missing")
            self._note((*self._path, name), Code.MISSING_FIELD, message, name=name)
        return value

    def _list(self, name: str, least: int, most: int) -> list[tuple[Path, object]]:
        value = self._take(name, required=least > 0)
        path = (*self._path, name)
        if value is _MISSING:
            return []
        if not isinstance(value, list | tuple):
            self._wrong(path, _("a list"), value)
            return []
        if len(value) < least:
            self._too_few(path, least, len(value))
        if len(value) > most:
            message = _("must have at most %(most)s, has %(count)s")
            self._note(path, Code.TOO_LONG, message, most=most, count=len(value))
        return [((*path, index), item) for index, item in enumerate(value)]

    def _near(self, name: str) -> list[str]:
        return difflib.get_close_matches(name, self._asked, n=1, cutoff=0.5)

    def _mapping(self, name: str, *, required: bool) -> list[tuple[str, Path, object]]:
        value = self._take(name, required=required)
        path = (*self._path, name)
        if value is _MISSING:
            return []
        if not isinstance(value, Mapping):
            self._wrong(path, _("a mapping"), value)
            return []
        if required and not value:
            self._too_few(path, 1, 0)
        keyed = [(self._key(key, (*path, str(key)[:MAX_KEY])), item) for key, item in value.items()]
        return [(key, (*path, key), item) for key, item in sorted(keyed, key=lambda kv: kv[0])]

    def _string(self, value: object, path: Path, longest: int, bad: re.Pattern[str]) -> str:
        if value is _MISSING:
            return ""
        if not isinstance(value, str):
            self._wrong(path, pgettext("in a document", "text"), value)
            return ""
        text = value.strip()
        if not text:
            self._note(path, Code.TOO_SHORT, _("must not be empty"))
        elif len(value) > longest:
            message = _("is %(count)s characters, %(most)s at most")
            self._note(path, Code.TOO_LONG, message, count=len(value), most=longest)
        if found := bad.search(value.removesuffix("\n")):
            message = _("has a character U+%(point)s")
            self._note(path, Code.BAD_VALUE, message, point=f"{ord(found[0]):04X}")
        return text

    def _key(self, value: object, path: Path) -> str:
        if value is _MISSING:
            return ""
        if is_key(value):
            return value
        code = Code.BAD_VALUE if isinstance(value, str) else Code.WRONG_TYPE
        wanted = _("a key (a-z, 0-9, single hyphens, %(most)s at most)") % {"most": MAX_KEY}
        self._wrong(path, wanted, value, code)
        return ""

    def _integer(self, value: object, path: Path, least: int, most: int) -> int:
        if value is _MISSING:
            return least
        # JSON knows one kind of number: 3.0 is a whole one. And true is none.
        if not isinstance(value, int | float) or isinstance(value, bool) or value % 1 != 0:
            self._wrong(path, _("a whole number"), value)
            return least
        if not least <= value <= most:
            message = _("must be %(least)s to %(most)s, not %(value)s")
            self._note(path, Code.BAD_VALUE, message, least=least, most=most, value=shown(value))
            return least
        return int(value)

    def _wrong(self, path: Path, wanted: str, value: object, code: Code = Code.WRONG_TYPE) -> None:
        message = _("must be %(wanted)s, not %(value)s")
        self._note(path, code, message, wanted=wanted, value=shown(value))

    def _too_few(self, path: Path, least: int, count: int) -> None:
        message = _("must have at least %(least)s, has %(count)s")
        self._note(path, Code.TOO_SHORT, message, least=least, count=count)

    def _note(self, path: Path, code: Code, message: str, **about: object) -> None:
        self._problems.append(Problem(path, code, message % about if about else message, self.key))


def is_key(value: object) -> TypeGuard[str]:
    """Whether a value has the form of a key."""
    return isinstance(value, str) and len(value) <= MAX_KEY and bool(KEY_PATTERN.fullmatch(value))
