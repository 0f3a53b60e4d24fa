"""The title of an HTML page: pure."""

import re
import unicodedata
from html.parser import HTMLParser
from typing import Final

LONGEST: Final = 300
_READ: Final = 256 * 1024
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)


def page_title(body: bytes, content_type: str) -> str:
    """Return the text of the first <title>, on one line, at most 300 characters; "" without one.

    Only HTML has one. The encoding is the header's, else the page's own <meta>, else UTF-8.
    """
    if not re.match(r"\s*(text/html|application/xhtml\+xml)\b", content_type, re.IGNORECASE):
        return ""
    reader = _Reader()
    reader.feed(_text(body[:_READ], content_type))
    # Controls and marks that turn text around have no place in a line among others.
    shown = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in "".join(reader.pieces)
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(shown.split())[:LONGEST]


def _text(body: bytes, content_type: str) -> str:
    said = _CHARSET.search(content_type) or _CHARSET.search(body[:1024].decode("latin-1"))
    try:
        return str(body, said.group(1) if said else "utf-8", "replace")
    except (LookupError, ValueError):  # no such encoding, or one that is no character set
        return body.decode("utf-8", "replace")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._inside = self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "title" and not self._done:
            self._inside = True
        elif tag in {"body", "svg"}:
            self._done = True  # what is called a title there is another thing

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._inside:
            self._inside, self._done = False, True

    def handle_data(self, data: str) -> None:
        if self._inside and not self._done:
            self.pieces.append(data)
