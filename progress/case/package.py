"""Reading a CFPackage as it comes: what is needed of it, and what is odd about it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from backend.words import gettext as _
from progress.case.notes import Notebook
from progress.case.text import clean
from progress.document import Code, DocumentErrors, Problem

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What is read; anything else that is filled is told of. `uri`s are made anew from identifiers.
_OF_DOCUMENT: Final = frozenset(
    {
        "identifier",
        "uri",
        "title",
        "description",
        "caseVersion",
        "lastChangeDateTime",
        "CFPackageURI",
    }
)
_OF_ITEM: Final = frozenset(
    {
        *("identifier", "uri", "fullStatement", "abbreviatedStatement", "humanCodingScheme"),
        *("CFItemType", "conceptKeywords", "CFDocumentURI", "lastChangeDateTime"),
    }
)
_OF_CRITERION: Final = frozenset(
    {
        *("identifier", "uri", "category", "description", "CFItemURI", "position", "rubricId"),
        "lastChangeDateTime",
    }
)
_OF_PACKAGE: Final = frozenset({"CFDocument", "CFItems", "CFAssociations", "CFRubrics"})


@dataclass(frozen=True, slots=True)
class Item:
    """A CFItem. `title` is its abbreviated statement, or else the full one."""

    identifier: str
    code: str
    title: str
    statement: str
    kind: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An exactMatchOf of the item `item` with something at `uri`, whichever way it was told."""

    identifier: str
    item: str
    other: str
    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A rubric criterion that is about an item."""

    identifier: str
    item: str
    title: str
    text: str


@dataclass(slots=True)
class Package:
    """A framework as a forest: `roots`, and `children` by identifier, in order."""

    identifier: str
    title: str
    summary: str
    items: dict[str, Item]
    roots: list[Item] = field(default_factory=list)
    children: dict[str, list[Item]] = field(default_factory=dict)
    precedes: list[tuple[str, str, str]] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)


def read_package(data: object, notebook: Notebook) -> Package:
    """The package in `data`; what is left out of it goes into the notebook.

    Raises `DocumentErrors` if there is no CFDocument with a title, or no CFItem.
    """
    if isinstance(data, Mapping) and isinstance(data.get("CFPackage"), Mapping):
        data = data["CFPackage"]
    head = data.get("CFDocument") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(head, Mapping):
        problem = Problem(("CFDocument",), Code.MISSING_FIELD, _("a CASE package has a CFDocument"))
        raise DocumentErrors([problem])
    title = clean(head.get("title"))
    items = {item.identifier: item for item in _items(data, head, notebook)}
    if not title or not items:
        where = "CFItems" if title else "CFDocument"
        said = _("it must have an item") if title else _("it must have a title")
        raise DocumentErrors([Problem((where,), Code.TOO_SHORT, said)])
    for name in sorted(set(map(str, data)) - _OF_PACKAGE):
        if data[name]:
            notebook.add(_("%(field)s of the package") % {"field": name})
    _note_unread(head, _OF_DOCUMENT, _("%(field)s of the framework"), "", notebook)
    package = Package(_uuid(head), title, clean(head.get("description"))[:2000] or title, items)
    _associate(package, list(_mappings(data, "CFAssociations")), notebook)
    package.criteria.extend(_criteria(data, notebook))
    return package


def _items(data: Mapping[str, Any], head: Mapping[str, Any], notebook: Notebook) -> Iterator[Item]:
    seen = {_uuid(head)}
    for found in _mappings(data, "CFItems"):
        identifier = _uuid(found)
        statement = clean(found.get("fullStatement"))
        title = clean(found.get("abbreviatedStatement")) or statement
        if not identifier or not title or identifier in seen:
            notebook.add(
                _("items without a UUID of their own or a statement"), str(identifier)[:64]
            )
            continue
        seen.add(identifier)
        _note_unread(found, _OF_ITEM, _("%(field)s of items"), identifier, notebook)
        words = found.get("conceptKeywords")
        yield Item(
            identifier=identifier,
            code=clean(found.get("humanCodingScheme")),
            title=title,
            statement=statement or title,
            kind=clean(found.get("CFItemType")),
            keywords=tuple(filter(None, map(clean, words))) if isinstance(words, list) else (),
        )


def _associate(package: Package, associations: list[Mapping[str, Any]], notebook: Notebook) -> None:
    parents: dict[str, tuple[float, str]] = {}
    for found in associations:
        kind = found.get("associationType")
        identifier = _uuid(found)
        origin, destination = (_node(found, f"{end}NodeURI") for end in ("origin", "destination"))
        if kind == "isChildOf":
            if origin["identifier"] not in package.items:
                notebook.add(_("isChildOf of something that is no item"), identifier)
            elif origin["identifier"] in parents:
                notebook.add(_("isChildOf a second parent"), identifier)
            else:
                number = found.get("sequenceNumber")
                order = float(number) if isinstance(number, int) else float("inf")
                parents[origin["identifier"]] = (order, destination["identifier"])
        elif kind == "precedes":
            package.precedes.append((origin["identifier"], destination["identifier"], identifier))
        elif kind == "exactMatchOf":
            if origin["identifier"] not in package.items:
                origin, destination = destination, origin
            ends = (origin["identifier"], destination["identifier"])
            package.matches.append(
                Match(identifier, *ends, destination["uri"], destination["title"])
            )
        else:
            notebook.add(
                _("associations of the type %(type)s") % {"type": clean(kind)[:80] or "none"},
                identifier,
            )
        if found.get("notes"):
            notebook.add(_("notes of associations"), identifier)
    _plant(package, parents, notebook)


def _plant(package: Package, parents: dict[str, tuple[float, str]], notebook: Notebook) -> None:
    """Make the forest, children by sequence number and then in the order of the items."""
    _cut_rings(package, parents, notebook)
    package.children = {key: [] for key in package.items}
    last = (float("inf"), "")
    # Sorting keeps the order of those with the same number.
    for key in sorted(package.items, key=lambda key: parents.get(key, last)[0]):
        parent = parents.get(key, last)[1]
        siblings = package.children.get(parent, package.roots)
        siblings.append(package.items[key])


def _cut_rings(package: Package, parents: dict[str, tuple[float, str]], notebook: Notebook) -> None:
    """Each item's way up ends at the framework. Every link is followed once, however deep it is."""
    safe: set[str] = set()
    for start in package.items:
        way: dict[str, None] = {}
        key = start
        while key in parents and key not in safe and key not in way:
            way[key] = None
            key = parents[key][1]
        if key in way:
            notebook.add(_("isChildOf that closes a ring"), key)
            del parents[key]
        safe.update(way)


def _criteria(data: Mapping[str, Any], notebook: Notebook) -> Iterator[Criterion]:
    for rubric in _mappings(data, "CFRubrics"):
        for found in _mappings(rubric, "CFRubricCriteria"):
            identifier = _uuid(found)
            _note_unread(
                found, _OF_CRITERION, _("%(field)s of rubric criteria"), identifier, notebook
            )
            text = clean(found.get("description"))
            title = clean(found.get("category"))
            if title or text:
                item = _node(found, "CFItemURI")["identifier"]
                yield Criterion(identifier, item, title, text)


def _note_unread(
    found: Mapping[str, Any], read: frozenset[str], said: str, subject: str, notebook: Notebook
) -> None:
    for name in sorted(map(str, found)):
        if name not in read and found.get(name) not in (None, "", [], {}):
            notebook.add(said % {"field": name[:64]}, *([subject] if subject else []))


def _mappings(data: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    found = data.get(name)
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, Mapping))


def _node(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """A LinkGenURI or LinkURI, with "" for what it has not."""
    found = data.get(name)
    if not isinstance(found, Mapping):
        return {"identifier": "", "uri": "", "title": ""}
    texts = {part: clean(found.get(part)) for part in ("identifier", "uri", "title")}
    return {**texts, "identifier": texts["identifier"].lower()}


def _uuid(data: Mapping[str, Any]) -> str:
    found = clean(data.get("identifier")).lower()
    return found if _UUID.fullmatch(found) else ""
