"""A CASE package as a draft: data for `progress.document.parse`, to be completed by an author."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from backend.words import gettext as _
from progress.case.notes import Note, Notebook
from progress.case.package import Item, Package, read_package
from progress.case.text import key_from, line

_Data: TypeAlias = dict[str, Any]

_GROUPS_DEEP: Final = 4
_MOST_PREREQUISITES: Final = 50
_MOST_ALIGNMENTS: Final = 20
_MOST_CRITERIA: Final = 20
_MOST_TOPICS: Final = 20
_TITLE: Final = 80
_LINE: Final = 400
_TEXT: Final = 2000
_URI: Final = re.compile(r"(https?://|urn:)[^\x00-\x20\x7f\ud800-\udfff]+")
_KINDS: Final = frozenset({"degree", "skill", "project", "deployment"})


@dataclass(frozen=True, slots=True)
class Draft:
    """Document data, and what was left behind, changed or made up to get there."""

    data: _Data
    notes: tuple[Note, ...]


def from_case(package: object, *, slug: str = "") -> Draft:
    """Make a draft of a CASE 1.0 or 1.1 `CFPackage`, as parsed JSON.

    Items below the framework become stages, those inside them groups, those without children
    milestones, in the order of the sequence numbers. `slug` is the pathway's; if it is left out it
    is made from the title. The draft holds together, but sizes are left to `parse`, which may say
    that there are too many of something. Raises `DocumentErrors` if it is no package at all.
    """
    notebook = Notebook()
    return _Import(read_package(package, notebook), notebook).run(slug)


class _Import:
    def __init__(self, package: Package, notebook: Notebook) -> None:
        self._package = package
        self._notebook = notebook
        self._keys: dict[str, str] = {}
        """By identifier of an item that became a milestone."""
        self._taken: set[str] = set()
        self._milestones: dict[str, _Data] = {}

    def run(self, slug: str) -> Draft:
        package = self._package
        loose = [item for item in package.roots if not package.children[item.identifier]]
        stages = [self._stage(item) for item in package.roots if package.children[item.identifier]]
        if loose:
            self._notebook.add(
                _("items without children, next to others with: put into a stage of their own")
                if stages
                else _("a framework without levels: put into one stage"),
                *(item.identifier for item in loose),
            )
            title = line(package.title, _TITLE)
            stage = self._described("items", title, package.summary)
            stages.append({**stage, "milestones": [self._milestone(item) for item in loose]})
        self._keep_stage_keys_apart(stages)
        self._order()
        self._align()
        self._judge()
        data = {
            "format": 1,
            "slug": slug or key_from(package.title) or "framework",
            "title": line(package.title, _TITLE),
            "summary": package.summary,
            "audience": _("To be written."),
            "duration": _("To be written."),
            "tracks": [_made_up("general", _("General"), suits=_("Everybody."))],
            "roles": [
                _made_up("learner", _("Learner"), weights=dict.fromkeys(self._milestones, 1))
            ],
            "stages": stages,
        }
        if package.identifier:
            data["identifier"] = package.identifier
        self._notebook.add(
            _("made up, to be completed: audience, duration, one track and one role")
        )
        self._notebook.add(
            _("made up, to be completed: effort_hours, steps, done_when of milestones")
        )
        return Draft(data, tuple(self._notebook.notes()))

    def _stage(self, item: Item) -> _Data:
        milestones: list[_Data] = []
        of = self._parts(item, milestones, 1)
        stage = self._described(key_from(item.code or item.title), item.title, item.statement)
        stage["identifier"] = item.identifier
        if item.code and item.code != stage["key"]:
            self._notebook.add(_("humanCodingScheme, of which a key was made"), item.identifier)
        if any(isinstance(part, dict) for part in of):
            stage["rule"] = {"kind": "all_of", "of": of}
        if item.keywords:
            self._notebook.add(_("conceptKeywords of items with children"), item.identifier)
        stage["milestones"] = milestones
        return stage

    def _parts(self, item: Item, milestones: list[_Data], depth: int) -> list[str | _Data]:
        found: list[str | _Data] = []
        for child in self._package.children[item.identifier]:
            if not self._package.children[child.identifier]:
                milestones.append(self._milestone(child))
                found.append(milestones[-1]["key"])
            elif depth > _GROUPS_DEEP:
                self._notebook.add(
                    _("levels below the sixth: their items moved up"), child.identifier
                )
                below = [self._milestone(leaf) for leaf in self._leaves(child)]
                milestones.extend(below)
                found.extend(made["key"] for made in below)
            else:
                if child.statement != child.title:
                    self._notebook.add(_("fullStatement of items between"), child.identifier)
                if child.code:
                    self._notebook.add(_("humanCodingScheme of items between"), child.identifier)
                inner = self._parts(child, milestones, depth + 1)
                title = line(child.title, _TITLE)
                group = {"title": title, "kind": "all_of", "of": inner}
                found.append({**group, "identifier": child.identifier})
        return found

    def _leaves(self, item: Item) -> Iterator[Item]:
        """The items without children below one, in order; not recursive, as it may be deep."""
        waiting = [item]
        while waiting:
            one = waiting.pop()
            children = self._package.children[one.identifier]
            waiting.extend(reversed(children))
            if not children:
                yield one

    def _milestone(self, item: Item) -> _Data:
        key = self._fresh(key_from(item.code) or key_from(item.title) or "item", self._taken)
        if item.code and item.code != key:
            self._notebook.add(_("humanCodingScheme, of which a key was made"), item.identifier)
        self._keys[item.identifier] = key
        kind = item.kind.lower()
        if kind not in _KINDS:
            if item.kind:
                self._notebook.add(
                    _("CFItemType %(type)s: skill") % {"type": line(item.kind, _TITLE)},
                    item.identifier,
                )
            kind = "skill"
        statement = line(item.statement, _LINE)
        made = self._described(key, item.title, item.statement)
        made |= {
            "kind": kind,
            "effort_hours": 1,
            "verified_by": "self",
            "steps": [statement],
            "done_when": [statement],
            "identifier": item.identifier,
        }
        topics = [line(word, _TITLE) for word in item.keywords if line(word, _TITLE)]
        if topics:
            made["topics"] = topics[:_MOST_TOPICS]
        if len(topics) > _MOST_TOPICS:
            self._notebook.add(_("conceptKeywords beyond the first 20"), item.identifier)
        self._milestones[key] = made
        return made

    def _described(self, key: str, title: str, summary: str) -> _Data:
        if len(title) > _TITLE:
            self._notebook.add(_("titles longer than 80 characters: cut"), title)
        if len(summary) > _TEXT:
            self._notebook.add(
                _("statements longer than 2,000 characters: cut"), line(title, _TITLE)
            )
        return {"key": key, "title": line(title, _TITLE), "summary": summary[:_TEXT].strip()}

    def _keep_stage_keys_apart(self, stages: list[_Data]) -> None:
        taken: set[str] = set()
        for stage in stages:
            stage["key"] = self._fresh(stage["key"] or "stage", taken)

    def _fresh(self, wanted: str, taken: set[str]) -> str:
        key, number = wanted, 1
        while key in taken:
            number += 1
            key = f"{wanted[:58]}-{number}"
        taken.add(key)
        return key

    def _order(self) -> None:
        """`precedes` becomes a prerequisite, unless that would close a ring."""
        for origin, destination, identifier in self._package.precedes:
            before, after = self._keys.get(origin), self._keys.get(destination)
            if before is None or after is None:
                self._notebook.add(_("precedes between others than milestones"), identifier)
                continue
            needs = self._milestones[after].setdefault("prerequisites", [])
            if before in needs:
                continue
            if before == after or after in self._all_before(before):
                self._notebook.add(_("precedes that would close a ring"), identifier)
            elif len(needs) >= _MOST_PREREQUISITES:
                self._notebook.add(_("precedes beyond 50 for one milestone"), identifier)
            else:
                needs.append(before)

    def _all_before(self, key: str) -> set[str]:
        found: set[str] = set()
        waiting = [key]
        while waiting:
            new = set(self._milestones[waiting.pop()].get("prerequisites", ())) - found
            found |= new
            waiting.extend(new)
        return found

    def _align(self) -> None:
        for match in self._package.matches:
            key = self._keys.get(match.item)
            if key is None or match.other in self._keys:
                self._notebook.add(_("exactMatchOf inside the framework"), match.identifier)
                continue
            entries = self._milestones[key].setdefault("alignment", [])
            fits = _URI.fullmatch(match.uri) and len(match.uri) <= _LINE
            if not fits or len(entries) >= _MOST_ALIGNMENTS:
                self._notebook.add(_("exactMatchOf without a usable address"), match.identifier)
            elif match.uri not in [entry["uri"] for entry in entries]:
                entries.append({"uri": match.uri, "title": line(match.title, _LINE) or match.uri})

    def _judge(self) -> None:
        """A milestone with a rubric needs somebody to apply it: a mentor."""
        for criterion in self._package.criteria:
            key = self._keys.get(criterion.item)
            rubric = self._milestones[key].setdefault("rubric", []) if key else []
            if key is None or len(rubric) >= _MOST_CRITERIA:
                self._notebook.add(_("rubric criteria without a milestone"), criterion.identifier)
                continue
            title = line(criterion.title, _TITLE) or line(criterion.text, _TITLE)
            taken = {one["key"] for one in rubric}
            own = self._fresh(key_from(title) or "criterion", taken)
            looks_for = criterion.text[:_TEXT].strip() or title
            rubric.append({"key": own, "title": title, "looks_for": looks_for})
            self._milestones[key]["verified_by"] = "mentor"


def _made_up(key: str, title: str, **more: Any) -> _Data:
    return {"key": key, "title": title, "summary": _("To be written."), **more}
