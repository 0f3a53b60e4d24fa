"""Turn another system's framework into a draft."""

from dataclasses import dataclass
from typing import Any

from progress.case import Note, from_case
from progress.commands.read_document import refused
from progress.document import DocumentErrors, parse, to_yaml


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A document's text (YAML) to edit and publish, and what was left behind or made up."""

    document: str
    notes: tuple[Note, ...]


def draft_from_case(*, package: Any, slug: str) -> CaseDraft:
    """Return a draft of a CASE 1.0 or 1.1 package (parsed JSON); `slug` may be empty.

    Nothing is stored. Raises DocumentRefused if it is no package, or more than a pathway can hold.
    """
    try:
        draft = from_case(package, slug=slug)
        return CaseDraft(to_yaml(parse(draft.data)), draft.notes)
    except DocumentErrors as exc:
        raise refused(exc.problems) from exc
