"""From untrusted data to a `Document`: the shape here, how the parts fit together in `checks`."""

import re
from typing import Final

from backend.words import gettext as _
from progress.document.checks import misfits
from progress.document.errors import Code, DocumentErrors, Problem
from progress.document.model import (
    FORMAT,
    Alignment,
    Criterion,
    Document,
    Evidence,
    Industry,
    Milestone,
    MilestoneKind,
    Role,
    Stage,
    Track,
    VerifiedBy,
)
from progress.document.reading import Reader
from progress.document.rule_parsing import MAX_MILESTONES_IN_STAGE, read_rule

# Characters. Titles must fit a phone; the others keep one document from filling a database.
TITLE: Final = 80
LINE: Final = 400
TEXT: Final = 2000
# Entries.
MAX_STAGES: Final = 50
MAX_TRACKS: Final = 20
MAX_ROLES: Final = 50
MAX_ITEMS: Final = 20
MAX_PREREQUISITES: Final = 50
MAX_REPLACED: Final = 50
MAX_HOURS: Final = 5000
MAX_WEIGHT: Final = 10
MAX_URI: Final = 400
# Shown as links: nothing that a browser would run.
_URI: Final = re.compile(r"(https?://|urn:)[^\x00-\x20\x7f\ud800-\udfff]+")


def parse(data: object) -> Document:
    """The document that `data` (parsed JSON or YAML) describes.

    Raises `DocumentErrors` with every problem found: wrong shape, and parts that do not fit
    together as far as the shape lets them be compared.
    """
    problems: list[Problem] = []
    reader = Reader(data, (), "", problems)
    document = _document(reader)
    reader.close()
    if reader.is_mapping:
        problems.extend(misfits(document))
    if problems:
        raise DocumentErrors(problems)
    return document


def _document(read: Reader) -> Document:
    read.constant("format", FORMAT, Code.UNSUPPORTED_FORMAT)
    return Document(
        slug=read.key_field("slug"),
        title=read.line("title", TITLE),
        summary=read.text("summary", TEXT),
        audience=read.text("audience", TEXT),
        duration=read.text("duration", TEXT),
        beyond=read.text("beyond", TEXT, default=""),
        industries=read.parts("industries", _industry, 0, MAX_ITEMS),
        track_guidance=read.text("track_guidance", TEXT, default=""),
        tracks=read.parts("tracks", _track, 1, MAX_TRACKS),
        roles=read.parts("roles", _role, 1, MAX_ROLES),
        stages=read.parts("stages", _stage, 1, MAX_STAGES),
        identifier=read.uuid("identifier"),
    )


def _industry(read: Reader) -> Industry:
    return Industry(key=read.key_field(), title=read.line("title", TITLE))


def _track(read: Reader) -> Track:
    return Track(
        key=read.key_field(),
        title=read.line("title", TITLE),
        summary=read.text("summary", TEXT),
        suits=read.text("suits", TEXT),
    )


def _role(read: Reader) -> Role:
    return Role(
        key=read.key_field(),
        title=read.line("title", TITLE),
        summary=read.text("summary", TEXT),
        weights=read.weights("weights", 1, MAX_WEIGHT),
    )


def _stage(read: Reader) -> Stage:
    return Stage(
        key=read.key_field(),
        title=read.line("title", TITLE),
        summary=read.text("summary", TEXT),
        rule=read_rule(read.part("rule")),
        milestones=read.parts("milestones", _milestone, 1, MAX_MILESTONES_IN_STAGE),
        identifier=read.uuid("identifier"),
    )


def _milestone(read: Reader) -> Milestone:
    milestone = Milestone(
        key=read.key_field(),
        title=read.line("title", TITLE),
        # A stand-in if it is wrong: the problem is noted, and parse raises.
        kind=read.choice("kind", MilestoneKind) or MilestoneKind.SKILL,
        summary=read.text("summary", TEXT),
        effort_hours=read.integer("effort_hours", 1, MAX_HOURS),
        verified_by=read.choice("verified_by", VerifiedBy) or VerifiedBy.SELF,
        steps=read.lines("steps", LINE, 1, MAX_ITEMS),
        done_when=read.lines("done_when", LINE, 1, MAX_ITEMS),
        evidence=_evidence(read.part("evidence")),
        rubric=read.parts("rubric", _criterion, 0, MAX_ITEMS),
        prerequisites=read.keys("prerequisites", 0, MAX_PREREQUISITES),
        tracks=None if read.is_null("tracks") else read.keys("tracks", 1, MAX_TRACKS),
        track_notes=read.notes("track_notes", TEXT),
        waivable=read.boolean("waivable", default=False),
        topics=read.lines("topics", TITLE, 0, MAX_ITEMS),
        not_on=read.keys("not_on", 1, MAX_TRACKS) if read.has("not_on") else (),
        replaces=read.keys("replaces", 0, MAX_REPLACED),
        alignment=read.parts("alignment", _alignment, 0, MAX_ITEMS),
        identifier=read.uuid("identifier"),
    )
    if read.has("not_on") and not read.is_null("tracks"):
        read.problem(
            "not_on", Code.BAD_VALUE, _("say which tracks it is on, or which not, not both")
        )
    if milestone.verified_by is VerifiedBy.MENTOR and not milestone.rubric:
        message = _("a milestone that a mentor verifies needs a rubric to verify it by")
        read.problem("rubric", Code.MISSING_RUBRIC, message)
    return milestone


def _evidence(read: Reader | None) -> Evidence:
    if read is None:
        return Evidence(required=False, hint="")
    evidence = Evidence(
        required=read.boolean("required", default=False),
        hint=read.text("hint", TEXT, default=""),
    )
    if read.is_mapping:
        read.close()
    return evidence


def _criterion(read: Reader) -> Criterion:
    return Criterion(
        key=read.key_field(),
        title=read.line("title", TITLE),
        looks_for=read.text("looks_for", TEXT),
    )


def _alignment(read: Reader) -> Alignment:
    wanted = _("an address that starts with https://, http:// or urn: and has no spaces")
    return Alignment(
        uri=read.pattern("uri", _URI, MAX_URI, wanted),
        title=read.line("title", LINE),
    )
