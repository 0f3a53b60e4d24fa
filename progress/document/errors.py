"""What can be wrong with a pathway document, and how it is told to the author."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where in a document: field names and list positions from the root, `("stages", 0, "title")`."""


class Code(enum.StrEnum):
    """A stable name for each kind of problem; other programs may rely on it."""

    # The text cannot be read as data at all.
    TOO_LARGE = "too-large"
    NOT_UTF8 = "not-utf8"
    NOT_YAML = "not-yaml"
    TOO_DEEP = "too-deep"
    REPEATED_FIELD = "repeated-field"
    ANCHOR_OR_TAG = "anchor-or-tag"
    # The data has not the shape of a pathway. pathway.schema.json finds these as well.
    UNSUPPORTED_FORMAT = "unsupported-format"
    MISSING_FIELD = "missing-field"
    UNKNOWN_FIELD = "unknown-field"
    WRONG_TYPE = "wrong-type"
    BAD_VALUE = "bad-value"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    REPEATED_ITEM = "repeated-item"
    MISSING_RUBRIC = "missing-rubric"
    # The shape is right, but the parts do not fit together.
    DUPLICATE_KEY = "duplicate-key"
    UNKNOWN_PREREQUISITE = "unknown-prerequisite"
    UNKNOWN_TRACK = "unknown-track"
    UNKNOWN_MILESTONE = "unknown-milestone"
    CYCLE = "cycle"
    MILESTONE_ON_NO_TRACK = "milestone-on-no-track"
    REPLACES_ITSELF = "replaces-itself"
    COUNTED_TWICE = "counted-twice"
    UNMEETABLE_RULE = "unmeetable-rule"
    STAGE_TOO_SMALL_ON_TRACK = "stage-too-small-on-track"
    ROLE_WITHOUT_MILESTONES = "role-without-milestones"
    # The document is good, but does not fit the editions before it. progress.editions finds these.
    SLUG_CHANGED = "slug-changed"
    RENAMED_WITHOUT_REPLACES = "renamed-without-replaces"
    UNKNOWN_REPLACED = "unknown-replaced"
    REMOVED_WITHOUT_REPLACES = "removed-without-replaces"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `key` is the key of the innermost track, role, stage or milestone around it, "" outside of all;
    `line` counts from 1 and is None when the document did not come as text.
    """

    path: Path
    code: Code
    message: str
    key: str = ""
    line: int | None = None

    @property
    def where(self) -> str:
        """The path as people write it: `stages[0].milestones[2].title`; "" for the root."""
        parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return "".join(parts).removeprefix(".")

    def __str__(self) -> str:
        line = f"line {self.line}: " if self.line else ""
        where = f"{self.where}: " if self.path else ""
        key = f" (in {self.key})" if self.key else ""
        return f"{line}{where}{self.message}{key}"


class DocumentErrors(ValueError):  # it carries all of them, not one
    """Everything wrong with a document, never empty: by line where there are lines, else first the
    shape, then how the parts fit together.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def with_lines(self, lines: Mapping[Path, int]) -> "DocumentErrors":
        """The same errors with the line of each, or of the nearest part around it that has one."""
        placed = [replace(part, line=_line_of(part.path, lines)) for part in self.problems]
        return DocumentErrors(sorted(placed, key=lambda part: part.line or 0))


def _line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    for length in range(len(path), -1, -1):
        line = lines.get(path[:length])
        if line is not None:
            return line
    return None
