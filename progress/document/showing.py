"""Values of a document in a message to its author."""

from collections.abc import Mapping
from typing import Final

from backend.words import gettext as _

_SHOWN: Final = 40
_HUGE: Final = 10**12


def shown(value: object) -> str:
    """A value for a message, short and harmless whatever it is."""
    if isinstance(value, str):
        return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
    if value is None or isinstance(value, bool):
        return {None: _("nothing"), True: "true", False: "false"}[value]
    if isinstance(value, int | float) and abs(value) < _HUGE:
        return str(value)
    if isinstance(value, Mapping):
        return _("a mapping")
    if isinstance(value, list | tuple):
        return _("a list")
    return _("a value of the type %(type)s") % {"type": type(value).__name__}
