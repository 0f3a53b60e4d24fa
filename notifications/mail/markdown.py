"""Markdown that people wrote, as HTML that is safe in a mail."""

from typing import Final

import nh3
from markdown_it import MarkdownIt

TAGS: Final = frozenset(
    {"a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"}
    | {"p", "pre", "s", "strong", "ul"}
)
ATTRIBUTES: Final = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES: Final = frozenset({"http", "https", "mailto"})

# Raw HTML is shown as the text it is, and images are left out: one would tell its server who reads.
_parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").disable("image")


def to_html(source: str) -> str:
    """Return CommonMark `source` as HTML of TAGS alone; links open http, https and mailto only."""
    return nh3.clean(
        _parser.render(source),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )
