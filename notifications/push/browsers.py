"""What a browser calls itself, in a few words: pure."""

import re
from typing import Final

# In this order: most browsers name the others, too.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Return such as “Firefox · Android” for a User-Agent header; “?” where it says nothing known.

    For the person themself to tell their devices apart, nothing hangs on it.
    """
    found = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return " · ".join(one for one in found if one) or "?"


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    marks = ((re.search(rf"\b{re.escape(mark)}", user_agent), name) for mark, name in names)
    return next((name for match, name in marks if match), "")
