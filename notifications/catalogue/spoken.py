"""How numbers and days are said, in the active language."""

from datetime import date

from django.utils.translation import gettext as _

from backend.words import day_in_words


def duration(minutes: int) -> str:
    """Return minutes as hours and minutes: “4 h 20 min”, “40 min”, “6 h”."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def day(iso: str) -> str:
    """Return a local day, such as “3 March 2027”."""
    return day_in_words(date.fromisoformat(iso))
