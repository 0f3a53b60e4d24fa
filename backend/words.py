"""Words for pure code: written in English, said in the language that is active.

Which language that is, Django knows, and pure code must not import it. So it takes its `gettext`
here, as other code does from `django.utils.translation`, and Django's own is put in when the apps
are loaded (`backend.api.apps`). Without it words come out as they are written.
"""

from datetime import date, datetime
from typing import Protocol


class Translator(Protocol):
    """What says a message in the active language."""

    def gettext(self, message: str) -> str:
        """Return `message`, translated."""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of the message that goes with `number`, translated."""

    def pgettext(self, context: str, message: str) -> str:
        """Return `message` as it is said in `context`, translated."""

    def day(self, day: date) -> str:
        """Return a day as it is written in a sentence."""

    def moment(self, moment: datetime) -> str:
        """Return a day with its time, both of `moment`'s own zone, as they are written."""


class _AsWritten:
    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return singular if number == 1 else plural

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        return message

    def day(self, day: date) -> str:
        return f"{day.day} {day:%B %Y}"

    def moment(self, moment: datetime) -> str:
        return f"{self.day(moment)}, {moment:%H:%M}"


class _Speaker:
    translator: Translator = _AsWritten()


def translate_with(translator: Translator) -> None:
    """Have `translator` say everything from now on."""
    _Speaker.translator = translator


def gettext(message: str) -> str:
    """Return `message` in the active language."""
    return _Speaker.translator.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of the message that goes with `number`, in the active language."""
    return _Speaker.translator.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """Return `message` as it is said in `context`, in the active language."""
    return _Speaker.translator.pgettext(context, message)


def day_in_words(day: date) -> str:
    """Return a day as it is written in a sentence, such as 22 November 2026."""
    return _Speaker.translator.day(day)


def moment_in_words(moment: datetime) -> str:
    """Return a day with its time, both of `moment`'s own zone: 22 November 2026, 14:30."""
    return _Speaker.translator.moment(moment)


class _Lazy:
    """A message that is translated each time it is said."""

    def __init__(self, message: str) -> None:
        self._message = message

    def __str__(self) -> str:
        return gettext(self._message)


def gettext_lazy(message: str) -> object:
    """Return `message` to be said later, as for a title that a class carries: `str()` says it.

    An object, and no more: a class below may carry Django's own, which is another type.
    """
    return _Lazy(message)
