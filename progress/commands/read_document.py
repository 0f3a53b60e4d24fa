"""Read a pathway document that somebody wrote."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy, ngettext

from backend.errors import FieldError, Refused
from progress.document import Document, DocumentErrors, Problem, parse_yaml


class DocumentRefused(Refused):
    """It is no pathway yet; every problem is told, with its line."""

    code = "document-refused"
    title = gettext_lazy("This document is not a pathway yet")


def read_document(*, text: str) -> Document:
    """Return the document in `text` (YAML or JSON). Raises DocumentRefused, with all its errors."""
    try:
        return parse_yaml(text)
    except DocumentErrors as exc:
        raise refused(exc.problems) from exc


def refused(problems: Iterable[Problem]) -> DocumentRefused:
    """Return the refusal that tells all of `problems`."""
    found = [told(problem) for problem in problems]
    said = ngettext(
        "One thing is not right; nothing was published.",
        "%(count)s things are not right; nothing was published.",
        len(found),
    )
    return DocumentRefused(said % {"count": len(found)}, errors=found)


def told(problem: Problem) -> FieldError:
    """Return a problem of a document as a field error."""
    return FieldError(problem.where, problem.code.value, problem.message, problem.line)
