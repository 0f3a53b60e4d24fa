"""Reasons that were stored, said again in the language of whoever reads them: pure.

Who looks at links and deployments is a worker, which speaks English; what it found is stored as it
said it. Each such sentence is a message of the catalogue, but for its number and its address.
"""

import re
from typing import Final

from backend.words import gettext

_NUMBER: Final = re.compile(r"\d+")
_ADDRESS: Final = "the address "


def reason_in_words(stored: str) -> str:
    """Return a stored reason in the active language; one that no catalogue knows, as it is."""
    if not stored:
        return ""
    said = gettext(stored)
    if said != stored:
        return said
    if stored.startswith(_ADDRESS):
        trouble = reason_in_words(stored.removeprefix(_ADDRESS))
        return gettext("the address %(trouble)s") % {"trouble": trouble}
    numbers = _NUMBER.findall(stored)
    if len(numbers) != 1:
        return stored
    return gettext(_NUMBER.sub("%(number)s", stored)).replace("%(number)s", numbers[0])
