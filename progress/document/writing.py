"""A document as text again, for its author: always the same bytes for the same document.

YAML is written by hand, since libraries' output differs from version to version, and with their
speed-ups. Only what every reader of YAML takes for the same text goes without quotes. What a
document leaves out stays out, so that an exported pathway reads like a written one.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from progress.document.model import Document, to_json

_WIDTH: Final = 100
_PLAIN: Final = re.compile(r"[^\W\d_][^\x00-\x1f]*")
# A colon or hash mark where YAML would see more in it than a character.
_TRAPS: Final = re.compile(r":(\s|$)|\s#|\s$")
# Older readers stop at any of these inside a list in brackets.
_IN_FLOW: Final = re.compile(r"[,:?\[\]{}]")
# Some reader's idea of a truth value or of nothing.
_WORDS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
# Not printable in YAML 1.1, or a line break in it. JSON's way of writing them is YAML's as well.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# Between words where a line may break: one space, and none beside it.
_BREAK: Final = re.compile(r"(?<=[^ ]) (?=[^ ])")
# What a reader takes for granted, by field.
_DEFAULTS: Final[Mapping[str, Any]] = {
    "beyond": "",
    "industries": [],
    "track_guidance": "",
    "rule": {"kind": "all_of", "count": None},
    "count": None,
    "evidence": {"required": False, "hint": ""},
    "hint": "",
    "rubric": [],
    "prerequisites": [],
    "tracks": None,
    "track_notes": {},
    "waivable": False,
    "topics": [],
}


def to_json_text(document: Document) -> str:
    """The normalized document as JSON, from which `parse_yaml` gives an equal one."""
    return _escaped(json.dumps(to_json(document), indent=2, ensure_ascii=False)) + "\n"


def to_yaml(document: Document) -> str:
    """The document as YAML, from which `parse_yaml` gives an equal one."""
    return "\n".join(_mapping(to_json(document), "")) + "\n"


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, item in value.items():
        if name not in _DEFAULTS or item != _DEFAULTS[name]:
            head = f"{indent}{_scalar(name)}:"
            yield from _entry(head, item, indent + "  ")


def _list(value: list[Any], indent: str) -> Iterator[str]:
    for item in value:
        if isinstance(item, dict):
            # The first field on the line of the dash, the others below it.
            lines = list(_mapping(item, indent + "  "))
            yield f"{indent}- {lines[0].removeprefix(indent + '  ')}"
            yield from lines[1:]
        else:
            yield from _entry(f"{indent}-", item, indent + "  ")


def _entry(head: str, item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, dict) and item:
        yield head
        yield from _mapping(item, indent)
    elif isinstance(item, list) and item:
        flow = f"{head} [{', '.join(_scalar(part, in_flow=True) for part in item)}]"
        if _are_keys(item) and len(flow) <= _WIDTH:
            yield flow
        else:
            yield head
            yield from _list(item, indent)
    elif isinstance(item, str):
        yield from _text(head, item, indent)
    else:
        yield f"{head} {json.dumps(item)}"


def _are_keys(items: list[Any]) -> bool:
    return all(isinstance(item, str) and " " not in item for item in items)


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    lines = text.split("\n")
    odd = _ESCAPED.search(text) or "\t" in text or any(line != line.rstrip() for line in lines)
    if len(lines) > 1 and not odd:
        yield f"{head} |-"
        yield from (indent + line if line else "" for line in lines)
    elif len(head) + 1 + len(text) <= _WIDTH or odd or len(lines) > 1:
        yield f"{head} {_scalar(text)}"
    else:
        yield f"{head} >-"
        yield from _folded(text, indent)


def _folded(text: str, indent: str) -> Iterator[str]:
    line = ""
    for word in _BREAK.split(text):
        if line and len(indent) + len(line) + 1 + len(word) > _WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line


def _scalar(value: Any, *, in_flow: bool = False) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = (
        _PLAIN.fullmatch(value)
        and not _TRAPS.search(value)
        and not (in_flow and _IN_FLOW.search(value))
        and value.lower() not in _WORDS
        and not _ESCAPED.search(value)
    )
    if plain:
        return value
    return _escaped(json.dumps(value, ensure_ascii=False))


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
