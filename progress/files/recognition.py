"""From bytes to a media type."""

import mmap
from collections.abc import Callable
from typing import BinaryIO

from backend.words import gettext as _
from progress.files import images
from progress.files.archives import check_tar_gz, check_zip
from progress.files.errors import FileDamaged, FileEmpty, FileTooLarge, FileTypeRefused
from progress.files.notebooks import check_notebook

LARGEST_FILE = 25 * 1024 * 1024
"""Bytes."""
TAIL = 1024
WHITESPACE = b" \t\r\n"

_BY_CONTENT: tuple[tuple[str, Callable[[mmap.mmap], bool], Callable[[mmap.mmap], None]], ...] = (
    ("image/png", images.begins_as_png, images.check_png),
    ("image/jpeg", images.begins_as_jpeg, images.check_jpeg),
    ("image/gif", images.begins_as_gif, images.check_gif),
    ("image/webp", images.begins_as_webp, images.check_webp),
    ("image/heic", images.begins_as_heic, images.check_heic),
)


def recognize(file: BinaryIO) -> str:
    """Return the media type of an open file on disk, by what it holds; leave it at its beginning.

    Raises FileEmpty, FileTooLarge, FileTypeRefused, FileDamaged, ArchiveRefused.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size == 0:
        raise FileEmpty(_("It has no bytes. Choose it again; perhaps it is still being written."))
    if size > LARGEST_FILE:
        raise FileTooLarge(_("Make it smaller, or keep it elsewhere and add a link to it."))
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _recognized(data, file)
    finally:
        file.seek(0)


def _recognized(data: mmap.mmap, file: BinaryIO) -> str:
    for media_type, begins, check in _BY_CONTENT:
        if begins(data):
            check(data)
            return media_type
    # ISO 32000-1 §7.5.2 and §7.5.5: the header, and the last line within the last bytes.
    if data[:5] == b"%PDF-":
        if data.rfind(b"%%EOF", max(0, len(data) - TAIL)) < 0:
            raise FileDamaged(_("It begins as a PDF, and its end is missing."))
        return "application/pdf"
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        check_zip(data, file)
        return "application/zip"
    if data[:3] == b"\x1f\x8b\x08":  # RFC 1952 §2.3: magic, and deflate as the method
        check_tar_gz(file)
        return "application/gzip"
    if data[:TAIL].lstrip(WHITESPACE)[:1] == b"{":
        check_notebook(data)
        return "application/x-ipynb+json"
    raise FileTypeRefused(
        _(
            "Waymark takes PDF, images (PNG, JPEG, WebP, GIF, HEIC), notebooks (.ipynb) "
            "and archives (.zip, .tar.gz). What is in this file is none of them, "
            "whatever its name says."
        )
    )
