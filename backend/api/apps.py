"""The app that holds what every endpoint shares."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.utils import formats, translation

from backend import words


class ActiveLanguage:
    """Says what pure code says in the language that is active in Django (backend.words)."""

    gettext = staticmethod(translation.gettext)
    ngettext = staticmethod(translation.ngettext)
    pgettext = staticmethod(translation.pgettext)

    def day(self, day: date) -> str:
        """Return a day as the active language writes it; its format is a message of its own."""
        return _day(day, translation.get_language())

    def moment(self, moment: datetime) -> str:
        """Return a day with its time, both of `moment`'s own zone."""
        return formats.date_format(moment, translation.gettext("j F Y, H:i"))


@lru_cache(maxsize=4096)
def _day(day: date, language: str | None) -> str:  # noqa: ARG001 (it is what is active)
    """Remembered: a report says the days of a thousand plans, and most of them often."""
    return formats.date_format(day, translation.gettext("j F Y"))


class ApiConfig(AppConfig):
    """Its only table is the answers kept for `Idempotency-Key`."""

    name = "backend.api"
    label = "api"

    def ready(self) -> None:
        """Let pure code speak the language that is active in Django."""
        words.translate_with(ActiveLanguage())


@checks.register("security")
def internal_hosts_are_said(**_: Any) -> list[checks.CheckMessage]:
    """Warn at each command in production while internal hosts may be asked."""
    hosts = settings.OUTGOING_INTERNAL_HOSTS
    if not (settings.PRODUCTION and hosts):
        return []
    said = f"OUTGOING_INTERNAL_HOSTS admits {', '.join(hosts)}: everybody's links may ask them."
    return [checks.Warning(said, id="waymark.W001")]
