"""A document as a CASE 1.1 package (`CFPackage`)."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from backend.words import gettext as _
from progress.case.notes import Note, Notebook
from progress.document import Document, Milestone, Rule, RuleKind, Stage

_NAMESPACE: Final = uuid.UUID("2f6f3b1e-93c1-5d5b-8a52-0f5c1d7f4b60")
"""Of the UUIDs (version 5) that stand in where a document has no identifiers. Never changes."""
_UUID_AT_END: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exported:
    """A package, JSON-ready, and what of the document is not in it."""

    package: dict[str, Any]
    notes: tuple[Note, ...]


def to_case(document: Document, *, base_url: str, creator: str, changed_at: datetime) -> Exported:
    """The document as a CASE 1.1 `CFPackage`.

    Stages, groups and milestones become `CFItem`s, each `isChildOf` what is around it; a
    prerequisite `precedes` what needs it; alignments are `exactMatchOf`; rubrics are `CFRubric`s.
    `base_url` is what the addresses of all these start with; `creator` names who publishes it;
    `changed_at` is an aware datetime, of the edition. The same input gives the same package.
    """
    return _Export(document, base_url.rstrip("/"), creator, changed_at).run()


class _Export:
    def __init__(
        self, document: Document, base_url: str, creator: str, changed_at: datetime
    ) -> None:
        self._document = document
        self._base = f"{base_url}/ims/case/v1p1"
        self._creator = creator
        self._changed = changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._links: dict[str, dict[str, str]] = {}
        self._items: list[dict[str, Any]] = []
        self._associations: list[dict[str, Any]] = []
        self._rubrics: list[dict[str, Any]] = []
        self._notebook = Notebook()
        identifier = document.identifier or _made(document.slug)
        self._root = self._link("CFDocuments", identifier, document.title)

    def run(self) -> Exported:
        document = self._document
        for number, stage in enumerate(document.stages, start=1):
            self._stage(stage, number)
        for milestone in document.milestones:
            self._relations(milestone)
        self._note_the_rest()
        package: dict[str, Any] = {
            "CFDocument": {
                "identifier": self._root["identifier"],
                "uri": self._root["uri"],
                "title": document.title,
                "description": document.summary,
                "creator": self._creator,
                "caseVersion": "1.1",
                "lastChangeDateTime": self._changed,
            },
            "CFItems": self._items,
            "CFAssociations": self._associations,
        }
        if self._rubrics:
            package["CFRubrics"] = self._rubrics
        return Exported(package, tuple(self._notebook.notes()))

    def _stage(self, stage: Stage, number: int) -> None:
        path = f"stages/{stage.key}"
        here = self._item(stage.identifier, path, stage.title, stage.summary, "Stage")
        self._items[-1]["humanCodingScheme"] = stage.key
        self._associate("isChildOf", here, self._root, number)
        by_key = {part.key: part for part in stage.milestones}
        self._parts(stage.parts, here, path, by_key)
        named = set(_keys(stage.parts))
        optional = [key for key in by_key if key not in named]
        self._parts(tuple(optional), here, path, by_key, start=len(stage.parts) + 1)
        rule = stage.rule
        if rule.kind is not RuleKind.ALL_OF or optional:
            self._notebook.add(
                _("a rule other than all of, or with optional milestones"), stage.key
            )

    def _parts(
        self,
        parts: tuple[str | Rule, ...],
        around: dict[str, str],
        path: str,
        by_key: dict[str, Milestone],
        start: int = 1,
    ) -> None:
        for number, part in enumerate(parts, start=start):
            if isinstance(part, Rule):
                inner = f"{path}/{number}"
                title = part.title or f"Group {number}"
                here = self._item(part.identifier, inner, title, title, "Group")
                self._associate("isChildOf", here, around, number)
                self._parts(part.of or (), here, inner, by_key)
                if part.kind is not RuleKind.ALL_OF:
                    self._notebook.add(
                        _("a rule other than all of, or with optional milestones"), title
                    )
            else:
                here = self._milestone(by_key[part])
                self._associate("isChildOf", here, around, number)

    def _milestone(self, part: Milestone) -> dict[str, str]:
        path = f"milestones/{part.key}"
        kind = part.kind.value.capitalize()
        here = self._item(part.identifier, path, part.title, part.summary, kind)
        self._items[-1]["humanCodingScheme"] = part.key
        if part.topics:
            self._items[-1]["conceptKeywords"] = list(part.topics)
        self._links[part.key] = here
        if part.rubric:
            self._rubric(part, here)
        return here

    def _item(
        self, identifier: str, path: str, title: str, statement: str, kind: str
    ) -> dict[str, str]:
        identifier = identifier or _made(f"{self._document.slug}/{path}")
        link = self._link("CFItems", identifier, title)
        self._items.append(
            {
                "identifier": identifier,
                "uri": link["uri"],
                "fullStatement": statement,
                "abbreviatedStatement": title,
                "CFItemType": kind,
                "CFDocumentURI": self._root,
                "lastChangeDateTime": self._changed,
            }
        )
        return link

    def _rubric(self, part: Milestone, item: dict[str, str]) -> None:
        identifier = _made(f"{item['identifier']}/rubric")
        criteria = []
        for position, line in enumerate(part.rubric, start=1):
            own = _made(f"{identifier}/{line.key}")
            criteria.append(
                {
                    "identifier": own,
                    "uri": f"{self._base}/CFRubricCriteria/{own}",
                    "category": line.title,
                    "description": line.looks_for,
                    "CFItemURI": item,
                    "position": position,
                    "rubricId": identifier,
                    "lastChangeDateTime": self._changed,
                }
            )
        self._rubrics.append(
            {
                "identifier": identifier,
                "uri": f"{self._base}/CFRubrics/{identifier}",
                "title": part.title,
                "lastChangeDateTime": self._changed,
                "CFRubricCriteria": criteria,
            }
        )

    def _relations(self, part: Milestone) -> None:
        here = self._links[part.key]
        for key in part.prerequisites:
            self._associate("precedes", self._links[key], here)
        for other in part.alignment:
            at_end = _UUID_AT_END.search(other.uri)
            identifier = at_end[0].lower() if at_end else str(uuid.uuid5(_NAMESPACE, other.uri))
            there = {"title": other.title, "identifier": identifier, "uri": other.uri}
            self._associate("exactMatchOf", here, there)

    def _associate(
        self, kind: str, origin: dict[str, str], destination: dict[str, str], number: int = 0
    ) -> None:
        identifier = _made(f"{origin['uri']} {kind} {destination['uri']}")
        association: dict[str, Any] = {
            "identifier": identifier,
            "uri": f"{self._base}/CFAssociations/{identifier}",
            "associationType": kind,
            "originNodeURI": origin,
            "destinationNodeURI": destination,
            "CFDocumentURI": self._root,
            "lastChangeDateTime": self._changed,
        }
        if number:
            association["sequenceNumber"] = number
        self._associations.append(association)

    def _link(self, kind: str, identifier: str, title: str) -> dict[str, str]:
        """A `LinkGenURI`: title, identifier and uri are all required."""
        return {
            "title": title,
            "identifier": identifier,
            "uri": f"{self._base}/{kind}/{identifier}",
        }

    def _note_the_rest(self) -> None:
        document, note = self._document, self._notebook.add
        everything = ("effort_hours", "verified_by", "steps", "done_when")
        note(
            _("CASE has no place for %(fields)s of milestones") % {"fields": ", ".join(everything)}
        )
        note(_("CASE has no place for tracks"), *(track.key for track in document.tracks))
        note(_("CASE has no place for roles"), *(role.key for role in document.roles))
        about = ("audience", "duration", "beyond", "industries", "track_guidance")
        note(
            _("CASE has no place for what is said about the pathway"),
            *(name for name in about if getattr(document, name)),
        )
        for name in ("evidence", "tracks", "not_on", "track_notes", "waivable", "replaces"):
            keys = [part.key for part in document.milestones if _says(part, name)]
            if keys:
                note(_("CASE has no place for %(fields)s of milestones") % {"fields": name}, *keys)


def _says(part: Milestone, name: str) -> bool:
    if name == "evidence":
        return part.evidence.required or bool(part.evidence.hint)
    return bool(getattr(part, name))


def _keys(parts: tuple[str | Rule, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Rule):
            yield from _keys(part.of or ())
        else:
            yield part


def _made(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))
