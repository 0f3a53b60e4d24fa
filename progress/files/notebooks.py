"""Jupyter notebooks: JSON with `nbformat` (nbformat.readthedocs.io, "The Notebook file format")."""

import json
import mmap

from backend.words import gettext as _
from progress.files.errors import FileDamaged, FileTypeRefused

MOST_PARTS = 1_000_000
"""Brackets, braces and commas: what JSON costs when it is read, beside its own length."""
OLDEST, NEWEST = 3, 5


def check_notebook(data: mmap.mmap) -> None:
    """Pass if it is a notebook; raise FileDamaged, FileTypeRefused."""
    raw = data[:]
    if sum(raw.count(part) for part in (b"[", b"{", b",")) > MOST_PARTS:
        raise FileTypeRefused(
            _(
                "This notebook has too many parts to be looked at. "
                "Clear its outputs and save it again."
            )
        )
    try:
        book = json.loads(raw)
    except (ValueError, RecursionError) as exc:
        raise FileDamaged(
            _(
                "It begins as a notebook, and is not whole: its JSON ends in the middle "
                "or has a mistake."
            )
        ) from exc
    version = book.get("nbformat")
    if type(version) is not int or not OLDEST <= version <= NEWEST:
        raise FileTypeRefused(_("It is JSON, but no notebook: it does not say its `nbformat`."))
    cells = book.get("cells" if version > OLDEST else "worksheets")
    if not isinstance(cells, list) or not isinstance(book.get("metadata"), dict):
        raise FileDamaged(_("It says it is a notebook, and has no cells or no metadata."))
